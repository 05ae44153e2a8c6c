/** A placement as a shelf that scrolls sideways. */

import { IconButton } from "@daogou/ui";
import { useId, useRef, type ReactNode } from "react";
import type { Slate } from "../api/slates.ts";
import { useMessages } from "../state/language.ts";
import { useDismissed } from "../state/dismissed.ts";
import { Card } from "./card.tsx";
import { placementTitle } from "./placement-title.ts";

type RowProps = { slate: Slate; anchors?: string[]; freshCause?: string; note?: ReactNode };

export function Row({ slate, anchors, freshCause, note }: RowProps) {
  const words = useMessages();
  const dismissed = useDismissed();
  const places = slate.items.filter((place) => !dismissed.includes(place.item.id));
  if (places.length === 0) return null;
  const showing = { recommendationId: slate.recommendationId, placement: slate.placement, anchors };
  return (
    <Shelf title={slate.title || placementTitle(slate.placement, words)} note={note} placement={slate.placement}>
      {places.map((place) => (
        <li key={place.item.id}>
          <Card
            item={place.item}
            place={place}
            showing={showing}
            isFresh={freshCause !== undefined && place.reason.evidence.some((one) => one.itemId === freshCause)}
          />
        </li>
      ))}
    </Shelf>
  );
}

type ShelfProps = { title: string; note?: ReactNode; placement?: string; children: ReactNode };

export function Shelf({ title, note, placement, children }: ShelfProps) {
  const words = useMessages();
  const track = useRef<HTMLUListElement>(null);
  const titleId = useId();
  const scroll = (direction: 1 | -1) => {
    const width = track.current?.clientWidth ?? 0;
    track.current?.scrollBy({ left: direction * width * 0.85, behavior: "smooth" });
  };
  return (
    <section className="shelf" aria-labelledby={titleId} data-placement={placement}>
      <div className="shelf__head">
        <h2 id={titleId}>{title}</h2>
        {note && <div className="shelf__note">{note}</div>}
        <div className="shelf__arrows">
          <IconButton icon="left" label={words.rows.previous} onClick={() => scroll(-1)} />
          <IconButton icon="right" label={words.rows.next} onClick={() => scroll(1)} />
        </div>
      </div>
      <ul ref={track} className="shelf__track">
        {children}
      </ul>
    </section>
  );
}
