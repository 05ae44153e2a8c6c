import { expect, test } from "vitest";
import { formatPrice, toMajor, toTyped } from "./money.ts";

test("pence become pounds with two digits", () => {
  expect(formatPrice(1250, "GBP", "en-GB")).toBe("£12.50");
});

test("fen become yuan with the short sign in Chinese", () => {
  expect(formatPrice(129900, "CNY", "zh-CN")).toBe("¥1,299.00");
});

test("a currency without minor units is not divided", () => {
  expect(toMajor(1250, "JPY")).toBe(1250);
});

test("a figure to type has its pence whole or not at all", () => {
  expect([1600, 160, 165].map((minor) => toTyped(minor, "GBP"))).toEqual(["16", "1.60", "1.65"]);
  expect(toTyped(1250, "JPY")).toBe("1250");
});
