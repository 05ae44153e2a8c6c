/** Who this browser is, as pseudonyms of its own making: a visitor for good, a session per visit. */

import { uuid } from "./uuid.ts";

export type KeyValue = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export type Identity = { visitorId: string; sessionId: string };

/** A session ends after this much silence. */
export const SESSION_IDLE_MS = 30 * 60 * 1000;

/** Read or make the visitor and the session; the session's clock starts again at `nowMs`. */
export function identify(storage: KeyValue, prefix: string, nowMs: number): Identity {
  const visitorId = storage.getItem(`${prefix}.visitor`) ?? `v-${uuid()}`;
  storage.setItem(`${prefix}.visitor`, visitorId);
  const [savedId, savedAt] = (storage.getItem(`${prefix}.session`) ?? "").split("|");
  const isOpen = savedId && Number(savedAt) <= nowMs && nowMs - Number(savedAt) < SESSION_IDLE_MS;
  const sessionId = isOpen ? savedId : `s-${uuid()}`;
  storage.setItem(`${prefix}.session`, `${sessionId}|${nowMs}`);
  return { visitorId, sessionId };
}

/** Forget both, so that the next event comes from someone unknown. */
export function forget(storage: KeyValue, prefix: string): void {
  storage.removeItem(`${prefix}.visitor`);
  storage.removeItem(`${prefix}.session`);
}
