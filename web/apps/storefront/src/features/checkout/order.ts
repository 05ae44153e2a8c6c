/** Orders placed on this device, so that the page after one can show it again. */

import { toMajor } from "@daogou/ui";
import { uuid } from "@daogou/tracker";
import type { FilledCart } from "../../shared/item/use-filled-cart.ts";
import { cart } from "../../shared/state/cart.ts";
import { stored } from "../../shared/state/stored.ts";
import { tracker } from "../../shared/tracking/tracker.ts";

export type Order = {
  transactionId: string;
  lines: { itemId: string; quantity: number }[];
  totalMinor: number;
  currency: string;
};

const KEPT = 5;

export const orders = stored<Order[]>("orders", [], Array.isArray);

/** Report the purchase and empty the cart. Resolves true if the server has stored it, false if it waits here. */
export async function placeOrder(filled: FilledCart): Promise<{ order: Order; isStored: boolean }> {
  const { lines, totalMinor, currency } = filled;
  const order: Order = {
    transactionId: `T-${uuid()}`,
    lines: lines.map(({ item, quantity }) => ({ itemId: item.id, quantity })),
    totalMinor,
    currency,
  };
  await tracker.track("purchase", {
    transaction_id: order.transactionId,
    value: toMajor(totalMinor, currency),
    currency,
    items: lines.map(({ item, quantity }) => ({
      item_id: item.id,
      quantity,
      price: item.priceMinor === undefined ? undefined : toMajor(item.priceMinor, item.currency),
    })),
  });
  orders.set([order, ...orders.get()].slice(0, KEPT));
  cart.set([]);
  return { order, isStored: await tracker.flush() };
}
