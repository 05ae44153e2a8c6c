/** The whole reckoning behind one item: `POST /v1/explain`. */

import type { Schemas } from "@daogou/api";
import { queryOptions } from "@tanstack/react-query";
import { post } from "./http.ts";
import { fields, listOrEmpty, numberOr, numberOrNone, textOr, textOrNone } from "./shape.ts";
import { readEvidence, type Evidence } from "./slates.ts";
import type { Who } from "./who.ts";

export type Explanation = {
  isInSlate: boolean;
  rank?: number;
  score?: number;
  verdict: string;
  sources: { name: string; weight: number; share: number }[];
  history: Evidence[];
  gates: { name: string; isPassed: boolean; text: string }[];
  filteredBy?: string;
  /** The merchant's rules that are about the item here. */
  rules: { action: string; text: string; isDecisive: boolean }[];
  /** What happened after the score, in this order. */
  stages: Stage[];
  /** Place in the list from 1, where it is in it. */
  place?: number;
};

/** `factor`: of the ranker the chance that the item is taken, of all others what the score was multiplied by. */
export type Stage = { name: string; factor: number; text: string; before?: number; after?: number };

export type ExplainRequest = { placement: string; item_id: string; item_ids?: string[]; cart?: string[] };

export const explanation = (request: ExplainRequest, who: Who, language: string) =>
  queryOptions({
    queryKey: ["explain", language, who, request],
    queryFn: async ({ signal }) => {
      const body: Schemas["ExplainQuestion"] = { ...request, ...who, language };
      return readExplanation(await post("/v1/explain", body, signal));
    },
    staleTime: 0,
  });

export function readExplanation(value: unknown): Explanation {
  const raw = fields(value, "explanation");
  return {
    isInSlate: raw.in_slate === true,
    rank: numberOrNone(raw.rank),
    score: numberOrNone(raw.score),
    verdict: textOr(fields(raw.verdict ?? {}, "verdict").text, ""),
    sources: listOrEmpty(raw.sources, (one) => {
      const source = fields(one, "source");
      return { name: textOr(source.name, ""), weight: numberOr(source.weight, 0), share: numberOr(source.share, 0) };
    }),
    history: listOrEmpty(raw.history, readEvidence),
    gates: listOrEmpty(raw.gates, (one) => {
      const gate = fields(one, "gate");
      return { name: textOr(gate.name, ""), isPassed: gate.passed === true, text: textOr(gate.text, "") };
    }),
    filteredBy: textOrNone(raw.filtered_by),
    rules: listOrEmpty(raw.rules, (one) => {
      const rule = fields(one, "rule");
      return { action: textOr(rule.action, ""), text: textOr(rule.text, ""), isDecisive: rule.decided === true };
    }),
    stages: listOrEmpty(raw.stages, (one) => {
      const stage = fields(one, "stage");
      return {
        name: textOr(stage.stage, ""),
        factor: numberOr(stage.factor, 1),
        text: textOr(stage.text, ""),
        before: numberOrNone(stage.before),
        after: numberOrNone(stage.after),
      };
    }),
    place: typeof raw.position === "number" ? raw.position + 1 : undefined,
  };
}
