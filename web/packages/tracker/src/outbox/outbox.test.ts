// @vitest-environment jsdom
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, test } from "vitest";
import type { TrackedEvent } from "../event.ts";
import { indexedDbOutbox } from "./indexed-db.ts";
import { localStorageOutbox } from "./local-storage.ts";
import { memoryOutbox } from "./memory.ts";
import type { Outbox } from "./outbox.ts";
import { spillingOutbox } from "./spilling.ts";

const event = (id: string, second = 0): TrackedEvent => ({
  event_id: id,
  event_name: "view_item",
  timestamp: `2026-01-01T00:00:${String(second).padStart(2, "0")}.000Z`,
  consent: { personalization: "granted", analytics: "granted" },
});

const ids = async (outbox: Outbox, limit = 100) => (await outbox.oldest(limit)).map((one) => one.event_id);

const KINDS: [string, () => Promise<Outbox>][] = [
  ["localStorage", async () => localStorageOutbox(localStorage, "test")],
  ["IndexedDB", () => indexedDbOutbox(new IDBFactory(), "test")],
  ["memory", async () => memoryOutbox()],
  ["spilling", async () => spillingOutbox([localStorageOutbox(localStorage, "test"), memoryOutbox()])],
];

describe.each(KINDS)("%s", (_name, open) => {
  let outbox: Outbox;

  beforeEach(async () => {
    localStorage.clear();
    outbox = await open();
  });

  test("gives events back oldest first, as many as asked", async () => {
    for (const [i, id] of ["a", "b", "c"].entries()) await outbox.add(event(id, i));
    expect(await ids(outbox, 2)).toEqual(["a", "b"]);
    expect(await outbox.count()).toBe(3);
  });

  test("forgets what was removed and keeps the rest; an unknown id is no error", async () => {
    await outbox.add(event("a", 1));
    await outbox.add(event("b", 2));
    await outbox.remove(["a", "nobody"]);
    expect(await ids(outbox)).toEqual(["b"]);
  });

  test("an empty one gives nothing", async () => {
    expect(await ids(outbox)).toEqual([]);
    expect(await outbox.count()).toBe(0);
  });
});

test("two tabs write side by side without losing each other's events", async () => {
  localStorage.clear();
  const [one, other] = [localStorageOutbox(localStorage, "test"), localStorageOutbox(localStorage, "test")];
  await Promise.all([one.add(event("a", 1)), other.add(event("b", 2))]);
  expect(await ids(one)).toEqual(["a", "b"]);
});

test("a damaged entry is dropped and does not block the others", async () => {
  localStorage.clear();
  const outbox = localStorageOutbox(localStorage, "test");
  localStorage.setItem("test.outbox.2026-01-01T00:00:00.000Z|x", "{half an eve");
  await outbox.add(event("a", 1));
  expect(await ids(outbox)).toEqual(["a"]);
});

test("what does not fit on the first shelf goes to the next", async () => {
  const full: Outbox = { ...memoryOutbox(), add: () => Promise.reject(new DOMException("full", "QuotaExceededError")) };
  const next = memoryOutbox();
  const outbox = spillingOutbox([full, next]);
  await outbox.add(event("a"));
  expect(await next.count()).toBe(1);
  expect(await ids(outbox)).toEqual(["a"]);
  await outbox.remove(["a"]);
  expect(await outbox.count()).toBe(0);
});

test("when no shelf takes an event, the caller is told", async () => {
  const full: Outbox = { ...memoryOutbox(), add: () => Promise.reject(new Error("full")) };
  await expect(spillingOutbox([full]).add(event("a"))).rejects.toThrow("full");
});
