/** The pretend shop's search and guide: words that occur in titles, counted facets, and cards for what was said. */

import type { ServerResponse } from "node:http";
import { cardOf, inWords } from "./mock-answers.ts";
import { ITEMS, type MockItem } from "./mock-items.ts";

type Bounds = { at_least?: number | null; at_most?: number | null };
export type SearchBody = {
  words?: string;
  category?: string[];
  facets?: Record<string, string[]>;
  price_minor?: Bounds;
  order?: string;
  offset?: number;
  limit?: number;
  language?: string;
};

const allWords = (item: MockItem) => Object.values(item.title).join(" ").toLowerCase();
const ways = { price: (a: MockItem, b: MockItem) => a.price_minor - b.price_minor, "-price": (a: MockItem, b: MockItem) => b.price_minor - a.price_minor };

function found({ words = "", category = [], facets = {}, price_minor: price = {}, order = "" }: SearchBody): MockItem[] {
  const terms = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (item: MockItem) =>
    terms.every((term) => allWords(item).includes(term)) &&
    (category.length === 0 || item.category === category[0]) &&
    Object.entries(facets).every(([name, values]) => valuesOf(item, name).some((one) => values.includes(one))) &&
    item.price_minor >= (price.at_least ?? 0) &&
    item.price_minor <= (price.at_most ?? Infinity);
  const items = ITEMS.filter(fits);
  const way = ways[order as keyof typeof ways];
  return way ? items.sort(way) : items;
}

const valuesOf = (item: MockItem, name: string) => (name === "category" ? [item.category] : (item.attributes[name] ?? []));

export function search(body: SearchBody) {
  const items = found(body);
  const { offset = 0, limit = 24, language = "en" } = body;
  const prices = items.map((item) => item.price_minor);
  const said = language === "zh" ? `匹配：${body.words}` : `Matches: ${body.words}`;
  return {
    recommendation_id: crypto.randomUUID(),
    items: items.slice(offset, offset + limit).map((item, place) => placeOf(item, offset + place, { code: "matches", text: said }, language)),
    total: items.length,
    facets: ["category", "product_type", "colour"].map((name) => ({ name, values: counted(items.flatMap((item) => valuesOf(item, name))) })),
    price: prices.length > 0 ? { lowest_minor: Math.min(...prices), highest_minor: Math.max(...prices), currency: "GBP", counts: [] } : null,
    corrected: null,
    suggestion: null,
    relaxed: [],
    understood: {},
    order: body.order ?? "relevance",
    personalized: false,
    latency_ms: 1,
    revision: 1,
    degraded: [],
  };
}

function placeOf(item: MockItem, position: number, reason: { code: string; text: string }, language: string) {
  return { item_id: item.id, score: 1, position, source: "search", filler: false, reason: { ...reason, evidence: [] }, item: cardOf(item, language) };
}

function counted(values: string[]) {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

export function complete({ words = "", language = "en", limit = 9 }: { words?: string; language?: string; limit?: number }) {
  const items = found({ words }).slice(0, limit);
  return { completions: items.map((item) => ({ kind: "item", text: inWords(item.title, language), count: null, item: cardOf(item, language) })) };
}

type GuideBody = { utterance?: string; acts?: Record<string, unknown>[]; language?: string; limit?: number };

/** Cards for the words that occur in titles; without such, what is popular, and it says so. */
export function guide({ utterance = "", language = "en", limit = 6 }: GuideBody, response: ServerResponse): void {
  const isChinese = language === "zh";
  const heard = ITEMS.filter((item) => Object.values(item.title).some((title) => title.toLowerCase().split(/\s+/).some((word) => utterance.toLowerCase().includes(word))));
  const items = (heard.length > 0 ? heard : ITEMS).slice(0, limit);
  const text = heard.length > 0 ? (isChinese ? `找到${heard.length}件：` : `${heard.length} items fit:`) : isChinese ? "先看看大家喜欢的：" : "What others like:";
  const answer = {
    recommendation_id: crypto.randomUUID(),
    language,
    mode: "rules",
    said: [{ code: "found", text }],
    cards: items.map((item, place) => ({ ...placeOf(item, place, { code: "matches", text }, language), role: "match", matches: [] })),
    question: null,
    ways_out: [],
    table: null,
    quotes: [],
    wants: [],
    total: items.length,
    personalized: false,
    answered: true,
    hand_over: false,
    state: "",
    prose: [],
  };
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.end(`event: cards\ndata: ${JSON.stringify(answer)}\n\nevent: done\ndata: {"mode":"rules"}\n\n`);
}
