/** What the shop thinks of this browser's shopper, and what they said about it: `POST /v1/profile`, `PUT /v1/profile/wishes`. */

import type { Schemas } from "@daogou/api";
import { queryOptions } from "@tanstack/react-query";
import { settleEvents } from "../tracking/tracker.ts";
import { ApiError, post, put } from "./http.ts";
import { fields, listOrEmpty, numberOr, text, textOr } from "./shape.ts";

export type Choice = "more" | "less" | "never";

/** Something done with an item that speaks for a tag; `share` is its part of the tag's weight. */
export type Witness = { itemId: string; event: string; at: Date; share: number };

export type Liking = {
  /** As edits name it, for example `colour:red`. */
  tag: string;
  kind: string;
  label: string;
  /** Part of the past's weight that lies on items with the tag, 0 to 1. */
  share: number;
  /** How many times as much as the tag's part of the catalogue. */
  lift: number;
  nItems: number;
  evidence: Witness[];
};

export type Said = { tag: string; kind: string; label: string; choice: Choice; nItems: number };

/** An item that no list shows the shopper, because they said so. */
export type TurnedDown = { itemId: string; title: string; at: Date };

export type Profile = { isPersonalized: boolean; nEvents: number; tags: Liking[]; choices: Said[]; turnedDown: TurnedDown[] };

const MOST_TAGS = 24;

export const profileOf = (visitorId: string, language: string) =>
  queryOptions({
    queryKey: ["profile", language, visitorId],
    queryFn: async ({ signal }) => {
      await settleEvents();
      const body: Schemas["ProfileQuestion"] = { visitor_id: visitorId, language, limit: MOST_TAGS };
      return readProfile(await post("/v1/profile", body, signal));
    },
    staleTime: 0,
  });

/** Exactly one of `tag` and `itemId`; an item stands for what it is first of all. `null` takes back what was said. */
export type Wish = { choice: Choice | null } & ({ tag: string; itemId?: never } | { itemId: string; tag?: never });

export type Changed = { tag: string; choice: Choice | null; before: Choice | null };

export async function putWish(visitorId: string, { tag, itemId, choice }: Wish): Promise<Changed> {
  const raw = fields(await put("/v1/profile/wishes", { visitor_id: visitorId, tag, item_id: itemId, choice }), "changed wish");
  return { tag: text(raw.tag, "tag"), choice: choiceOf(raw.choice), before: choiceOf(raw.before) };
}

/** Take back a dislike, as the visitor who said it: told apart from other events, for the page waits for the answer. */
export async function takeBackDislike(visitorId: string, itemId: string): Promise<void> {
  const event = { event_id: crypto.randomUUID(), event_name: "undo_dislike_item", timestamp: new Date().toISOString() };
  const consent = { personalization: "granted", analytics: "granted" };
  const answer = fields(await post("/v1/events", { ...event, visitor_id: visitorId, items: [{ item_id: itemId }], consent }), "answer");
  if (answer.accepted !== 1) throw new ApiError("unexpected", "The event was refused.", 422);
}

const choiceOf = (value: unknown): Choice | null => (value === "more" || value === "less" || value === "never" ? value : null);

export function readProfile(value: unknown): Profile {
  const raw = fields(value, "profile");
  return {
    isPersonalized: raw.is_personalized === true,
    nEvents: numberOr(raw.n_events, 0),
    tags: listOrEmpty(raw.tags, readLiking),
    choices: listOrEmpty(raw.choices, readSaid),
    turnedDown: listOrEmpty(raw.turned_down, readTurnedDown),
  };
}

function readTurnedDown(value: unknown): TurnedDown {
  const raw = fields(value, "turned_down");
  const itemId = text(raw.item_id, "item_id");
  return { itemId, title: textOr(raw.title, itemId), at: new Date(numberOr(raw.at_us, 0) / 1_000) };
}

function readLiking(value: unknown): Liking {
  const raw = fields(value, "tag");
  return {
    ...readTag(raw),
    share: numberOr(raw.share, 0),
    lift: numberOr(raw.lift, 0),
    nItems: numberOr(raw.n_items, 0),
    evidence: listOrEmpty(raw.evidence, readWitness),
  };
}

function readSaid(value: unknown): Said {
  const raw = fields(value, "choice");
  return { ...readTag(raw), choice: choiceOf(raw.choice) ?? "less", nItems: numberOr(raw.n_items, 0) };
}

function readTag(raw: Record<string, unknown>) {
  const tag = text(raw.tag, "tag");
  return { tag, kind: textOr(raw.kind, ""), label: textOr(raw.label, tag) };
}

function readWitness(value: unknown): Witness {
  const raw = fields(value, "evidence");
  return {
    itemId: text(raw.item_id, "item_id"),
    event: textOr(raw.event, ""),
    at: new Date(numberOr(raw.at_us, 0) / 1_000),
    share: numberOr(raw.share, 0),
  };
}
