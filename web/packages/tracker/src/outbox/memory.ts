/** The last resort, for browsers that keep nothing: events live as long as the page does. */

import type { TrackedEvent } from "../event.ts";
import type { Outbox } from "./outbox.ts";

export function memoryOutbox(): Outbox {
  const events = new Map<string, TrackedEvent>();
  return {
    kind: "memory",
    async add(event) {
      events.set(event.event_id, event);
    },
    async oldest(limit) {
      return [...events.values()].slice(0, limit);
    },
    async remove(eventIds) {
      for (const id of eventIds) events.delete(id);
    },
    async count() {
      return events.size;
    },
  };
}
