/** Lists for placements: `POST /v1/recommendations`, one or many at once. */

import type { Schemas } from "@daogou/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { upToDate } from "../live/patched.ts";
import { settleEvents } from "../tracking/tracker.ts";
import { post } from "./http.ts";
import { readItem, type Item } from "./items.ts";
import { fields, list, listOrEmpty, numberOr, text, textOr, textOrNone } from "./shape.ts";
import type { Who } from "./who.ts";

export type Evidence = { itemId: string; title: string; share: number; event?: string };

export type Reason = { code: string; text: string; evidence: Evidence[] };

export type SlateItem = {
  item: Item;
  position: number;
  score: number;
  source: string;
  isFiller: boolean;
  reason: Reason;
  /** Its price before it fell, while this page was open; minor units. */
  wasMinor?: number;
};

export type Slate = {
  recommendationId: string;
  placement: string;
  title: string;
  items: SlateItem[];
  isPersonalized: boolean;
  /** Of the catalogue that it was made from: it grows with every change of an item. */
  revision: number;
};

export type SlateRequest = {
  placement: string;
  item_ids?: string[];
  cart?: string[];
  limit?: number;
  exclude?: string[];
};

/** All requests in one call; what the shopper just did is stored first, so that the answer knows it. */
export const slates = (requests: readonly SlateRequest[], who: Who, language: string) =>
  queryOptions({
    queryKey: ["slates", language, who, requests],
    queryFn: async ({ signal }) => {
      await settleEvents();
      const answer = fields(await post("/v1/recommendations", questions(requests, who, language), signal), "recommendations answer");
      return list(answer.answers, "answers", readSlate).map((one) => one && upToDate(one));
    },
    enabled: requests.length > 0,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });

/** What `POST /v1/recommendations` and `POST /v1/stream` are asked. */
export function questions(requests: readonly SlateRequest[], who: Who, language: string): Schemas["Questions"] {
  return { requests: requests.map((request) => ({ ...request, ...who, language })) };
}

/** `undefined` stands for an answer that could not be given, such as a placement this shop does not have. */
export function readSlate(value: unknown): Slate | undefined {
  const raw = fields(value, "answer");
  if (raw.error !== undefined) return undefined;
  return {
    recommendationId: text(raw.recommendation_id, "recommendation_id"),
    placement: text(raw.placement, "placement"),
    title: textOr(raw.title, ""),
    items: list(raw.items, "items", readSlateItem),
    isPersonalized: raw.personalized === true,
    revision: numberOr(raw.revision, 0),
  };
}

export function readSlateItem(value: unknown): SlateItem {
  const raw = fields(value, "slate item");
  return {
    item: readItem(raw.item),
    position: numberOr(raw.position, 0),
    score: numberOr(raw.score, 0),
    source: textOr(raw.source, ""),
    isFiller: raw.filler === true,
    reason: readReason(raw.reason),
  };
}

export function readReason(value: unknown): Reason {
  const raw = fields(value, "reason");
  return { code: textOr(raw.code, ""), text: textOr(raw.text, ""), evidence: listOrEmpty(raw.evidence, readEvidence) };
}

export function readEvidence(value: unknown): Evidence {
  const raw = fields(value, "evidence");
  const itemId = textOr(raw.item_id, "");
  return { itemId, title: textOr(raw.title, itemId), share: numberOr(raw.share, 0), event: textOrNone(raw.event) };
}
