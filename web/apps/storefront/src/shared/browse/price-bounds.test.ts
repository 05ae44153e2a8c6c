import { expect, test } from "vitest";
import { boundsOf } from "./price-bounds.ts";

const span = (lowestMinor: number, highestMinor: number, currency = "GBP") => ({ lowestMinor, highestMinor, currency, counts: [] });

test("the ends are round figures that hold every price", () => {
  expect(boundsOf(span(395, 1295))).toEqual({ lowest: 300, highest: 1300, step: 100 });
});

test("wide ranges have coarser steps, never more than a hundred and one", () => {
  const { lowest, highest, step } = boundsOf(span(99, 1_234_567));
  expect(step).toBe(20_000);
  expect([lowest, highest]).toEqual([0, 1_240_000]);
});

test("narrow ranges still have steps to choose between", () => {
  const { lowest, highest, step } = boundsOf(span(395, 435));
  expect((highest - lowest) / step).toBeGreaterThanOrEqual(4);
});

test("currencies without minor units keep whole ones", () => {
  expect(boundsOf(span(1_000, 9_900, "JPY"))).toEqual({ lowest: 1_000, highest: 9_900, step: 100 });
});
