import { expect, test } from "vitest";
import { marked } from "./marked.ts";
import { withSearch } from "./recent-searches.ts";

test("what was typed is marked wherever it stands", () => {
  expect(marked("Red mug", "mu")).toEqual([
    { text: "Red ", isTyped: false },
    { text: "mu", isTyped: true },
    { text: "g", isTyped: false },
  ]);
  expect(marked("红色马克杯", "马克")).toContainEqual({ text: "马克", isTyped: true });
});

test("signs that mean something in a pattern mean themselves", () => {
  expect(marked("C++ (new)", "c++ (")).toEqual([
    { text: "C++", isTyped: true },
    { text: " ", isTyped: false },
    { text: "(", isTyped: true },
    { text: "new)", isTyped: false },
  ]);
});

test("a search made again moves to the front, whatever its capitals, and only eight are kept", () => {
  expect(withSearch(["Mug", "jug"], "mug")).toEqual(["mug", "jug"]);
  expect(withSearch("abcdefgh".split(""), "z")).toEqual(["z", ..."abcdefg".split("")]);
});
