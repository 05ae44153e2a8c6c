/** A few questions for newcomers: `POST /v1/onboarding`, which is told every answer so far and asks the next question. */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { post } from "./http.ts";
import { fields, list, listOrEmpty, numberOr, text, textOrNone } from "./shape.ts";

/** `choice` is a tag, or null for "it does not matter"; `itemIds` are examples of it. */
export type Choice = { choice: string | null; label: string; itemIds: string[] };

export type Question = { question: string; text: string; choices: Choice[] };

export type Answer = { question: string; choice: string | null };

export type Onboarding = { question: Question | null; nAsked: number; mostQuestions: number; isDone: boolean };

export const onboarding = (visitorId: string, language: string, answers: readonly Answer[]) =>
  queryOptions({
    queryKey: ["onboarding", visitorId, language, answers],
    queryFn: async ({ signal }) => readOnboarding(await post("/v1/onboarding", { visitor_id: visitorId, language, answers }, signal)),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
  });

export function readOnboarding(value: unknown): Onboarding {
  const raw = fields(value, "onboarding");
  return {
    question: raw.question === null || raw.question === undefined ? null : readQuestion(raw.question),
    nAsked: numberOr(raw.n_asked, 0),
    mostQuestions: numberOr(raw.most_questions, 0),
    isDone: raw.done === true,
  };
}

function readQuestion(value: unknown): Question {
  const raw = fields(value, "question");
  return {
    question: text(raw.question, "question"),
    text: text(raw.text, "question.text"),
    choices: list(raw.choices, "choices", readChoice),
  };
}

function readChoice(value: unknown): Choice {
  const raw = fields(value, "choice");
  return {
    choice: textOrNone(raw.choice) ?? null,
    label: text(raw.label, "choice.label"),
    itemIds: listOrEmpty(raw.items, (id) => text(id, "item id")),
  };
}
