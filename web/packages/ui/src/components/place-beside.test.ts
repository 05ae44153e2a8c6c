import { expect, test } from "vitest";
import { spotBeside } from "./place-beside.ts";

const view = { width: 360, height: 640 };
const menu = { width: 240, height: 150 };
const at = (left: number, top: number) => ({ left, top, right: left + 34, bottom: top + 34, width: 34, height: 34 });

test("a menu hangs under its button, right edges in line", () => {
  expect(spotBeside(at(300, 100), menu, view)).toEqual({ left: 94, top: 140 });
});

test("near the bottom it stands above its button", () => {
  expect(spotBeside(at(300, 560), menu, view)).toEqual({ left: 94, top: 404 });
});

test("near the left edge it stays inside the window", () => {
  expect(spotBeside(at(20, 100), menu, view).left).toBe(8);
});

test("a window smaller than the menu shows its beginning", () => {
  expect(spotBeside(at(20, 20), menu, { width: 200, height: 100 })).toEqual({ left: 8, top: 8 });
});
