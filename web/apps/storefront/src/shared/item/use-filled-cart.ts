import { useQuery } from "@tanstack/react-query";
import { someItems, type Item } from "../api/items.ts";
import { useCart } from "../state/cart.ts";
import { useLanguage } from "../state/language.ts";

export type FilledLine = { item: Item; quantity: number };

export type FilledCart = { lines: FilledLine[]; totalMinor: number; currency: string; isLoading: boolean; isEmpty: boolean };

/** The cart with its items as the shop has them now; items that left the catalogue drop out. */
export function useFilledCart(): FilledCart {
  const cart = useCart();
  const language = useLanguage();
  const ids = cart.map((line) => line.itemId);
  const { data, isPending } = useQuery({
    ...someItems(ids, language),
    enabled: ids.length > 0,
    placeholderData: (previous) => previous,
  });
  const lines = cart.flatMap(({ itemId, quantity }) => {
    const item = data?.find((one) => one.id === itemId);
    return item ? [{ item, quantity }] : [];
  });
  return {
    lines,
    totalMinor: lines.reduce((sum, line) => sum + (line.item.priceMinor ?? 0) * line.quantity, 0),
    currency: lines[0]?.item.currency ?? "GBP",
    isLoading: ids.length > 0 && isPending,
    isEmpty: ids.length === 0,
  };
}
