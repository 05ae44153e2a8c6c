/** The items of an answer, numbered, so that one can speak of "the second". */

import { Icon, MenuButton, toast, type MenuEntry } from "@daogou/ui";
import { Link } from "wouter";
import type { Answer, GuideCard } from "../../shared/api/guide.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { Price } from "../../shared/item/price.tsx";
import { itemPath } from "../../shared/paths.ts";
import { addToCart, useCart, type Attribution } from "../../shared/state/cart.ts";
import { useMessages } from "../../shared/state/language.ts";
import { tracker } from "../../shared/tracking/tracker.ts";
import { useImpression } from "../../shared/tracking/use-impression.ts";
import { PLACEMENT, say } from "./ask.ts";
import { useSpeaker } from "./use-speaker.ts";

export function GuideCards({ answer, onFollow }: { answer: Answer; onFollow?: () => void }) {
  const { guide: words } = useMessages();
  return (
    <ol className="guide__cards" aria-label={words.found(answer.cards.length)}>
      {answer.cards.map((card) => (
        <li key={card.item.id}>
          <Place card={card} recommendationId={answer.recommendationId} onFollow={onFollow} />
        </li>
      ))}
    </ol>
  );
}

type PlaceProps = { card: GuideCard; recommendationId: string; onFollow?: () => void };

function Place({ card, recommendationId, onFollow }: PlaceProps) {
  const words = useMessages();
  const { item, position } = card;
  const from: Attribution = { recommendationId, placement: PLACEMENT };
  const element = useImpression({ itemId: item.id, position, recommendationId, placement: PLACEMENT });

  const select = () => {
    void tracker.track("select_item", {
      items: [{ item_id: item.id, index: position }],
      recommendation_id: recommendationId,
      placement: PLACEMENT,
    });
    onFollow?.();
  };

  return (
    <article ref={element} className={`pick pick--${card.role}`} data-item={item.id}>
      <span className="pick__picture">
        <Picture item={item} />
        <span className="pick__number" aria-hidden="true">
          {position + 1}
        </span>
      </span>
      <div className="pick__text">
        <Link href={itemPath(item.id)} className="pick__link" state={from} onClick={select}>
          <span className="pick__title">
            <span className="visually-hidden">{words.guide.number(position + 1)} </span>
            <bdi>{item.title}</bdi>
          </span>
        </Link>
        <Price item={item} />
        {item.availability === "out_of_stock" && <span className="pick__stock">{words.card.soldOut}</span>}
        <Why card={card} />
      </div>
      <div className="pick__tools">
        <AddButton card={card} from={from} />
        <MoreButton card={card} />
      </div>
    </article>
  );
}

/** Why it is here; of an item that only comes near, what it misses. */
function Why({ card: { role, matches, reason } }: { card: GuideCard }) {
  const { guide: words } = useMessages();
  const missing = role === "near" ? matches.filter((match) => match.verdict !== "yes") : [];
  if (missing.length === 0) return reason.text === "" ? null : <p className="pick__reason">{reason.text}</p>;
  return (
    <ul className="pick__matches">
      {missing.map((match) => (
        <li key={match.label} className={`match match--${match.verdict}`}>
          {match.verdict === "no" ? words.misses(match.label, match.has.join(", ")) : words.unstated(match.label)}
        </li>
      ))}
    </ul>
  );
}

function AddButton({ card: { item }, from }: { card: GuideCard; from: Attribution }) {
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
      aria-label={isInCart ? `${words.card.addLabel(item.title)}: ${words.card.added}` : words.card.addLabel(item.title)}
      title={isInCart ? words.card.added : words.product.add}
      disabled={item.availability === "out_of_stock"}
      onClick={add}
    >
      <Icon name={isInCart ? "check" : "plus"} />
    </button>
  );
}

function MoreButton({ card: { item } }: { card: GuideCard }) {
  const { guide: words } = useMessages();
  const speaker = useSpeaker();
  const ref = { item_id: item.id };
  const entry = (icon: MenuEntry["icon"], label: string, type: string): MenuEntry => ({
    icon,
    label,
    run: () => say(`${label}: ${item.title}`, speaker, [{ type, item: ref }]),
  });
  return (
    <MenuButton
      icon="more"
      label={words.about(item.title)}
      title={words.aboutShort}
      className="icon-button pick__more"
      entries={[
        entry("taste", words.likeThis, "like"),
        entry("why", words.whyThis, "ask_reason"),
        entry("plus", words.goesWith, "bundle"),
        entry("notForMe", words.notThis, "reject"),
      ]}
    />
  );
}
