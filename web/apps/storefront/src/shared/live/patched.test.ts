// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { Slate, SlateItem } from "../api/slates.ts";
import { patched, patchedInPlace, readPatch, remember, upToDate } from "./patched.ts";

const place = (id: string, priceMinor?: number) =>
  ({ item: { id, title: id, priceMinor, availability: "in_stock" }, position: 0, score: 1, source: "", isFiller: false, reason: { code: "", text: "why", evidence: [] } }) as unknown as SlateItem;
const slate = (placement: string, revision: number, ...items: SlateItem[]): Slate => ({ recommendationId: "r", placement, title: "", items, isPersonalized: true, revision });
const news = (revision: number, questions: number[], item: object | null) =>
  readPatch({ item_id: "a", revision, questions, item: item && { id: "a", title: "a", ...item } }, ["home", "new"]);
const prices = (list: Slate) => list.items.map((one) => [one.item.id, one.item.priceMinor, one.wasMinor]);

test("a new card takes its place, and a fallen price remembers the old one", () => {
  const shown = slate("new", 7, place("b", 300), place("a", 500));
  const after = patched(shown, news(8, [1], { price_minor: 400 }));
  expect(prices(after)).toEqual([["b", 300, undefined], ["a", 400, 500]]);
  expect(prices(patched(after, news(9, [1], { price_minor: 350 })))[1]).toEqual(["a", 350, 500]);
});

test("an item without a card leaves, and stays as sold out where nothing may move", () => {
  const shown = slate("new", 7, place("a", 500), place("b", 300));
  expect(prices(patched(shown, news(8, [1], null)))).toEqual([["b", 300, undefined]]);
  const inPlace = patchedInPlace(shown, news(8, [1], null));
  expect(inPlace.items.map((one) => [one.item.id, one.item.availability])).toEqual([["a", "out_of_stock"], ["b", "in_stock"]]);
});

test("other lists, and lists made since, are left alone", () => {
  const [other, later] = [slate("home", 7, place("a", 500)), slate("new", 8, place("a", 500))];
  const told = news(8, [1], null);
  expect(patched(other, told)).toBe(other);
  expect(patched(later, told)).toBe(later);
  expect(patchedInPlace(other, told)).toBe(other);
});

test("an answer that was made before a message and came after it is brought up to date", () => {
  remember(news(20, [0], { price_minor: 400 }));
  remember(news(21, [0], null));
  expect(upToDate(slate("home", 19, place("a", 500), place("b"))).items.map((one) => one.item.id)).toEqual(["b"]);
  expect(upToDate(slate("home", 21, place("a", 450))).items.map((one) => one.item.priceMinor)).toEqual([450]);
});

test("a message that cannot be read says what is missing", () => {
  expect(() => readPatch({ item_id: "a", revision: 1 }, [])).toThrow("questions is not a list");
});
