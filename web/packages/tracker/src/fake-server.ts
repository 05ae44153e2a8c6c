/** A stand-in for `POST /v1/events` in tests: counts each event once, and can be told to fail. */

import type { TrackedEvent } from "./event.ts";

export type FakeServer = {
  fetch: typeof fetch;
  /** Events stored, by id, in the order of their first arrival. */
  stored: Map<string, TrackedEvent>;
  /** How many events arrived in each call. */
  calls: number[];
  /** Headers of the last call. */
  headers: Record<string, string>;
  /** What the next calls do; the last one stays. */
  behave: (...next: Behaviour[]) => void;
};

export type Behaviour =
  | { kind: "store" }
  | { kind: "unreachable" }
  /** Stores everything, but the answer is lost on its way back. */
  | { kind: "answer_lost" }
  | { kind: "status"; status: number; body?: unknown; retryAfter?: number }
  | { kind: "at_most"; events: number };

export function fakeServer(): FakeServer {
  const stored = new Map<string, TrackedEvent>();
  const calls: number[] = [];
  let plan: Behaviour[] = [{ kind: "store" }];

  const respond = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(JSON.stringify(body), { status, headers });
  const keep = (events: TrackedEvent[]) => {
    for (const event of events) if (!stored.has(event.event_id)) stored.set(event.event_id, event);
  };

  const server: FakeServer = {
    stored,
    calls,
    headers: {},
    behave: (...next) => void (plan = next),
    fetch: async (_input, init) => {
      const { events } = JSON.parse(String(init?.body)) as { events: TrackedEvent[] };
      calls.push(events.length);
      server.headers = init?.headers as Record<string, string>;
      const now = plan.length > 1 ? plan.shift()! : plan[0]!;
      switch (now.kind) {
        case "unreachable":
          throw new TypeError("Failed to fetch");
        case "answer_lost":
          keep(events);
          throw new TypeError("Failed to fetch");
        case "status":
          return respond(now.status, now.body ?? {}, now.retryAfter ? { "Retry-After": String(now.retryAfter) } : {});
        case "at_most":
          if (events.length > now.events) return respond(413, { error: { code: "too_large", message: "Too many." } });
          keep(events);
          return respond(200, { accepted: events.length, duplicates: 0, rejected: [] });
        case "store":
          keep(events);
          return respond(200, { accepted: events.length, duplicates: 0, rejected: [] });
      }
    },
  };
  return server;
}
