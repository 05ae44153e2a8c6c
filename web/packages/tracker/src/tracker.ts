/**
 * Reports what a shopper does, and loses nothing: every event is first written to the outbox, then sent in batches,
 * and leaves the outbox only when the server has acknowledged it. Sent twice, it still counts once, by `event_id`.
 */

import type { Consent, EventFields, EventName, TrackedEvent } from "./event.ts";
import { forget, identify, type Identity, type KeyValue } from "./identity.ts";
import { memoryStorage } from "./memory-storage.ts";
import { openOutbox, usableLocalStorage } from "./outbox/open.ts";
import type { Outbox } from "./outbox/outbox.ts";
import { send, type Rejection } from "./send.ts";
import { uuid } from "./uuid.ts";

export type TrackerOptions = {
  /** Where events go, for example `/v1/events`. */
  url: string;
  /** A publishable key; never a secret one, this is a page. */
  key: string;
  /** Names what this tracker keeps in the browser. */
  prefix?: string;
  userId?: string;
  consent?: Consent;
  /** Most events in one call. */
  batchSize?: number;
  /** Events wait this long for company before they are sent. */
  gatherMs?: number;
  onRejected?: (rejections: Rejection[]) => void;
  outbox?: Outbox;
  storage?: KeyValue;
  fetch?: typeof fetch;
  now?: () => number;
  random?: () => number;
};

export type Delivery = { kind: "idle" } | { kind: "sending" } | { kind: "waiting"; attempt: number };

export type Tracker = {
  /** Keep an event and send it soon. Resolves with its id once it is safe, or undefined without consent. */
  track(name: EventName, fields?: EventFields): Promise<string | undefined>;
  /** Send what waits, now. Resolves true when the outbox is empty. */
  flush(): Promise<boolean>;
  identity(): Identity;
  setUser(userId: string | undefined): void;
  setConsent(consent: Consent): void;
  /** Become someone unknown: a new visitor and session from the next event on. */
  forgetMe(): void;
  pending(): Promise<number>;
  delivery(): Delivery;
  /** Called whenever the delivery state or the outbox changes. */
  subscribe(listener: () => void): () => void;
  stop(): void;
};

export const FIRST_RETRY_MS = 1_000;
export const LONGEST_RETRY_MS = 60_000;

/** Wait before attempt `attempt` (from 1): doubling, capped, and at least half of it, so that tabs spread out. */
export function retryDelay(attempt: number, random: number): number {
  const full = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1));
  return full * (0.5 + random / 2);
}

export function createTracker(options: TrackerOptions): Tracker {
  const { prefix = "daogou", gatherMs = 400, now = Date.now, random = Math.random } = options;
  const outbox = options.outbox ?? openOutbox(prefix);
  const storage = options.storage ?? usableLocalStorage() ?? memoryStorage();
  const target = { url: options.url, key: options.key, fetch: options.fetch ?? fetch.bind(globalThis) };
  const listeners = new Set<() => void>();
  let batchSize = options.batchSize ?? 50;
  let userId = options.userId;
  let consent: Consent = options.consent ?? { personalization: "granted", analytics: "granted" };
  let delivery: Delivery = { kind: "idle" };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<boolean> | undefined;
  let attempt = 0;
  let isStopped = false;

  const changed = (next: Delivery = delivery) => {
    delivery = next;
    for (const listener of listeners) listener();
  };

  const schedule = (ms: number) => {
    if (isStopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), ms);
  };

  const eventOf = (name: EventName, fields: EventFields): TrackedEvent => {
    const event: TrackedEvent = {
      ...fields,
      event_id: uuid(),
      event_name: name,
      timestamp: new Date(now()).toISOString(),
      consent,
    };
    if (consent.personalization === "denied") return event; // counts for the shop, names nobody
    const { visitorId, sessionId } = identify(storage, prefix, now());
    return { ...event, visitor_id: visitorId, session_id: sessionId, ...(userId ? { user_id: userId } : {}) };
  };

  /** Send until the outbox is empty (true) or an attempt failed (false). */
  const drain = async (): Promise<boolean> => {
    for (;;) {
      const batch = await outbox.oldest(batchSize);
      if (batch.length === 0) return true;
      const outcome = await send(target, batch);
      if (outcome.kind === "too_large" && batch.length > 1) {
        batchSize = Math.ceil(batch.length / 2);
        continue;
      }
      if (outcome.kind === "later") {
        attempt += 1;
        changed({ kind: "waiting", attempt });
        schedule(outcome.afterMs ?? retryDelay(attempt, random()));
        return false;
      }
      attempt = 0;
      await outbox.remove(batch.map((event) => event.event_id));
      if (outcome.kind === "done" && outcome.rejected.length > 0) options.onRejected?.(outcome.rejected);
      changed();
    }
  };

  const sendAll = async (): Promise<boolean> => {
    clearTimeout(timer);
    timer = undefined;
    changed({ kind: "sending" });
    const isEmpty = await drain();
    if (isEmpty) changed({ kind: "idle" });
    return isEmpty;
  };

  /** Joins the attempt under way, then looks once more: an event may have come in after its last look. */
  const flush = async (): Promise<boolean> => {
    if (running) {
      const isEmpty = await running;
      if (!isEmpty || (await outbox.count()) === 0) return isEmpty;
      return flush();
    }
    running = sendAll().finally(() => (running = undefined));
    return running;
  };

  const sendNow = () => void flush();
  const sendWhenHidden = () => {
    if (document.visibilityState === "hidden") sendNow();
  };
  const inPage = typeof window !== "undefined";
  if (inPage) {
    window.addEventListener("online", sendNow);
    window.addEventListener("pagehide", sendNow);
    document.addEventListener("visibilitychange", sendWhenHidden);
  }
  schedule(0); // what an earlier page left behind

  return {
    async track(name, fields = {}) {
      if (consent.analytics === "denied") return undefined;
      const event = eventOf(name, fields);
      await outbox.add(event);
      if (delivery.kind !== "waiting") schedule(gatherMs);
      changed();
      return event.event_id;
    },
    flush,
    identity: () => identify(storage, prefix, now()),
    setUser: (next) => void (userId = next),
    setConsent: (next) => void (consent = next),
    forgetMe: () => forget(storage, prefix),
    pending: () => outbox.count(),
    delivery: () => delivery,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      if (!inPage) return;
      window.removeEventListener("online", sendNow);
      window.removeEventListener("pagehide", sendNow);
      document.removeEventListener("visibilitychange", sendWhenHidden);
    },
  };
}
