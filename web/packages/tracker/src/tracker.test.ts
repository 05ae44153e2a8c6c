// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeServer, type FakeServer } from "./fake-server.ts";
import { createTracker, FIRST_RETRY_MS, LONGEST_RETRY_MS, retryDelay, type Tracker, type TrackerOptions } from "./tracker.ts";

let server: FakeServer;
const open: Tracker[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  server = fakeServer();
});

afterEach(() => {
  for (const tracker of open.splice(0)) tracker.stop();
  vi.useRealTimers();
});

/** A page that is opened with what the browser has kept so far. */
function page(options: Partial<TrackerOptions> = {}): Tracker {
  const tracker = createTracker({ url: "/v1/events", key: "dg_pub_test", fetch: server.fetch, random: () => 0, ...options });
  open.push(tracker);
  return tracker;
}

const namesStored = () => [...server.stored.values()].map((event) => event.event_name);

test("an event reaches the server with the key and leaves the outbox", async () => {
  const tracker = page();
  await tracker.track("view_item", { items: [{ item_id: "m1" }] });
  expect(await tracker.pending()).toBe(1);
  expect(await tracker.flush()).toBe(true);
  expect(namesStored()).toEqual(["view_item"]);
  expect(server.headers.Authorization).toBe("Bearer dg_pub_test");
  expect(await tracker.pending()).toBe(0);
});

test("an event is safe in the browser before track returns to its caller", () => {
  const tracker = page();
  void tracker.track("purchase", { transaction_id: "T1" });
  const kept = Object.keys(localStorage).filter((key) => key.startsWith("daogou.outbox."));
  expect(kept).toHaveLength(1);
});

test("events gather and go together", async () => {
  const tracker = page();
  await tracker.track("view_item");
  await tracker.track("add_to_cart");
  await vi.advanceTimersByTimeAsync(500);
  expect(server.calls).toEqual([2]);
});

test("a page that was closed before sending loses nothing: the next page sends it", async () => {
  server.behave({ kind: "unreachable" });
  const first = page();
  await first.track("purchase", { transaction_id: "T1" });
  expect(await first.flush()).toBe(false);
  first.stop();

  server.behave({ kind: "store" });
  const second = page();
  expect(await second.flush()).toBe(true);
  expect(namesStored()).toEqual(["purchase"]);
});

test("an answer lost on its way back makes the event go twice and count once", async () => {
  server.behave({ kind: "answer_lost" }, { kind: "store" });
  const tracker = page();
  await tracker.track("purchase");
  expect(await tracker.flush()).toBe(false);
  await vi.advanceTimersByTimeAsync(FIRST_RETRY_MS);
  expect(server.calls).toEqual([1, 1]);
  expect(server.stored.size).toBe(1);
  expect(await tracker.pending()).toBe(0);
});

test("a failing server is asked ever more rarely, and then gets everything in order", async () => {
  server.behave({ kind: "status", status: 503 });
  const tracker = page();
  for (const name of ["view_item", "add_to_cart", "purchase"] as const) {
    await tracker.track(name);
    await vi.advanceTimersByTimeAsync(10); // the outbox sorts by time
  }
  await vi.advanceTimersByTimeAsync(60_000);
  const asked = server.calls.length;
  expect(asked).toBeGreaterThan(3);
  expect(asked).toBeLessThan(9);
  server.behave({ kind: "store" });
  await tracker.flush();
  expect(namesStored()).toEqual(["view_item", "add_to_cart", "purchase"]);
});

test("waits double, are capped, and spread over half of themselves", () => {
  expect([1, 2, 3].map((attempt) => retryDelay(attempt, 1))).toEqual([1000, 2000, 4000]);
  expect(retryDelay(3, 0)).toBe(2000);
  expect(retryDelay(40, 1)).toBe(LONGEST_RETRY_MS);
});

test("a server that says when to come back is obeyed", async () => {
  server.behave({ kind: "status", status: 429, retryAfter: 7 }, { kind: "store" });
  const tracker = page();
  await tracker.track("view_item");
  await tracker.flush();
  await vi.advanceTimersByTimeAsync(6_900);
  expect(server.calls).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(server.stored.size).toBe(1);
});

test("a batch that is too large is halved until it fits", async () => {
  server.behave({ kind: "at_most", events: 3 });
  const tracker = page({ batchSize: 10 });
  for (let i = 0; i < 10; i++) await tracker.track("impression");
  expect(await tracker.flush()).toBe(true);
  expect(server.stored.size).toBe(10);
  expect(Math.max(...server.calls.slice(2))).toBeLessThanOrEqual(3);
});

test("an event that can never be accepted is reported and does not hold up the others", async () => {
  const refused: string[] = [];
  const tracker = page({ onRejected: (all) => refused.push(...all.map((one) => `${one.event.event_name}: ${one.code}`)) });
  await tracker.track("view_item", { items: [] });
  const rejected = [{ index: 0, code: "invalid_field", field: "items", message: "No items." }];
  server.behave({ kind: "status", status: 422, body: { accepted: 0, duplicates: 0, rejected } });
  expect(await tracker.flush()).toBe(true);
  expect(refused).toEqual(["view_item: invalid_field"]);
});

test("without consent to analytics nothing is kept or sent", async () => {
  const tracker = page({ consent: { personalization: "granted", analytics: "denied" } });
  expect(await tracker.track("view_item")).toBeUndefined();
  await tracker.flush();
  expect(server.calls).toEqual([]);
});

test("without consent to personalisation an event names nobody", async () => {
  const tracker = page({ userId: "c1" });
  tracker.setConsent({ personalization: "denied", analytics: "granted" });
  await tracker.track("view_item");
  await tracker.flush();
  const [event] = server.stored.values();
  expect(event).not.toHaveProperty("user_id");
  expect(event).not.toHaveProperty("visitor_id");
  expect(event).not.toHaveProperty("session_id");
  expect(event?.consent.personalization).toBe("denied");
});

test("the visitor stays the same over pages, and a session ends after half an hour of silence", async () => {
  const first = page().identity();
  expect(page().identity()).toEqual(first);
  vi.advanceTimersByTime(31 * 60 * 1000);
  const later = page().identity();
  expect(later.visitorId).toBe(first.visitorId);
  expect(later.sessionId).not.toBe(first.sessionId);
});

test("who asks to be forgotten is somebody else afterwards", () => {
  const tracker = page();
  const before = tracker.identity();
  tracker.forgetMe();
  expect(tracker.identity().visitorId).not.toBe(before.visitorId);
});

test("coming back online sends at once what waited", async () => {
  server.behave({ kind: "unreachable" });
  const tracker = page();
  await tracker.track("view_item");
  await tracker.flush();
  server.behave({ kind: "store" });
  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  expect(server.stored.size).toBe(1);
});

test("an event tracked while a batch is under way is sent by the same flush", async () => {
  const tracker = page();
  await tracker.track("view_item");
  const flushing = tracker.flush();
  await tracker.track("purchase");
  await flushing;
  expect(await tracker.flush()).toBe(true);
  expect(namesStored()).toEqual(["view_item", "purchase"]);
});
