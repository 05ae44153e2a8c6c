/**
 * The first choice: written before `add` returns, so not even a tab closed in the same instant loses the event.
 *
 * One entry per event, so two tabs can add at the same time without overwriting each other. Keys start with the
 * time, which sorts them by age.
 */

import type { TrackedEvent } from "../event.ts";
import type { Outbox } from "./outbox.ts";

export function localStorageOutbox(storage: Storage, prefix: string): Outbox {
  const entry = `${prefix}.outbox.`;

  const keys = (): string[] => {
    const found: string[] = [];
    for (let i = 0; i < storage.length; i++) {
      const key = storage.key(i);
      if (key?.startsWith(entry)) found.push(key);
    }
    return found.sort();
  };

  return {
    kind: "local-storage",
    async add(event) {
      storage.setItem(`${entry}${event.timestamp}|${event.event_id}`, JSON.stringify(event));
    },
    async oldest(limit) {
      const events: TrackedEvent[] = [];
      for (const key of keys()) {
        if (events.length === limit) break;
        const event = parse(storage.getItem(key));
        if (event) events.push(event);
        else storage.removeItem(key);
      }
      return events;
    },
    async remove(eventIds) {
      const gone = new Set(eventIds);
      for (const key of keys()) if (gone.has(key.slice(key.lastIndexOf("|") + 1))) storage.removeItem(key);
    },
    async count() {
      return keys().length;
    },
  };
}

function parse(text: string | null): TrackedEvent | undefined {
  try {
    const value = JSON.parse(text ?? "") as TrackedEvent;
    return typeof value.event_id === "string" && typeof value.event_name === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
