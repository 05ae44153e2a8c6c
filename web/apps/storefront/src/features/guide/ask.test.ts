import { beforeEach, expect, test, vi } from "vitest";

// There is no page here: its key, its storage and its tracker are the page's business.
const kept = new Map<string, string>();
const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
vi.stubGlobal("document", { querySelector: () => null });
vi.stubGlobal("sessionStorage", storage);
vi.stubGlobal("localStorage", storage);
vi.stubGlobal("window", { addEventListener: () => undefined });
vi.mock("../../shared/tracking/tracker.ts", () => ({ tracker: { track: async () => undefined }, settleEvents: async () => undefined }));

const { say, sayAgain, startOver } = await import("./ask.ts");
const { talk } = await import("../../shared/state/talk.ts");

type Asked = { body: { utterance?: string; acts?: unknown[]; state?: string }; answer: (state: string, more?: string) => void; fail: () => void };

const asked: Asked[] = [];
const speaker = { personalize: true, visitor_id: "v-1", language: "en" };
const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const cards = (state: string) => event("cards", { recommendation_id: `r-${state}`, language: "en", said: [{ code: "found", text: state }], cards: [], state });

beforeEach(() => {
  asked.length = 0;
  startOver();
  vi.stubGlobal("fetch", (_path: string, init: RequestInit) => {
    return new Promise<Response>((resolve, reject) => {
      asked.push({
        body: JSON.parse(String(init.body)),
        answer: (state, more = "") => resolve(new Response(cards(state) + more, { headers: { "Content-Type": "text/event-stream" } })),
        fail: () => reject(new TypeError("unreachable")),
      });
    });
  });
});

const turns = () => talk.get().turns;
const until = (check: () => void) => vi.waitFor(check);

test("two quick turns are asked one after the other, each from the state before", async () => {
  say("mugs", speaker);
  say("cheaper", speaker);
  await until(() => expect(asked).toHaveLength(1));
  expect(turns().map((turn) => turn.said)).toEqual(["mugs", "cheaper"]);
  asked[0]!.answer("one");
  await until(() => expect(asked).toHaveLength(2));
  expect(asked[1]!.body).toMatchObject({ utterance: "cheaper", state: "one" });
  asked[1]!.answer("two");
  await until(() => expect(turns().map((turn) => turn.answer?.state)).toEqual(["one", "two"]));
});

test("a button sends what it means, not what stands on it", async () => {
  say("What is popular?", speaker, [{ act: "popular" }]);
  await until(() => expect(asked).toHaveLength(1));
  expect(asked[0]!.body.acts).toEqual([{ act: "popular" }]);
  expect(asked[0]!.body.utterance).toBeUndefined();
  asked[0]!.answer("one");
  await until(() => expect(turns()[0]!.answer).toBeDefined());
});

test("a turn that failed keeps its words and can be sent again", async () => {
  say("mugs", speaker);
  await until(() => expect(asked).toHaveLength(1));
  asked[0]!.fail();
  await until(() => expect(turns()[0]!.error).toBe("offline"));
  sayAgain(turns()[0]!, speaker);
  await until(() => expect(asked).toHaveLength(2));
  asked[1]!.answer("one");
  await until(() => expect(turns()[0]).toMatchObject({ said: "mugs", error: undefined, answer: { state: "one" } }));
});

test("words of a language model come after the cards and are added to them", async () => {
  say("mugs", speaker);
  await until(() => expect(asked).toHaveLength(1));
  asked[0]!.answer("one", event("prose", { text: "Two mugs." }) + event("done", { mode: "llm" }));
  await until(() => expect(turns()[0]!.answer?.prose).toEqual(["Two mugs."]));
});

test("an answer on its way finds no talk that was begun anew", async () => {
  say("mugs", speaker);
  await until(() => expect(asked).toHaveLength(1));
  startOver();
  asked[0]!.answer("one");
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(turns()).toEqual([]);
  expect(talk.get().state).toBeUndefined();
});

test("the talk is kept for the tab, and no longer than its last forty turns", async () => {
  for (let number = 0; number < 45; number++) talk.change({ turns: [...turns(), { id: number, said: String(number) }] });
  const stored = JSON.parse(kept.get("daogou.talk")!);
  expect(stored.turns).toHaveLength(40);
  expect(stored.turns[0].said).toBe("5");
});
