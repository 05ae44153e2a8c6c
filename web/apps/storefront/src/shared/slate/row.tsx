/** A placement as a shelf that scrolls sideways. */

import { IconButton } from "@daogou/ui";
import { useId, useRef, type ReactNode } from "react";
import type { Slate } from "../api/slates.ts";
import { RenewButton } from "../live/renew-button.tsx";
import type { LiveSlates } from "../live/use-live-slates.ts";
import { useGentleMoves } from "../motion/use-gentle-moves.ts";
import { useMessages } from "../state/language.ts";
import { useDismissed } from "../state/dismissed.ts";
import { Card } from "./card.tsx";
import { placementTitle } from "./placement-title.ts";

type RowProps = { slate: Slate; anchors?: string[]; freshCause?: string; note?: ReactNode; live?: LiveSlates };

export function Row({ slate, anchors, freshCause, note, live }: RowProps) {
  const words = useMessages();
  const dismissed = useDismissed();
  const places = slate.items.filter((place) => !dismissed.includes(place.item.id));
  if (places.length === 0) return null;
  const showing = { recommendationId: slate.recommendationId, placement: slate.placement, anchors };
  return (
    <Shelf
      title={slate.title || placementTitle(slate.placement, words)}
      note={note}
      placement={slate.placement}
      order={places.map((place) => place.item.id).join(" ")}
      live={live}
    >
      {places.map((place) => (
        <li key={place.item.id} data-place={place.item.id}>
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

type ShelfProps = { title: string; note?: ReactNode; placement?: string; order?: string; live?: LiveSlates; children: ReactNode };

export function Shelf({ title, note, placement = "", order = "", live, children }: ShelfProps) {
  const words = useMessages();
  const track = useRef<HTMLUListElement>(null);
  const titleId = useId();
  useGentleMoves(track, order);
  const scroll = (direction: 1 | -1) => {
    const width = track.current?.clientWidth ?? 0;
    track.current?.scrollBy({ left: direction * width * 0.85, behavior: "smooth" });
  };
  const showNewer = () => {
    track.current?.focus({ preventScroll: true });
    track.current?.scrollTo({ left: 0 });
    live?.show(placement);
  };
  return (
    <section className="shelf" aria-labelledby={titleId} data-placement={placement || undefined}>
      <div className="shelf__head">
        <h2 id={titleId}>{title}</h2>
        {note && <div className="shelf__note">{note}</div>}
        {live && <RenewButton isWaiting={live.isWaiting(placement)} onShow={showNewer} />}
        <div className="shelf__arrows">
          <IconButton icon="left" label={words.rows.previous} onClick={() => scroll(-1)} />
          <IconButton icon="right" label={words.rows.next} onClick={() => scroll(1)} />
        </div>
      </div>
      <ul ref={track} className="shelf__track" tabIndex={-1}>
        {children}
      </ul>
    </section>
  );
}
