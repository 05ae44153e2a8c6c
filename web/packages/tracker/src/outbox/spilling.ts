/** Several outboxes in order of preference: what does not fit in one goes to the next. */

import type { Outbox } from "./outbox.ts";

export function spillingOutbox(shelves: readonly Outbox[]): Outbox {
  return {
    kind: "spilling",
    async add(event) {
      let refusal: unknown = new Error("there is no outbox to keep events in");
      for (const shelf of shelves) {
        try {
          return await shelf.add(event);
        } catch (error) {
          refusal = error;
        }
      }
      throw refusal;
    },
    async oldest(limit) {
      for (const shelf of shelves) {
        // Stop at the first that has any: a page that is closing has no time to open a database as well.
        const found = await shelf.oldest(limit);
        if (found.length > 0) return found;
      }
      return [];
    },
    async remove(eventIds) {
      await Promise.all(shelves.map((shelf) => shelf.remove(eventIds)));
    },
    async count() {
      const counts = await Promise.all(shelves.map((shelf) => shelf.count()));
      return counts.reduce((sum, n) => sum + n, 0);
    },
  };
}
