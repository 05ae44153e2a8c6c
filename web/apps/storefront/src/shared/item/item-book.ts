/** One item by id, wherever it is needed: asks that come together are answered by one call. */

import { useQuery } from "@tanstack/react-query";
import { get } from "../api/http.ts";
import { readItem, type Item } from "../api/items.ts";
import { fields, list } from "../api/shape.ts";
import { useLanguage } from "../state/language.ts";

const GATHER_MS = 15;
const MOST_AT_ONCE = 80;

type Ask = { id: string; resolve: (item: Item | null) => void; reject: (error: unknown) => void };

const asks = new Map<string, Ask[]>();

function load(id: string, language: string): Promise<Item | null> {
  return new Promise((resolve, reject) => {
    const waiting = asks.get(language) ?? [];
    if (waiting.length === 0) setTimeout(() => void answer(language), GATHER_MS);
    asks.set(language, [...waiting, { id, resolve, reject }]);
  });
}

async function answer(language: string): Promise<void> {
  const waiting = asks.get(language) ?? [];
  asks.delete(language);
  const ids = [...new Set(waiting.map((ask) => ask.id))];
  try {
    const known = new Map<string, Item>();
    for (let i = 0; i < ids.length; i += MOST_AT_ONCE) {
      const part = ids.slice(i, i + MOST_AT_ONCE);
      const body = fields(await get("/v1/items", { ids: part.join(","), limit: part.length, language }), "items answer");
      for (const item of list(body.items, "items", readItem)) known.set(item.id, item);
    }
    for (const ask of waiting) ask.resolve(known.get(ask.id) ?? null);
  } catch (error) {
    for (const ask of waiting) ask.reject(error);
  }
}

/** The item, or undefined while it is on its way or if it does not exist. */
export function useItem(id: string | undefined): Item | undefined {
  const language = useLanguage();
  const query = useQuery({
    queryKey: ["book", language, id],
    queryFn: () => load(id!, language),
    enabled: id !== undefined,
    staleTime: 300_000,
  });
  return query.data ?? undefined;
}
