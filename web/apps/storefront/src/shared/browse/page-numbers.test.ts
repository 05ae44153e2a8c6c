import { expect, test } from "vitest";
import { pageNumbers } from "./page-numbers.ts";

test("the ends and the neighbours of the present page are offered, with gaps between", () => {
  expect(pageNumbers(5, 12)).toEqual([0, "gap", 4, 5, 6, "gap", 11]);
});

test("few pages are all offered", () => {
  expect(pageNumbers(0, 3)).toEqual([0, 1, 2]);
});

test("one page needs one number", () => {
  expect(pageNumbers(0, 1)).toEqual([0]);
});
