/** What the shop says about itself: `GET /v1/shop`. */

import { queryOptions, useQuery } from "@tanstack/react-query";
import { get } from "./http.ts";
import { fields, listOrEmpty, textOr } from "./shape.ts";

export type Shop = {
  id: string;
  name: Record<string, string>;
  languages: string[];
  currency: string;
  placements: string[];
};

export const shopInfo = queryOptions({
  queryKey: ["shop"],
  queryFn: async ({ signal }) => readShop(await get("/v1/shop", {}, signal)),
  staleTime: Infinity,
});

function readShop(value: unknown): Shop {
  const raw = fields(value, "shop");
  const name = typeof raw.name === "string" ? { en: raw.name } : fields(raw.name ?? {}, "name");
  return {
    id: textOr(raw.id, "shop"),
    name: Object.fromEntries(Object.entries(name).map(([language, words]) => [language, String(words)])),
    languages: listOrEmpty(raw.languages, String),
    currency: textOr(raw.currency, "GBP"),
    placements: listOrEmpty(raw.placements, (one) => textOr(fields(one, "placement").name, "")),
  };
}

export function useShop(): Shop | undefined {
  return useQuery(shopInfo).data;
}
