/** The first places of the home list as a shop window: items standing on a board, each with its reason on a tag. */

import { Icon } from "@daogou/ui";
import type { RefObject } from "react";
import { Link } from "wouter";
import type { Slate, SlateItem } from "../../shared/api/slates.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { Price } from "../../shared/item/price.tsx";
import { itemPath } from "../../shared/paths.ts";
import { ReasonLine } from "../../shared/slate/reason-line.tsx";
import { useDismissed } from "../../shared/state/dismissed.ts";
import { useMessages } from "../../shared/state/language.ts";
import { personalisation } from "../../shared/state/person.ts";
import { useStored } from "../../shared/state/stored.ts";
import { tracker } from "../../shared/tracking/tracker.ts";
import { useImpression } from "../../shared/tracking/use-impression.ts";

/** How many places of the list stand in the window; the rest follow on a shelf. */
export const WINDOW_PLACES = 4;

export function ShopWindow({ slate, cause }: { slate: Slate; cause?: { itemId: string; title: string } }) {
  const words = useMessages();
  const dismissed = useDismissed();
  const places = slate.items.slice(0, WINDOW_PLACES).filter((place) => !dismissed.includes(place.item.id));
  return (
    <section className="window" aria-labelledby="window-title" data-placement={slate.placement}>
      <WindowText slate={slate} cause={cause} />
      <ul className="window__board">
        {places.map((place) => (
          <WindowPlace key={place.item.id} place={place} slate={slate} isFresh={isCausedBy(place, cause?.itemId)} />
        ))}
      </ul>
      <span className="visually-hidden">{words.rows.home_for_you}</span>
    </section>
  );
}

function isCausedBy(place: SlateItem, itemId: string | undefined): boolean {
  return itemId !== undefined && place.reason.evidence.some((one) => one.itemId === itemId);
}

function WindowText({ slate, cause }: { slate: Slate; cause?: { title: string } }) {
  const { window: words, privacy } = useMessages();
  const isOff = useStored(personalisation) === false;
  const [title, text] = isOff
    ? [words.windowOff, words.windowOffText]
    : slate.isPersonalized
      ? [words.windowPerson, words.windowPersonText]
      : [words.windowVisitor, words.windowVisitorText];
  return (
    <div className="window__text">
      <h1 id="window-title">{title}</h1>
      <p>{text}</p>
      <Link href="/personalisation" className="window__settings">
        <Icon name="shield" />
        {privacy.settings}
      </Link>
      {cause && (
        <p className="window__changed" role="status">
          {words.changed(cause.title)}
        </p>
      )}
    </div>
  );
}

function WindowPlace({ place, slate, isFresh }: { place: SlateItem; slate: Slate; isFresh: boolean }) {
  const { item, position } = place;
  const showing = { recommendationId: slate.recommendationId, placement: slate.placement };
  const element = useImpression({ itemId: item.id, position, ...showing });
  const select = () => {
    void tracker.track("select_item", {
      items: [{ item_id: item.id, index: position }],
      recommendation_id: showing.recommendationId,
      placement: showing.placement,
    });
  };
  return (
    <li ref={element as RefObject<HTMLLIElement>} className={isFresh ? "stand stand--fresh" : "stand"} data-item={item.id}>
      <Link href={itemPath(item.id)} onClick={select} state={showing} className="stand__link">
        <Picture item={item} tile={false} />
        <span className="stand__title">{item.title}</span>
        <Price item={item} />
      </Link>
      <ReasonLine place={place} showing={showing} />
    </li>
  );
}

export function WindowSkeleton() {
  return (
    <section className="window window--skeleton" aria-hidden="true">
      <div className="window__text">
        <span className="skeleton skeleton--heading" />
        <span className="skeleton skeleton--line" />
      </div>
    </section>
  );
}
