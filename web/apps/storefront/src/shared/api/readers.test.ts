// @vitest-environment jsdom
import { expect, test, vi } from "vitest";

// What jsdom lacks of a browser; nothing is watched here.
vi.stubGlobal("IntersectionObserver", class {});
const { readExplanation } = await import("./explain.ts");
const { readOnboarding } = await import("./onboarding.ts");
const { readProfile } = await import("./profile.ts");

test("a question comes with its choices and their examples; null is a choice, too", () => {
  const choices = [{ choice: "colour:red", label: "red", items: ["i1", "i2"] }, { choice: null, label: "It doesn't matter" }];
  const read = readOnboarding({ question: { question: "colour", text: "Which?", choices }, n_asked: 0, most_questions: 3, done: false });
  expect(read.question?.choices).toEqual([
    { choice: "colour:red", label: "red", itemIds: ["i1", "i2"] },
    { choice: null, label: "It doesn't matter", itemIds: [] },
  ]);
  expect(read).toMatchObject({ nAsked: 0, mostQuestions: 3, isDone: false });
});

test("no more questions is an answer, a broken question is an error", () => {
  expect(readOnboarding({ question: null, n_asked: 3, most_questions: 3, done: true })).toMatchObject({ question: null, isDone: true });
  expect(() => readOnboarding({ question: { question: "q1" } })).toThrow("question.text is not a text");
});

test("a profile tells when things were done, in this browser's time", () => {
  const read = readProfile({
    is_personalized: true,
    n_events: 4,
    tags: [{ tag: "colour:red", kind: "Colour", label: "red", share: 0.4, lift: 3, n_items: 2, evidence: [{ item_id: "i1", event: "purchase", at_us: 1_700_000_000_000_000, share: 1 }] }],
    choices: [{ tag: "brand:Acme", kind: "Brand", label: "Acme", choice: "never", n_items: 7 }],
  });
  expect(read.tags[0]?.evidence[0]?.at.toISOString()).toBe("2023-11-14T22:13:20.000Z");
  expect(read.choices[0]).toEqual({ tag: "brand:Acme", kind: "Brand", label: "Acme", choice: "never", nItems: 7 });
});

test("an empty profile has no tags and no choices", () => {
  expect(readProfile({ is_personalized: false, n_events: 0 })).toEqual({ isPersonalized: false, nEvents: 0, tags: [], choices: [], turnedDown: [] });
});

test("an explanation names the rules of the shop, and which of them settled it", () => {
  const read = readExplanation({
    in_slate: false,
    verdict: { code: "filtered", text: "Left out." },
    rules: [{ id: null, action: "hide", amount: null, decided: true, text: "The shop hides it." }],
  });
  expect(read.rules).toEqual([{ action: "hide", isDecisive: true, text: "The shop hides it." }]);
  expect(read.gates).toEqual([]);
  expect(read).toMatchObject({ stages: [], place: undefined });
});

test("an explanation tells the steps from the score to the place, in their order", () => {
  const read = readExplanation({
    in_slate: true,
    position: 0,
    stages: [
      { stage: "ranker", factor: 0.07, text: "…", before: 9, after: 1 },
      { stage: "stock", factor: 0.5, text: "×0.50", before: null, after: null },
    ],
  });
  expect(read.place).toBe(1);
  expect(read.stages).toEqual([
    { name: "ranker", factor: 0.07, text: "…", before: 9, after: 1 },
    { name: "stock", factor: 0.5, text: "×0.50", before: undefined, after: undefined },
  ]);
});
