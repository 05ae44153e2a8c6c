import { expect, test } from "vitest";
import type { Item } from "../../shared/api/items.ts";
import { colourCounts, NO_FILTERS, passes, sorted } from "./filters.ts";

const item = (id: string, priceMinor: number | undefined, colour: string[], rest: Partial<Item> = {}): Item => ({
  id,
  title: id,
  description: "",
  priceMinor,
  currency: "GBP",
  category: "Tableware",
  categories: [["Tableware"]],
  attributes: { colour },
  availability: "in_stock",
  ...rest,
});

const cup = item("cup", 300, ["red"]);
const jug = item("jug", 900, ["blue", "red"]);
const bowl = item("bowl", undefined, ["blue"], { availability: "out_of_stock" });

test("without filters everything passes", () => {
  expect([cup, jug, bowl].filter((one) => passes(one, NO_FILTERS))).toHaveLength(3);
});

test("the ends of a price range belong to it, and an item without a price is in no range", () => {
  const range = { ...NO_FILTERS, fromMinor: 300, toMinor: 900 };
  expect([cup, jug, bowl].filter((one) => passes(one, range))).toEqual([cup, jug]);
});

test("one of an item's colours is enough", () => {
  expect([cup, jug, bowl].filter((one) => passes(one, { ...NO_FILTERS, colours: ["blue"] }))).toEqual([jug, bowl]);
});

test("a sold-out item leaves when only stock is wanted", () => {
  expect(passes(bowl, { ...NO_FILTERS, isInStockOnly: true })).toBe(false);
});

test("colours are counted, most frequent first, equals by name", () => {
  expect(colourCounts([cup, jug, bowl])).toEqual([
    ["blue", 2],
    ["red", 2],
  ]);
});

test("an item without a price stands last in both price orders", () => {
  expect(sorted([bowl, jug, cup], "price", "en").map((one) => one.id)).toEqual(["cup", "jug", "bowl"]);
  expect(sorted([bowl, cup, jug], "-price", "en").map((one) => one.id)).toEqual(["jug", "cup", "bowl"]);
});
