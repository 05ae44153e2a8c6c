/** What a message about one item changes about shown lists: its card, or that it must not be shown any longer. */

import { readItem, type Item } from "../api/items.ts";
import type { Slate } from "../api/slates.ts";
import { fields, list, numberOr, text } from "../api/shape.ts";
import { renewed } from "./renewed.ts";

/** In the lists of `placements` the item is `item` now; without one it leaves them. */
export type Patch = { itemId: string; revision: number; placements: string[]; item?: Item };

/** `placements` are those that the stream was asked for, in their order. */
export function readPatch(value: unknown, placements: readonly string[]): Patch {
  const raw = fields(value, "item news");
  const numbers = list(raw.questions, "questions", (one) => numberOr(one, -1));
  return {
    itemId: text(raw.item_id, "item_id"),
    revision: numberOr(raw.revision, 0),
    placements: numbers.flatMap((number) => placements[number] ?? []),
    item: raw.item === null || raw.item === undefined ? undefined : readItem(raw.item),
  };
}

/** Whether the list shows the item, and was made before the message. */
export function concerns(patch: Patch, slate: Slate): boolean {
  return (
    patch.revision > slate.revision &&
    patch.placements.includes(slate.placement) &&
    slate.items.some((place) => place.item.id === patch.itemId)
  );
}

/** The list as the message says; one that was made later stays. */
export function patched(slate: Slate, patch: Patch): Slate {
  if (!concerns(patch, slate)) return slate;
  const { item } = patch;
  const items = slate.items.flatMap((place) => (place.item.id !== patch.itemId ? [place] : item ? [{ ...place, item }] : []));
  return renewed(slate, { ...slate, items });
}

/** The same without moving anything: what must leave stays in its place, as sold out. */
export function patchedInPlace(slate: Slate, patch: Patch): Slate {
  if (patch.item || !concerns(patch, slate)) return patched(slate, patch);
  const soldOut = (item: Item): Item => ({ ...item, availability: "out_of_stock" });
  return { ...slate, items: slate.items.map((place) => (place.item.id === patch.itemId ? { ...place, item: soldOut(place.item) } : place)) };
}

const MOST_REMEMBERED = 200;
const remembered: Patch[] = [];

/** Keep a message for lists that were asked for before it came and are answered after it. */
export function remember(patch: Patch): void {
  remembered.push(patch);
  if (remembered.length > MOST_REMEMBERED) remembered.shift();
}

/** A list that came by another way, with all that was told since it was made. */
export function upToDate(slate: Slate): Slate {
  return remembered.reduce(patched, slate);
}
