import { expect, test } from "vitest";
import type { Slate, SlateItem } from "../api/slates.ts";
import { isSameOrder, looksAlike, renewed } from "./renewed.ts";

const place = (id: string, priceMinor?: number) =>
  ({ item: { id, title: id, priceMinor }, position: 0, score: 1, source: "", isFiller: false, reason: { code: "", text: "why", evidence: [] } }) as unknown as SlateItem;
const slate = (...items: SlateItem[]): Slate => ({ recommendationId: "r", placement: "p", title: "", items, isPersonalized: true, revision: 1 });
const was = (list: Slate) => list.items.map((one) => one.wasMinor);

test("the same items with new numbers behind them look alike", () => {
  const next = { ...slate(place("a", 500), place("b")), recommendationId: "other" };
  expect(looksAlike(slate(place("a", 500), place("b")), next)).toBe(true);
  expect(looksAlike(slate(place("a", 500)), slate(place("a", 450)))).toBe(false);
});

test("order is same only where no item moves, comes or goes", () => {
  expect(isSameOrder(slate(place("a"), place("b")), slate(place("a"), place("b")))).toBe(true);
  expect(isSameOrder(slate(place("a"), place("b")), slate(place("b"), place("a")))).toBe(false);
  expect(isSameOrder(slate(place("a")), slate(place("a"), place("b")))).toBe(false);
});

test("a fallen price remembers the old one, wherever the item stands now", () => {
  expect(was(renewed(slate(place("a", 500), place("b", 300)), slate(place("b", 300), place("a", 400))))).toEqual([undefined, 500]);
});

test("the old price stays while the new one holds or falls on, and goes when it rises", () => {
  const fallen = renewed(slate(place("a", 500)), slate(place("a", 400)));
  expect(was(renewed(fallen, slate(place("a", 400))))).toEqual([500]);
  expect(was(renewed(fallen, slate(place("a", 300))))).toEqual([500]);
  expect(was(renewed(fallen, slate(place("a", 450))))).toEqual([undefined]);
});

test("new items and items without a price have no old one", () => {
  expect(was(renewed(slate(place("a")), slate(place("a", 300), place("b", 200))))).toEqual([undefined, undefined]);
});
