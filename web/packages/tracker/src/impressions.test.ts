// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { EventFields } from "./event.ts";
import { GATHER_MS, VISIBLE_MS, watchImpressions, type ImpressionWatcher } from "./impressions.ts";

type Callback = (entries: { target: Element; intersectionRatio: number }[]) => void;

let look: Callback;
let reported: EventFields[];
let watcher: ImpressionWatcher;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(callback: Callback) {
        look = callback;
      }
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  reported = [];
  watcher = watchImpressions({
    track: async (_name, fields = {}) => {
      reported.push(fields);
      return "id";
    },
  });
});

afterEach(() => {
  watcher.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const card = (itemId: string, position: number, recommendationId = "r1") => {
  const element = document.createElement("div");
  watcher.watch(element, { itemId, position, recommendationId, placement: "home_for_you" });
  return element;
};

const show = (target: Element, intersectionRatio = 1) => look([{ target, intersectionRatio }]);

test("an item half on screen for a second is reported with its place and its slate", () => {
  show(card("m1", 3), 0.5);
  vi.advanceTimersByTime(VISIBLE_MS + GATHER_MS);
  expect(reported).toEqual([{ recommendation_id: "r1", placement: "home_for_you", items: [{ item_id: "m1", index: 3 }] }]);
});

test("an item that leaves before the second is over was not seen", () => {
  const element = card("m1", 0);
  show(element);
  vi.advanceTimersByTime(VISIBLE_MS - 1);
  show(element, 0.1);
  vi.advanceTimersByTime(5_000);
  expect(reported).toEqual([]);
});

test("less than half of an item is not seeing it", () => {
  show(card("m1", 0), 0.49);
  vi.advanceTimersByTime(5_000);
  expect(reported).toEqual([]);
});

test("items of one slate go together, other slates on their own", () => {
  for (const element of [card("m1", 0), card("m2", 1), card("m3", 0, "r2")]) show(element);
  vi.advanceTimersByTime(VISIBLE_MS + GATHER_MS);
  expect(reported.map((fields) => fields.items?.map((item) => item.item_id))).toEqual([["m1", "m2"], ["m3"]]);
});

test("the same item of the same slate is seen once, even when drawn again", () => {
  show(card("m1", 0));
  vi.advanceTimersByTime(VISIBLE_MS + GATHER_MS);
  show(card("m1", 0));
  vi.advanceTimersByTime(VISIBLE_MS + GATHER_MS);
  expect(reported).toHaveLength(1);
});

test("what was seen is reported at once when the page goes away", () => {
  show(card("m1", 0));
  vi.advanceTimersByTime(VISIBLE_MS);
  window.dispatchEvent(new Event("pagehide"));
  expect(reported).toHaveLength(1);
});
