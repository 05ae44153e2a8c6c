import { expect, test } from "vitest";
import type { Item } from "../api/items.ts";
import { catalogueWords, NO_WORDS } from "../words/catalogue-words.ts";
import { plainest, tagWords, trailOf } from "./tag-words.ts";

const table = { ...NO_WORDS, names: { Mugs: "马克杯", Kitchen: "厨房" }, labels: { colour: { zh: "颜色" } }, words: { red: "红色" } };
const chinese = catalogueWords(table, "zh");
const english = catalogueWords(table, "en");

test("a category is named in the shopper's language, with the server's word for its kind", () => {
  expect(tagWords({ tag: "category:Kitchen > Mugs", kind: "分类", label: "Mugs" }, chinese)).toEqual({ kind: "分类", label: "马克杯" });
});

test("an attribute is named by the catalogue's words", () => {
  expect(tagWords({ tag: "colour:red", kind: "Colour", label: "red" }, chinese)).toEqual({ kind: "颜色", label: "红色" });
  expect(tagWords({ tag: "product_type:cake_stand", kind: "Product type", label: "cake_stand" }, english)).toEqual({
    kind: "Product type",
    label: "Cake stand",
  });
});

test("a price level is named by the server", () => {
  expect(tagWords({ tag: "price:low", kind: "价位", label: "实惠" }, chinese)).toEqual({ kind: "价位", label: "实惠" });
});

test("only a category inside another has a trail", () => {
  expect(trailOf("category:Kitchen > Mugs", chinese)).toBe("厨房");
  expect(trailOf("category:Kitchen", chinese)).toBe("");
  expect(trailOf("colour:a > b", chinese)).toBe("");
});

test("an item is its innermost category, else its brand, else nothing to wish about", () => {
  const item = (categories: string[][], brand?: string) => ({ categories, brand }) as Item;
  expect(plainest(item([["Kitchen", "Mugs"]], "Acme"), chinese)).toBe("马克杯");
  expect(plainest(item([], "Acme"), chinese)).toBe("Acme");
  expect(plainest(item([]), chinese)).toBeUndefined();
});
