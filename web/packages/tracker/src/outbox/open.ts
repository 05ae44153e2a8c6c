/** Choose the safest outboxes that this browser has. */

import { indexedDbOutbox } from "./indexed-db.ts";
import { localStorageOutbox } from "./local-storage.ts";
import { memoryOutbox } from "./memory.ts";
import type { Outbox } from "./outbox.ts";
import { spillingOutbox } from "./spilling.ts";

/** localStorage first, then IndexedDB (opened when first needed), then memory. */
export function openOutbox(prefix: string): Outbox {
  const shelves: Outbox[] = [];
  const storage = usableLocalStorage();
  if (storage) shelves.push(localStorageOutbox(storage, prefix));
  if (typeof indexedDB !== "undefined") shelves.push(opening("indexed-db", () => indexedDbOutbox(indexedDB, prefix)));
  shelves.push(memoryOutbox());
  return spillingOutbox(shelves);
}

/** localStorage if it can really be written to: private windows and blocked cookies make it throw. */
export function usableLocalStorage(): Storage | undefined {
  try {
    const probe = "daogou.probe";
    localStorage.setItem(probe, "1");
    localStorage.removeItem(probe);
    return localStorage;
  } catch {
    return undefined;
  }
}

function opening(kind: Outbox["kind"], open: () => Promise<Outbox>): Outbox {
  let opened: Promise<Outbox | undefined> | undefined;
  const shelf = () => (opened ??= open().catch(() => undefined));
  return {
    kind,
    async add(event) {
      const real = await shelf();
      if (!real) throw new Error("IndexedDB cannot be opened");
      await real.add(event);
    },
    oldest: async (limit) => (await shelf())?.oldest(limit) ?? [],
    remove: async (eventIds) => (await shelf())?.remove(eventIds),
    count: async () => (await shelf())?.count() ?? 0,
  };
}
