/** One attempt to hand events over, with an outcome that says what to do next. */

import type { TrackedEvent } from "./event.ts";

export type Rejection = { event: TrackedEvent; code: string; message: string };

export type Outcome =
  /** The server has these; the rejected ones can never be accepted. All may leave the outbox. */
  | { kind: "done"; rejected: Rejection[] }
  /** Nothing was stored; the same events again later. */
  | { kind: "later"; afterMs?: number }
  /** Too many for one body; fewer at once. */
  | { kind: "too_large" };

export type Target = { url: string; key: string; fetch: typeof fetch };

/** Browsers let at most 64 KiB of unanswered bodies outlive their page. */
export const KEEPALIVE_BYTES = 60_000;

export async function send(target: Target, events: readonly TrackedEvent[]): Promise<Outcome> {
  const body = JSON.stringify({ events });
  try {
    const response = await target.fetch(target.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${target.key}` },
      body,
      keepalive: new Blob([body]).size < KEEPALIVE_BYTES,
    });
    return await outcomeOf(response, events);
  } catch {
    return { kind: "later" };
  }
}

async function outcomeOf(response: Response, events: readonly TrackedEvent[]): Promise<Outcome> {
  if (response.ok) return { kind: "done", rejected: rejections(await response.json().catch(() => ({})), events) };
  if (response.status === 413) return { kind: "too_large" };
  if (response.status === 400 || response.status === 422) {
    const body: unknown = await response.json().catch(() => ({}));
    const listed = rejections(body, events);
    if (listed.length > 0) return { kind: "done", rejected: listed };
    const { code = "refused", message = `HTTP ${response.status}` } = (body as ErrorBody).error ?? {};
    return { kind: "done", rejected: events.map((event) => ({ event, code, message })) };
  }
  const seconds = Number(response.headers.get("Retry-After"));
  return seconds > 0 ? { kind: "later", afterMs: seconds * 1000 } : { kind: "later" };
}

type ErrorBody = { error?: { code?: string; message?: string } };

function rejections(body: unknown, events: readonly TrackedEvent[]): Rejection[] {
  const listed = (body as { rejected?: { index: number; code: string; message: string }[] }).rejected ?? [];
  return listed.flatMap(({ index, code, message }) => {
    const event = events[index];
    return event ? [{ event, code, message }] : [];
  });
}
