import { formatPrice } from "@daogou/ui";
import type { Item } from "../api/items.ts";
import { useMessages } from "../state/language.ts";

/** Whole percent off the list price, when there is a real one. */
export function discountPercent(item: Pick<Item, "priceMinor" | "listPriceMinor">): number | undefined {
  const { priceMinor, listPriceMinor } = item;
  if (priceMinor === undefined || listPriceMinor === undefined || listPriceMinor <= priceMinor) return undefined;
  const percent = Math.round(100 * (1 - priceMinor / listPriceMinor));
  return percent > 0 ? percent : undefined;
}

/** `wasMinor`: what it cost a moment ago; it stands for the list price then. */
export function Price({ item, wasMinor }: { item: Item; wasMinor?: number }) {
  const words = useMessages();
  if (item.priceMinor === undefined) return <span className="price price--none">{words.card.noPrice}</span>;
  const before = wasMinor ?? (discountPercent(item) === undefined ? undefined : item.listPriceMinor);
  const isReduced = before !== undefined;
  return (
    <span className="price">
      <span className={isReduced ? "price__now price__now--sale" : "price__now"}>
        {formatPrice(item.priceMinor, item.currency, words.locale)}
      </span>
      {isReduced && (
        <s className="price__before">
          <span className="visually-hidden">{words.card.was} </span>
          {formatPrice(before, item.currency, words.locale)}
        </s>
      )}
    </span>
  );
}
