import { expect, test } from "vitest";
import table from "./catalogue-words.json";
import { catalogueWords } from "./catalogue-words.ts";

const english = catalogueWords(table, "en");
const chinese = catalogueWords(table, "zh");

test("a category keeps its English name and has a Chinese one", () => {
  expect(english.name("Tableware")).toBe("Tableware");
  expect(chinese.name("Tableware")).toBe("餐具茶具");
});

test("a name that nobody translated stays as it is", () => {
  expect(chinese.name("Oddments")).toBe("Oddments");
});

test("a slug reads as words", () => {
  expect(english.value("product_type", "hot_water_bottle")).toBe("Hot water bottle");
  expect(chinese.value("colour", "red")).toBe("红色");
});

test("a bare number gets its unit", () => {
  expect(english.value("battery_hours", "30")).toBe("30 h");
  expect(chinese.value("battery_hours", "30")).toBe("30小时");
});
