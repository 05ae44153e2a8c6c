/** The cart: on this device only, until it is bought. */

import type { Item } from "../api/items.ts";
import { toMajor } from "@daogou/ui";
import { tracker } from "../tracking/tracker.ts";
import { stored, useStored } from "./stored.ts";

export type CartLine = { itemId: string; quantity: number };

export type Attribution = { recommendationId?: string; placement?: string };

export const cart = stored<CartLine[]>("cart", [], Array.isArray);

export function useCart(): CartLine[] {
  return useStored(cart);
}

/** The lines after `change` more pieces of one item; a line that falls to 0 goes. */
export function withPieces(lines: readonly CartLine[], itemId: string, change: number): CartLine[] {
  const isNew = !lines.some((line) => line.itemId === itemId);
  const all = isNew ? [...lines, { itemId, quantity: 0 }] : lines;
  return all
    .map((line) => (line.itemId === itemId ? { ...line, quantity: line.quantity + change } : line))
    .filter((line) => line.quantity > 0);
}

export function addToCart(item: Item, quantity = 1, from: Attribution = {}): void {
  cart.set(withPieces(cart.get(), item.id, quantity));
  void tracker.track("add_to_cart", { ...lineOf(item, quantity), recommendation_id: from.recommendationId, placement: from.placement });
}

export function takeFromCart(item: Item, quantity: number): void {
  cart.set(withPieces(cart.get(), item.id, -quantity));
  void tracker.track("remove_from_cart", lineOf(item, quantity));
}

function lineOf(item: Item, quantity: number) {
  const price = item.priceMinor === undefined ? undefined : toMajor(item.priceMinor, item.currency);
  return { items: [{ item_id: item.id, quantity, price }], currency: item.currency };
}
