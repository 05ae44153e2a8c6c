import { expect, test } from "vitest";
import { eventReader, type ServerEvent } from "./sse.ts";

function read(...pieces: string[]): ServerEvent[] {
  const events: ServerEvent[] = [];
  const feed = eventReader((event) => events.push(event));
  pieces.forEach(feed);
  return events;
}

test("events are told apart by an empty line", () => {
  expect(read('event: slate\ndata: {"a":1}\n\nevent: bye\ndata: {}\n\n')).toEqual([
    { name: "slate", data: '{"a":1}' },
    { name: "bye", data: "{}" },
  ]);
});

test("an event may come in any number of pieces", () => {
  const text = 'event: slate\r\ndata: {"a": "b: c"}\r\n\r\n';
  expect(read(...text)).toEqual([{ name: "slate", data: '{"a": "b: c"}' }]);
});

test("heartbeats are no events", () => {
  expect(read(": still here\n\n", ":\n\n")).toEqual([]);
});

test("several lines of data are one text", () => {
  expect(read("data: one\ndata:two\ndata\n\n")).toEqual([{ name: "message", data: "one\ntwo\n" }]);
});

test("an event that was not finished is not told", () => {
  expect(read("event: slate\ndata: half")).toEqual([]);
});
