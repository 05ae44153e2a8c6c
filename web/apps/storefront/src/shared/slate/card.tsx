/** One item in a list: picture, title, price, and the true reason it is here. */

import { Icon, toast } from "@daogou/ui";
import { Link } from "wouter";
import type { Item } from "../api/items.ts";
import type { SlateItem } from "../api/slates.ts";
import { discountPercent, Price } from "../item/price.tsx";
import { Picture } from "../item/picture.tsx";
import { itemPath } from "../paths.ts";
import { addToCart, useCart, type Attribution } from "../state/cart.ts";
import { dismiss, undoDismiss, UNDO_MS } from "../state/dismissed.ts";
import { useMessages } from "../state/language.ts";
import { tracker } from "../tracking/tracker.ts";
import { useImpression } from "../tracking/use-impression.ts";
import { ReasonLine } from "./reason-line.tsx";

export type Showing = { recommendationId: string; placement: string; anchors?: string[] };

type CardProps = { item: Item; place?: SlateItem; showing?: Showing; isFresh?: boolean };

export function Card({ item, place, showing, isFresh = false }: CardProps) {
  const words = useMessages();
  const sighting = place && showing && { itemId: item.id, position: place.position, ...showing };
  const element = useImpression(sighting);
  const from: Attribution = { recommendationId: showing?.recommendationId, placement: showing?.placement };

  const select = () => {
    void tracker.track("select_item", {
      items: [{ item_id: item.id, index: place?.position }],
      recommendation_id: from.recommendationId,
      placement: from.placement,
    });
  };

  return (
    <article ref={element} className={isFresh ? "card card--fresh" : "card"} data-item={item.id}>
      <Link href={itemPath(item.id)} className="card__link" onClick={select} state={from}>
        <span className="card__picture">
          <Picture item={item} />
          <CardBadges item={item} isFiller={place?.isFiller ?? false} isFresh={isFresh} />
        </span>
        <span className="card__title">{item.title}</span>
      </Link>
      <div className="card__buy">
        <Price item={item} />
        <AddButton item={item} from={from} />
      </div>
      {place && showing && <ReasonLine place={place} showing={showing} />}
      {place && <NotForMe item={item} from={from} label={words.card.notForMeLabel(item.title)} />}
    </article>
  );
}

function CardBadges({ item, isFiller, isFresh }: { item: Item; isFiller: boolean; isFresh: boolean }) {
  const words = useMessages();
  const percent = discountPercent(item);
  return (
    <span className="card__badges">
      {isFresh && <span className="badge badge--guide">{words.window.changedBadge}</span>}
      {percent !== undefined && <span className="badge badge--sale">{words.card.sale(percent)}</span>}
      {isFiller && (
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

function NotForMe({ item, from, label }: { item: Item; from: Attribution; label: string }) {
  const words = useMessages();
  const hide = () => {
    dismiss(item.id, from);
    toast(words.card.dismissed, {
      action: { label: words.undo, run: () => undoDismiss(item.id) },
      forMs: UNDO_MS,
    });
  };
  return (
    <button type="button" className="card__dismiss" aria-label={label} title={words.card.notForMe} onClick={hide}>
      <Icon name="notForMe" />
    </button>
  );
}
