/** One item in a list: picture, title, price, and the true reason it is here. */

import { Icon, toast } from "@daogou/ui";
import { Link } from "wouter";
import type { Item } from "../api/items.ts";
import type { SlateItem } from "../api/slates.ts";
import { discountPercent, Price } from "../item/price.tsx";
import { Picture } from "../item/picture.tsx";
import { itemPath } from "../paths.ts";
import { addToCart, useCart, type Attribution } from "../state/cart.ts";
import { useDismissed } from "../state/dismissed.ts";
import { useMessages } from "../state/language.ts";
import { tracker } from "../tracking/tracker.ts";
import { useImpression } from "../tracking/use-impression.ts";
import { CardMenu } from "./card-menu.tsx";
import { ReasonLine } from "./reason-line.tsx";

export type Showing = { recommendationId: string; placement: string; anchors?: string[]; searchTerm?: string };

/** Reasons that are the list itself: it was asked for by category, or whole. */
const GOES_WITHOUT_SAYING = ["listed", "shelf"];

type CardProps = { item: Item; place?: SlateItem; showing?: Showing; isFresh?: boolean };

export function Card({ item, place, showing, isFresh = false }: CardProps) {
  const sighting = place && showing && { itemId: item.id, position: place.position, ...showing };
  const element = useImpression(sighting);
  const from: Attribution = { recommendationId: showing?.recommendationId, placement: showing?.placement };

  const select = () => {
    void tracker.track("select_item", {
      items: [{ item_id: item.id, index: place?.position }],
      recommendation_id: from.recommendationId,
      placement: from.placement,
      search_term: showing?.searchTerm,
    });
  };

  // A list of our making drops what was turned down; in one that the shopper asked for, it stays in its place.
  const isTurnedDown = useDismissed().includes(item.id);
  const classes = ["card", isFresh ? "card--fresh" : "", isTurnedDown ? "card--turned-down" : ""].filter(Boolean).join(" ");

  return (
    <article ref={element} className={classes} data-item={item.id}>
      <Link href={itemPath(item.id)} className="card__link" onClick={select} state={from}>
        <span className="card__picture">
          <Picture item={item} />
          <CardBadges item={item} place={place} isFresh={isFresh} isTurnedDown={isTurnedDown} />
        </span>
        <span className="card__title">{item.title}</span>
      </Link>
      <div className="card__buy">
        <Price item={item} wasMinor={place?.wasMinor} />
        <AddButton item={item} from={from} />
      </div>
      {place && showing && !GOES_WITHOUT_SAYING.includes(place.reason.code) && <ReasonLine place={place} showing={showing} />}
      <CardMenu item={item} from={from} />
    </article>
  );
}

type CardBadgesProps = { item: Item; place?: SlateItem; isFresh: boolean; isTurnedDown: boolean };

function CardBadges({ item, place, isFresh, isTurnedDown }: CardBadgesProps) {
  const words = useMessages();
  const hasDropped = place?.wasMinor !== undefined;
  const percent = hasDropped ? undefined : discountPercent(item);
  return (
    <span className="card__badges">
      {isTurnedDown && <span className="badge">{words.card.turnedDown}</span>}
      {isFresh && <span className="badge badge--guide">{words.window.changedBadge}</span>}
      {hasDropped && <span className="badge badge--sale">{words.live.cheaper}</span>}
      {percent !== undefined && <span className="badge badge--sale">{words.card.sale(percent)}</span>}
      {place?.isFiller && (
        <span className="badge badge--plain" title={words.card.popularPickText}>
          {words.card.popularPick}
        </span>
      )}
      {item.availability === "out_of_stock" && <span className="badge">{words.card.soldOut}</span>}
      {item.availability === "preorder" && <span className="badge">{words.card.preorder}</span>}
      {item.availability === "backorder" && <span className="badge">{words.card.backorder}</span>}
    </span>
  );
}

function AddButton({ item, from }: { item: Item; from: Attribution }) {
  const words = useMessages();
  const isInCart = useCart().some((line) => line.itemId === item.id);
  const add = () => {
    addToCart(item, 1, from);
    toast(words.product.added);
  };
  return (
    <button
      type="button"
      className={isInCart ? "card__add card__add--in" : "card__add"}
      aria-label={words.card.addLabel(item.title)}
      title={isInCart ? words.card.added : words.product.add}
      disabled={item.availability === "out_of_stock"}
      onClick={add}
    >
      <Icon name={isInCart ? "check" : "plus"} />
    </button>
  );
}
