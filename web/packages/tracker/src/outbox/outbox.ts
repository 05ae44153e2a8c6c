/** Where events wait until the server has said that it stored them. */

import type { TrackedEvent } from "../event.ts";

export type Outbox = {
  readonly kind: "local-storage" | "indexed-db" | "memory" | "spilling";
  /** Keep one event. Resolves once it would survive the page. Rejects when there is no room. */
  add(event: TrackedEvent): Promise<void>;
  /** Up to `limit` events, oldest first. */
  oldest(limit: number): Promise<TrackedEvent[]>;
  /** Drop these events; unknown ids are ignored. */
  remove(eventIds: readonly string[]): Promise<void>;
  count(): Promise<number>;
};
