/** The first places of the home list as a shop window: items standing on a board, each with its reason on a tag. */

import { Icon } from "@daogou/ui";
import { useRef, type RefObject } from "react";
import { Link } from "wouter";
import type { Slate, SlateItem } from "../../shared/api/slates.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { Price } from "../../shared/item/price.tsx";
import { RenewButton } from "../../shared/live/renew-button.tsx";
import type { LiveSlates } from "../../shared/live/use-live-slates.ts";
import { useGentleMoves } from "../../shared/motion/use-gentle-moves.ts";
import { itemPath } from "../../shared/paths.ts";
import { CardMenu } from "../../shared/slate/card-menu.tsx";
import { ReasonLine } from "../../shared/slate/reason-line.tsx";
import { useDismissed } from "../../shared/state/dismissed.ts";
import { useMessages } from "../../shared/state/language.ts";
import { personalisation } from "../../shared/state/person.ts";
import { useStored } from "../../shared/state/stored.ts";
import { tracker } from "../../shared/tracking/tracker.ts";
import { useImpression } from "../../shared/tracking/use-impression.ts";

/** How many places of the list stand in the window; the rest follow on a shelf. */
export const WINDOW_PLACES = 4;

type ShopWindowProps = { slate: Slate; cause?: { itemId: string; title: string }; live: LiveSlates };

export function ShopWindow({ slate, cause, live }: ShopWindowProps) {
  const words = useMessages();
  const board = useRef<HTMLUListElement>(null);
  const dismissed = useDismissed();
  const places = slate.items.slice(0, WINDOW_PLACES).filter((place) => !dismissed.includes(place.item.id));
  useGentleMoves(board, places.map((place) => place.item.id).join(" "));
  const showNewer = () => {
    board.current?.focus({ preventScroll: true });
    live.show(slate.placement);
  };
  return (
    <section className="window" aria-labelledby="window-title" data-placement={slate.placement}>
      <div className="window__text">
        <WindowText slate={slate} cause={cause} />
        <RenewButton isWaiting={live.isWaiting(slate.placement)} onShow={showNewer} />
      </div>
      <ul ref={board} className="window__board" tabIndex={-1}>
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
  const { window: words, privacy, profile } = useMessages();
  const isOff = useStored(personalisation) === false;
  const [title, text] = isOff
    ? [words.windowOff, words.windowOffText]
    : slate.isPersonalized
      ? [words.windowPerson, words.windowPersonText]
      : [words.windowVisitor, words.windowVisitorText];
  return (
    <>
      <h1 id="window-title">{title}</h1>
      <p>{text}</p>
      {isOff ? (
        <Link href="/personalisation" className="window__settings">
          <Icon name="shield" />
          {privacy.settings}
        </Link>
      ) : (
        <Link href="/profile" className="window__settings">
          <Icon name="taste" />
          {profile.title}
        </Link>
      )}
      {cause && (
        <p className="window__changed" role="status">
          {words.changed(cause.title)}
        </p>
      )}
    </>
  );
}

function WindowPlace({ place, slate, isFresh }: { place: SlateItem; slate: Slate; isFresh: boolean }) {
  const { item, position } = place;
  const words = useMessages();
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
    <li ref={element as RefObject<HTMLLIElement>} className={isFresh ? "stand stand--fresh" : "stand"} data-item={item.id} data-place={item.id}>
      <Link href={itemPath(item.id)} onClick={select} state={showing} className="stand__link">
        <Picture item={item} tile={false} />
        <span className="stand__title">{item.title}</span>
        <Price item={item} wasMinor={place.wasMinor} />
        {item.availability === "out_of_stock" && <span className="badge">{words.card.soldOut}</span>}
      </Link>
      <CardMenu item={item} from={showing} />
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
