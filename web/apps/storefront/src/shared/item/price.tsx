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

export function Price({ item }: { item: Item }) {
  const words = useMessages();
  if (item.priceMinor === undefined) return <span className="price price--none">{words.card.noPrice}</span>;
  const isReduced = discountPercent(item) !== undefined;
  return (
    <span className="price">
      <span className={isReduced ? "price__now price__now--sale" : "price__now"}>
        {formatPrice(item.priceMinor, item.currency, words.locale)}
      </span>
      {isReduced && item.listPriceMinor !== undefined && (
        <s className="price__before">
          <span className="visually-hidden">{words.card.was} </span>
          {formatPrice(item.listPriceMinor, item.currency, words.locale)}
        </s>
      )}
    </span>
  );
}
