/** Searching: `POST /v1/search` and `POST /v1/autocomplete`. */

import type { Schemas } from "@daogou/api";
import { queryOptions } from "@tanstack/react-query";
import { post } from "./http.ts";
import { readItem, type Item } from "./items.ts";
import { fields, list, listOrEmpty, numberOr, numberOrNone, text, textOr, textOrNone } from "./shape.ts";
import { readSlateItem, type SlateItem } from "./slates.ts";
import type { Who } from "./who.ts";

export const ORDERS = ["relevance", "neutral", "price", "-price", "newest", "rating", "title"] as const;
export type Order = (typeof ORDERS)[number];

/** What is looked for; prices in minor units. */
export type Asked = {
  words: string;
  category: string[];
  facets: Record<string, string[]>;
  fromMinor?: number;
  toMinor?: number;
  isInStockOnly: boolean;
  order: Order;
};

export type FacetValue = { value: string; count: number; isChosen: boolean };
export type Facet = { name: string; values: FacetValue[] };
export type PriceSpan = { lowestMinor: number; highestMinor: number; currency: string; counts: number[] };
export type Relaxed = { code: string; text: string };

export type Found = {
  recommendationId: string;
  places: SlateItem[];
  total: number;
  facets: Facet[];
  price?: PriceSpan;
  corrected?: string;
  suggestion?: string;
  relaxed: Relaxed[];
  isPersonalized: boolean;
};

export type Completion =
  | { kind: "words"; text: string; count?: number }
  | { kind: "brand"; text: string; count?: number }
  | { kind: "category"; text: string; count?: number; path: string[] }
  | { kind: "item"; text: string; count?: number; item: Item };

export const PER_PAGE = 24;
export const MOST_COMPLETIONS = 9;

/** One page of what is found, from 0. It stays as it was while one looks at an item and comes back. */
export const foundPage = (asked: Asked, page: number, who: Who, language: string) =>
  queryOptions({
    queryKey: ["search", language, who, asked, page],
    queryFn: async ({ signal }) => readFound(await post("/v1/search", question(asked, page, who, language), signal)),
    staleTime: 120_000,
  });

export function question(asked: Asked, page: number, who: Who, language: string): Schemas["SearchQuestion"] {
  return {
    words: asked.words,
    category: asked.category,
    facets: asked.facets,
    price_minor: { at_least: asked.fromMinor ?? null, at_most: asked.toMinor ?? null },
    order: asked.order,
    include_sold_out: !asked.isInStockOnly,
    one_per_group: asked.words !== "",
    offset: page * PER_PAGE,
    limit: PER_PAGE,
    count_facets: page === 0,
    language,
    ...who,
  };
}

export function readFound(value: unknown): Found {
  const raw = fields(value, "search answer");
  return {
    recommendationId: text(raw.recommendation_id, "recommendation_id"),
    places: list(raw.items, "items", readSlateItem),
    total: numberOr(raw.total, 0),
    facets: listOrEmpty(raw.facets, readFacet),
    price: raw.price === null || raw.price === undefined ? undefined : readPrice(raw.price),
    corrected: textOrNone(raw.corrected),
    suggestion: textOrNone(raw.suggestion),
    relaxed: listOrEmpty(raw.relaxed, (one) => {
      const { code, text: said } = fields(one, "relaxed");
      return { code: textOr(code, ""), text: textOr(said, "") };
    }),
    isPersonalized: raw.personalized === true,
  };
}

function readFacet(value: unknown): Facet {
  const raw = fields(value, "facet");
  const values = listOrEmpty(raw.values, (one) => {
    const each = fields(one, "facet value");
    return { value: text(each.value, "value"), count: numberOr(each.count, 0), isChosen: each.is_chosen === true };
  });
  return { name: text(raw.name, "facet.name"), values };
}

function readPrice(value: unknown): PriceSpan {
  const raw = fields(value, "price");
  return {
    lowestMinor: numberOr(raw.lowest_minor, 0),
    highestMinor: numberOr(raw.highest_minor, 0),
    currency: textOr(raw.currency, "GBP"),
    counts: listOrEmpty(raw.counts, (one) => numberOr(one, 0)),
  };
}

export const completions = (words: string, language: string) =>
  queryOptions({
    queryKey: ["completions", language, words],
    queryFn: async ({ signal }) => {
      const answer = fields(await post("/v1/autocomplete", { words, language, limit: MOST_COMPLETIONS }, signal), "completions");
      return list(answer.completions, "completions", readCompletion).filter((one) => one !== undefined);
    },
    staleTime: 60_000,
  });

/** `undefined` for a kind of line that this page does not know. */
function readCompletion(value: unknown): Completion | undefined {
  const raw = fields(value, "completion");
  const said = { text: text(raw.text, "completion.text"), count: numberOrNone(raw.count) };
  switch (raw.kind) {
    case "words":
    case "brand":
      return { kind: raw.kind, ...said };
    case "category":
      return { kind: "category", path: listOrEmpty(raw.path, String), ...said };
    case "item":
      return raw.item ? { kind: "item", item: readItem(raw.item), ...said } : undefined;
    default:
      return undefined;
  }
}
