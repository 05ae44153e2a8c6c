/** Keeps one stream open for as long as somebody looks: after a failure again, ever more slowly, and never all at once. */

import { retryDelay } from "@daogou/tracker";
import { ApiError } from "../api/http.ts";
import { eventReader, type ServerEvent } from "./sse.ts";

/** A stream that says nothing for so long, not even a heartbeat, is dead. */
export const SILENCE_MS = 90_000;

export type Following = {
  open: (signal: AbortSignal) => Promise<Response>;
  onEvent: (event: ServerEvent) => void;
  signal: AbortSignal;
  random?: () => number;
};

/** Resolves once the signal says so, or the server will never have a stream for this page. */
export async function follow({ open, onEvent, signal, random = Math.random }: Following): Promise<void> {
  let attempt = 0;
  const onLife = (event: ServerEvent) => {
    attempt = 0;
    onEvent(event);
  };
  while (!signal.aborted) {
    try {
      await readOnce(open, onLife, signal);
    } catch (error) {
      if (isFinal(error)) return;
    }
    attempt += 1;
    await pause(retryDelay(attempt, random()), signal);
  }
}

/** Read one connection to its end, be it a goodbye, silence or a broken line. */
async function readOnce(open: Following["open"], onEvent: Following["onEvent"], signal: AbortSignal): Promise<void> {
  const gone = new AbortController();
  let timer = setTimeout(() => gone.abort(), SILENCE_MS);
  try {
    const { body } = await open(AbortSignal.any([signal, gone.signal]));
    if (!body) return;
    const feed = eventReader((event) => (event.name === "bye" ? gone.abort() : onEvent(event)));
    const pieces = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let next = await pieces.read(); !next.done; next = await pieces.read()) {
      clearTimeout(timer);
      timer = setTimeout(() => gone.abort(), SILENCE_MS);
      feed(next.value);
    }
  } finally {
    clearTimeout(timer);
    gone.abort();
  }
}

/** The server has no such stream, or not for this page; asking again would not change that. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
