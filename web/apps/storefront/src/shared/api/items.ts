/** The catalogue: `GET /v1/items`, `/v1/items/{id}` and `/v1/categories`. */

import { queryOptions } from "@tanstack/react-query";
import { get } from "./http.ts";
import { fields, list, listOrEmpty, numberOr, numberOrNone, text, textOr, textOrNone } from "./shape.ts";

export type Availability = "in_stock" | "out_of_stock" | "preorder" | "backorder";

export type Item = {
  id: string;
  title: string;
  description: string;
  priceMinor?: number;
  listPriceMinor?: number;
  currency: string;
  brand?: string;
  category: string;
  categories: string[][];
  attributes: Record<string, string[]>;
  availability: Availability;
  groupId?: string;
};

export type ItemPage = { items: Item[]; total: number };

export type Category = { name: string; path: string[]; count: number };

export const SORTS = ["newest", "price", "-price", "title"] as const;
export type Sort = (typeof SORTS)[number];

export function readItem(value: unknown): Item {
  const raw = fields(value, "item");
  const id = text(raw.id, "item.id");
  return {
    id,
    title: localText(raw.title) || id,
    description: localText(raw.description),
    priceMinor: numberOrNone(raw.price_minor),
    listPriceMinor: numberOrNone(raw.list_price_minor),
    currency: textOr(raw.currency, "GBP"),
    brand: textOrNone(raw.brand),
    category: textOr(raw.category, ""),
    categories: listOrEmpty(raw.categories, (path) => listOrEmpty(path, String)),
    attributes: readAttributes(raw.attributes),
    availability: textOr(raw.availability, "in_stock") as Availability,
    groupId: textOrNone(raw.group_id),
  };
}

/** A text that comes either in the asked language or in all of them. */
function localText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  const texts = value as Record<string, unknown>;
  return textOr(texts[document.documentElement.lang.slice(0, 2)] ?? texts.en ?? Object.values(texts)[0], "");
}

function readAttributes(value: unknown): Record<string, string[]> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, values]) => [name, listOrEmpty(values, String)]));
}

function readPage(value: unknown): ItemPage {
  const raw = fields(value, "items answer");
  const items = list(raw.items, "items", readItem);
  return { items, total: numberOr(raw.total, items.length) };
}

export type ItemSearch = { category?: string; q?: string; sort?: Sort; offset?: number; limit?: number };

export async function fetchItems(search: ItemSearch, language: string, signal?: AbortSignal): Promise<ItemPage> {
  return readPage(await get("/v1/items", { ...search, language }, signal));
}

export const itemPage = (search: ItemSearch, language: string) =>
  queryOptions({
    queryKey: ["items", language, search],
    queryFn: ({ signal }) => fetchItems(search, language, signal),
    staleTime: 60_000,
  });

export const oneItem = (id: string, language: string) =>
  queryOptions({
    queryKey: ["item", language, id],
    queryFn: async ({ signal }) => {
      const answer = fields(await get(`/v1/items/${encodeURIComponent(id)}`, { language }, signal), "item answer");
      return readItem(answer.item ?? answer);
    },
    staleTime: 30_000,
  });

/** Known items among `ids`, in that order. */
export const someItems = (ids: readonly string[], language: string) =>
  queryOptions({
    queryKey: ["some-items", language, ids],
    queryFn: async ({ signal }) => {
      if (ids.length === 0) return [];
      const { items } = readPage(await get("/v1/items", { ids: ids.join(","), limit: ids.length, language }, signal));
      const byId = new Map(items.map((item) => [item.id, item]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    },
    staleTime: 60_000,
  });

export const categories = (language: string) =>
  queryOptions({
    queryKey: ["categories", language],
    queryFn: async ({ signal }) => {
      const answer = fields(await get("/v1/categories", { language }, signal), "categories answer");
      return list(answer.categories, "categories", readCategory);
    },
    staleTime: 300_000,
  });

function readCategory(value: unknown): Category {
  const raw = fields(value, "category");
  const path = listOrEmpty(raw.path, String);
  return { name: textOr(raw.name, path.at(-1) ?? ""), path, count: numberOr(raw.count, 0) };
}
