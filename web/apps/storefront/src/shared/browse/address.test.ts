import { expect, test } from "vitest";
import { addressOf, browsingFrom, isNarrowed, toggled, widened } from "./address.ts";

const RED = "?q=red+mug&f.colour=red&f.colour=%E7%BA%A2&f.brand=A%26B&from=300&to=900&stock=1&sort=neutral&pages=3";

test("an address read and written again is the same", () => {
  expect(addressOf(browsingFrom(RED, [], "relevance"), "relevance")).toBe(RED);
});

test("what an address holds is read", () => {
  const { asked, pages } = browsingFrom(RED, ["Kitchen"], "relevance");
  expect(asked).toEqual({
    words: "red mug",
    category: ["Kitchen"],
    facets: { colour: ["red", "红"], brand: ["A&B"] },
    fromMinor: 300,
    toMinor: 900,
    isInStockOnly: true,
    order: "neutral",
  });
  expect(pages).toBe(3);
});

test("nonsense in an address is passed over", () => {
  const { asked, pages } = browsingFrom("?sort=cost&from=-1&to=a&pages=999999&f.=x&f.colour=", [], "newest");
  expect(asked).toEqual({ words: "", category: [], facets: {}, fromMinor: undefined, toMinor: undefined, isInStockOnly: false, order: "newest" });
  expect(pages).toBe(20);
});

test("a value chosen twice is not chosen, and a facet without values is gone", () => {
  const { asked } = browsingFrom("?q=mug", [], "relevance");
  const once = toggled(asked, "colour", "red");
  expect(once.facets).toEqual({ colour: ["red"] });
  expect(toggled(once, "colour", "red").facets).toEqual({});
});

test("widening keeps the words and the order", () => {
  const { asked } = browsingFrom(RED, [], "relevance");
  expect(isNarrowed(asked)).toBe(true);
  expect(widened(asked)).toMatchObject({ words: "red mug", order: "neutral", facets: {} });
  expect(isNarrowed(widened(asked))).toBe(false);
});
