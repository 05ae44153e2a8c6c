/** Narrowing a category by price, colour and stock: plain functions over its items. */

import type { Item, Sort } from "../../shared/api/items.ts";

export type Filters = { colours: string[]; fromMinor?: number; toMinor?: number; isInStockOnly: boolean };

export const NO_FILTERS: Filters = { colours: [], isInStockOnly: false };

export function isNarrowed(filters: Filters): boolean {
  const { colours, fromMinor, toMinor, isInStockOnly } = filters;
  return colours.length > 0 || fromMinor !== undefined || toMinor !== undefined || isInStockOnly;
}

export function passes(item: Item, filters: Filters): boolean {
  const { colours, fromMinor, toMinor, isInStockOnly } = filters;
  if (isInStockOnly && item.availability !== "in_stock") return false;
  if (colours.length > 0 && !item.attributes.colour?.some((colour) => colours.includes(colour))) return false;
  if (fromMinor === undefined && toMinor === undefined) return true;
  if (item.priceMinor === undefined) return false;
  return item.priceMinor >= (fromMinor ?? 0) && item.priceMinor <= (toMinor ?? Infinity);
}

/** Colours of these items with how many have each, most frequent first. */
export function colourCounts(items: readonly Item[]): [colour: string, count: number][] {
  const counts = new Map<string, number>();
  for (const item of items) {
    for (const colour of item.attributes.colour ?? []) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

/** `items` come newest first. Items without a price stand last in both price orders. */
export function sorted(items: readonly Item[], sort: Sort, locale: string): Item[] {
  if (sort === "newest") return [...items];
  if (sort === "title") return [...items].sort((a, b) => a.title.localeCompare(b.title, locale));
  const sign = sort === "price" ? 1 : -1;
  return [...items].sort((a, b) => {
    if (a.priceMinor === undefined || b.priceMinor === undefined) {
      return Number(a.priceMinor === undefined) - Number(b.priceMinor === undefined);
    }
    return sign * (a.priceMinor - b.priceMinor);
  });
}
