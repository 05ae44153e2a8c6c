/** One turn of the talk with the guide: `POST /v1/guide`, whose cards come first and whose words may come after. */

import { eventReader, type ServerEvent } from "../live/sse.ts";
import { openStream } from "./http.ts";
import { readItem, type Item } from "./items.ts";
import { fields, list, listOrEmpty, numberOr, numberOrNone, text, textOr, textOrNone } from "./shape.ts";
import { readReason, type Reason } from "./slates.ts";
import type { Who } from "./who.ts";

/** What a button means. The page hands it back as it came. */
export type Act = Readonly<Record<string, unknown>>;

export type Choice = { label: string; acts: Act[]; count?: number };

export type Match = { label: string; has: string[]; verdict: "yes" | "no" | "unstated" };

export type GuideCard = {
  item: Item;
  position: number;
  role: "match" | "near" | "anchor" | "part";
  reason: Reason;
  matches: Match[];
};

export type Row = { field: string; label: string; values: string[]; differs: boolean };

export type Table = { itemIds: string[]; rows: Row[] };

export type Quote = { text: string; source: string; itemId?: string; url?: string };

export type Answer = {
  recommendationId: string;
  language: string;
  said: string[];
  cards: GuideCard[];
  question?: { text: string; choices: Choice[] };
  waysOut: Choice[];
  table?: Table;
  quotes: Quote[];
  wants: Choice[];
  total: number;
  isPersonalized: boolean;
  isAnswered: boolean;
  handOver: boolean;
  state: string;
  prose: string[];
};

export type Turn = Who & {
  utterance?: string;
  acts?: Act[];
  state?: string;
  language: string;
  item_ids?: string[];
  keep_transcript?: boolean;
  talk_id?: string;
};

/** Calls back with the answer as soon as there are cards, and again with every sentence more. */
export async function askGuide(turn: Turn, onAnswer: (answer: Answer) => void, signal: AbortSignal): Promise<void> {
  let answer: Answer | undefined;
  const take = ({ name, data }: ServerEvent) => {
    if (name === "cards") answer = readAnswer(JSON.parse(data));
    if (name === "prose" && answer) answer = { ...answer, prose: [...answer.prose, text(fields(JSON.parse(data), "prose").text, "prose")] };
    if (answer) onAnswer(answer);
  };
  const { body } = await openStream("/v1/guide", turn, signal);
  if (!body) return;
  const feed = eventReader(take);
  const pieces = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let next = await pieces.read(); !next.done; next = await pieces.read()) feed(next.value);
}

export function readAnswer(value: unknown): Answer {
  const raw = fields(value, "guide answer");
  return {
    recommendationId: text(raw.recommendation_id, "recommendation_id"),
    language: textOr(raw.language, "en"),
    said: list(raw.said, "said", (one) => text(fields(one, "sentence").text, "sentence.text")),
    cards: list(raw.cards, "cards", readCard),
    question: raw.question ? readQuestion(raw.question) : undefined,
    waysOut: listOrEmpty(raw.ways_out, readChoice),
    table: raw.table ? readTable(raw.table) : undefined,
    quotes: listOrEmpty(raw.quotes, readQuote),
    wants: listOrEmpty(raw.wants, readChoice),
    total: numberOr(raw.total, 0),
    isPersonalized: raw.personalized === true,
    isAnswered: raw.answered !== false,
    handOver: raw.hand_over === true,
    state: textOr(raw.state, ""),
    prose: listOrEmpty(raw.prose, String),
  };
}

function readCard(value: unknown): GuideCard {
  const raw = fields(value, "card");
  return {
    item: readItem(raw.item),
    position: numberOr(raw.position, 0),
    role: textOr(raw.role, "match") as GuideCard["role"],
    reason: readReason(raw.reason),
    matches: listOrEmpty(raw.matches, readMatch),
  };
}

function readMatch(value: unknown): Match {
  const raw = fields(value, "match");
  return { label: textOr(raw.label, ""), has: listOrEmpty(raw.has, String), verdict: textOr(raw.verdict, "unstated") as Match["verdict"] };
}

function readQuestion(value: unknown): NonNullable<Answer["question"]> {
  const raw = fields(value, "question");
  return { text: text(raw.text, "question.text"), choices: list(raw.choices, "choices", readChoice) };
}

function readChoice(value: unknown): Choice {
  const raw = fields(value, "choice");
  return {
    label: text(raw.label, "choice.label"),
    acts: list(raw.acts, "choice.acts", (act) => fields(act, "act")),
    count: numberOrNone(raw.count),
  };
}

function readTable(value: unknown): Table {
  const raw = fields(value, "table");
  return { itemIds: listOrEmpty(raw.item_ids, String), rows: list(raw.rows, "rows", readRow) };
}

function readRow(value: unknown): Row {
  const raw = fields(value, "row");
  return {
    field: textOr(raw.field, ""),
    label: text(raw.label, "row.label"),
    values: listOrEmpty(raw.values, String),
    differs: raw.differs === true,
  };
}

/** Only addresses of web pages are followed. */
function readQuote(value: unknown): Quote {
  const raw = fields(value, "quote");
  const url = textOrNone(raw.url);
  return {
    text: text(raw.text, "quote.text"),
    source: textOr(raw.source, ""),
    itemId: textOrNone(raw.item_id),
    url: url !== undefined && /^https?:\/\//i.test(url) ? url : undefined,
  };
}
