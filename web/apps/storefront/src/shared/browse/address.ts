/** What is looked for as an address, and back: the address holds all of it, so it can be shared and gone back to. */

import { ORDERS, type Asked, type Order } from "../api/search.ts";

const FACET = "f.";

export type Browsing = { asked: Asked; pages: number };

/** Longest list that an address opens at once. */
const MOST_PAGES = 20;

export function browsingFrom(search: string, category: string[], usual: Order): Browsing {
  const params = new URLSearchParams(search);
  const facets: Record<string, string[]> = {};
  for (const [name, value] of params) {
    if (name.startsWith(FACET) && name.length > FACET.length && value !== "") {
      const facet = name.slice(FACET.length);
      facets[facet] = [...new Set([...(facets[facet] ?? []), value])];
    }
  }
  const order = params.get("sort") as Order | null;
  return {
    asked: {
      words: params.get("q")?.trim() ?? "",
      category,
      facets,
      fromMinor: wholeNumber(params.get("from")),
      toMinor: wholeNumber(params.get("to")),
      isInStockOnly: params.get("stock") === "1",
      order: order && ORDERS.includes(order) ? order : usual,
    },
    pages: Math.min(Math.max(wholeNumber(params.get("pages")) ?? 1, 1), MOST_PAGES),
  };
}

/** The part after the path, with its question mark; empty where everything is as usual. */
export function addressOf({ asked, pages }: Browsing, usual: Order): string {
  const params = new URLSearchParams();
  if (asked.words) params.set("q", asked.words);
  for (const [name, values] of Object.entries(asked.facets)) for (const value of values) params.append(FACET + name, value);
  if (asked.fromMinor !== undefined) params.set("from", String(asked.fromMinor));
  if (asked.toMinor !== undefined) params.set("to", String(asked.toMinor));
  if (asked.isInStockOnly) params.set("stock", "1");
  if (asked.order !== usual) params.set("sort", asked.order);
  if (pages > 1) params.set("pages", String(pages));
  return params.size > 0 ? `?${params}` : "";
}

export function isNarrowed({ facets, fromMinor, toMinor, isInStockOnly }: Asked): boolean {
  return Object.keys(facets).length > 0 || fromMinor !== undefined || toMinor !== undefined || isInStockOnly;
}

/** The same search without anything chosen beside its words. */
export function widened(asked: Asked): Asked {
  return { ...asked, facets: {}, fromMinor: undefined, toMinor: undefined, isInStockOnly: false };
}

/** With a value of a facet chosen, or no longer chosen. */
export function toggled(asked: Asked, facet: string, value: string): Asked {
  const now = asked.facets[facet] ?? [];
  const next = now.includes(value) ? now.filter((one) => one !== value) : [...now, value];
  const { [facet]: _, ...others } = asked.facets;
  return { ...asked, facets: next.length > 0 ? { ...others, [facet]: next } : others };
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
