/** What a pushed list changes about the list that is shown. */

import type { Slate, SlateItem } from "../api/slates.ts";

/** Nothing a shopper could see is different. */
export function looksAlike(shown: Slate, next: Slate): boolean {
  return isSameOrder(shown, next) && shown.items.every((place, i) => facts(place) === facts(next.items[i]!));
}

/** No item would move, so that it can be shown at once. */
export function isSameOrder(shown: Slate, next: Slate): boolean {
  return shown.items.length === next.items.length && shown.items.every((place, i) => place.item.id === next.items[i]?.item.id);
}

function facts({ item, reason, isFiller }: SlateItem): string {
  return JSON.stringify([item.priceMinor, item.listPriceMinor, item.availability, item.title, reason.text, isFiller]);
}

/** The pushed list, where items that became cheaper before the shopper's eyes remember their old price. */
export function renewed(shown: Slate, next: Slate): Slate {
  const before = new Map(shown.items.map((place) => [place.item.id, place]));
  return { ...next, items: next.items.map((place) => ({ ...place, wasMinor: oldPrice(before.get(place.item.id), place) })) };
}

/** The highest price seen on this page since it last rose; undefined where it did not fall. */
function oldPrice(before: SlateItem | undefined, now: SlateItem): number | undefined {
  const from = before?.item.priceMinor;
  const to = now.item.priceMinor;
  if (from === undefined || to === undefined || to > from) return undefined;
  return before?.wasMinor ?? (to < from ? from : undefined);
}
