import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { Drawing } from "./drawing.tsx";
import { drawOf, KNOWN_SLUGS } from "./kinds.ts";
import { baseColour, brightness, mix, paintFor } from "./palette.ts";

const draw = (type: string, title = "", colour?: string, category?: string) =>
  renderToStaticMarkup(<Drawing subject={{ id: "m1", title, type, colour, category }} />);

describe.each(KNOWN_SLUGS)("%s", (slug) => {
  test("is drawn with whole numbers and paint", () => {
    const svg = draw(slug);
    expect(svg).toContain("<svg");
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});

test("the same item always looks the same", () => {
  expect(draw("mug", "Red mug", "red")).toBe(draw("mug", "Red mug", "red"));
});

test("the catalogue's colour is the drawing's colour", () => {
  expect(draw("mug", "", "red")).toContain(baseColour("red"));
  expect(draw("mug", "", "sky blue")).toContain(baseColour("blue"));
});

test("words of a title become its pattern", () => {
  expect(draw("mug", "Red retrospot mug", "red")).toContain("<pattern");
  expect(draw("mug", "Plain mug", "red")).not.toContain("<pattern");
});

test("dashes and underscores name the same kind", () => {
  expect(drawOf({ id: "1", title: "", type: "rice-cooker" }).draw).toBe(drawOf({ id: "1", title: "", type: "rice_cooker" }).draw);
});

test("an unknown kind is drawn by its category, and an unknown category as a gift", () => {
  expect(drawOf({ id: "1", title: "", type: "widget", category: "Candles & lights" }).draw).toBe(drawOf({ id: "1", title: "", type: "candle" }).draw);
  expect(drawOf({ id: "1", title: "" }).draw).toBe(drawOf({ id: "1", title: "", type: "gift_box" }).draw);
});

test("a title can tell kinds apart that share a slug", () => {
  expect(drawOf({ id: "1", title: "Chinese dragon paper lanterns", type: "lantern" }).draw).not.toBe(drawOf({ id: "1", title: "", type: "lantern" }).draw);
});

test("an item never stands on a ground of its own brightness and colour", () => {
  for (const colour of ["white", "ivory", "mint", "cream", "yellow"]) {
    for (let hash = 0; hash < 40; hash++) expect(paintFor(colour, hash * 7919).ground[0]).not.toBe(baseColour(colour));
  }
});

test("mixing half and half is the middle", () => {
  expect(mix("#000000", "#ffffff", 0.5)).toBe("#808080");
  expect(brightness("#ffffff")).toBeCloseTo(255);
});
