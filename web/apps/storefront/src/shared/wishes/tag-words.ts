import type { Item } from "../api/items.ts";
import type { CatalogueWords } from "../words/catalogue-words.ts";

const CATEGORY = "category:";
const WITHIN = " > ";

type Tagged = { tag: string; kind: string; label: string };

/** How a tag reads in the shopper's language: its kind, and what it says. */
export function tagWords({ tag, kind, label }: Tagged, catalogue: CatalogueWords): { kind: string; label: string } {
  const name = tag.slice(0, tag.indexOf(":"));
  if (name === "category" || name === "brand" || name === "tag") return { kind, label: catalogue.name(label) };
  if (name === "price") return { kind, label }; // the server says it in the shopper's language
  return { kind: catalogue.label(name), label: catalogue.value(name, label) };
}

/** The outer steps of a category, for telling two of the same name apart; empty for everything else. */
export function trailOf(tag: string, catalogue: CatalogueWords): string {
  if (!tag.startsWith(CATEGORY)) return "";
  const path = tag.slice(CATEGORY.length).split(WITHIN);
  return path.slice(0, -1).map(catalogue.name).join(" › ");
}

/** What an item is first of all, as the server takes it: its innermost category, else its brand. */
export function plainest(item: Item, catalogue: CatalogueWords): string | undefined {
  const innermost = item.categories[0]?.at(-1) ?? item.brand;
  return innermost && catalogue.name(innermost);
}
