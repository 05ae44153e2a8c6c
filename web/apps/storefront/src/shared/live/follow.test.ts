import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Reading the key is the page's business; there is no page here.
vi.stubGlobal("document", { querySelector: () => null });
const { ApiError } = await import("../api/http.ts");
const { follow, SILENCE_MS } = await import("./follow.ts");
type ServerEvent = import("./sse.ts").ServerEvent;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server whose connections are answered by `plan`, the last one for ever; tells when each was opened. */
function server(...plan: ((signal: AbortSignal) => Response)[]) {
  const openedAt: number[] = [];
  const events: ServerEvent[] = [];
  const stop = new AbortController();
  const open = async (signal: AbortSignal) => {
    openedAt.push(Date.now() - began);
    return plan[Math.min(openedAt.length, plan.length) - 1]!(signal);
  };
  const began = Date.now();
  const ended = follow({ open, onEvent: (event) => events.push(event), signal: stop.signal, random: () => 1 });
  return { openedAt, events, stop, ended };
}

const refused = (status: number) => () => {
  throw new ApiError("no", "no", status);
};

function stream(text: string, isOpenEnded = false) {
  return (signal: AbortSignal) =>
    new Response(
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(text));
          if (isOpenEnded) signal.addEventListener("abort", () => controller.error(new DOMException("gone", "AbortError")));
          else controller.close();
        },
      }),
    );
}

test("a server without streams is asked once", async () => {
  const { openedAt, ended } = server(refused(404));
  await ended;
  expect(openedAt).toEqual([0]);
});

test("a busy server is asked again, each time later", async () => {
  const { openedAt, stop } = server(refused(503));
  await vi.advanceTimersByTimeAsync(7_500);
  expect(openedAt).toEqual([0, 1_000, 3_000, 7_000]);
  stop.abort();
});

test("events are handed on, and a life sign forgives the failures before it", async () => {
  const { openedAt, events, stop } = server(refused(503), refused(503), stream("event: slate\ndata: {}\n\n"));
  await vi.advanceTimersByTimeAsync(4_500);
  expect(openedAt).toEqual([0, 1_000, 3_000, 4_000]);
  expect(events[0]).toEqual({ name: "slate", data: "{}" });
  stop.abort();
});

test("a goodbye closes the line, and is no event", async () => {
  const { openedAt, events, stop } = server(stream("event: bye\ndata: {}\n\n", true));
  await vi.advanceTimersByTimeAsync(1_500);
  expect(openedAt.slice(0, 2)).toEqual([0, 1_000]);
  expect(events).toEqual([]);
  stop.abort();
});

test("a line that has gone silent is opened again", async () => {
  const { openedAt, stop } = server(stream(": here\n\n", true));
  await vi.advanceTimersByTimeAsync(SILENCE_MS + 1_500);
  expect(openedAt).toEqual([0, SILENCE_MS + 1_000]);
  stop.abort();
});

test("nothing is asked once nobody looks", async () => {
  const { openedAt, stop, ended } = server(stream("event: slate\ndata: {}\n\n", true));
  await vi.advanceTimersByTimeAsync(10);
  stop.abort();
  await ended;
  await vi.advanceTimersByTimeAsync(600_000);
  expect(openedAt).toEqual([0]);
});
