/** The pretend shop's arithmetic: an item counts for another as far as they share category, kind and colour. */

import { ITEMS, type MockItem } from "./mock-items.ts";
import { acts, isUnwanted, remember, wishFactor, type Event, type Who } from "./mock-shopper.ts";

export type Question = Who & { placement: string; item_ids?: string[]; cart?: string[]; exclude?: string[]; limit?: number; language?: string };
export const inWords = (texts: Record<string, string>, language?: string | null) => texts[language ?? "en"] ?? texts.en ?? "";

export const cardOf = (item: MockItem, language?: string | null) => ({ ...item, title: inWords(item.title, language) });

const PLACEMENTS = ["home_for_you", "recently_viewed", "buy_again", "trending", "new_arrivals", "item_similar", "item_bought_together", "cart_addon"];

export function shopFacts() {
  const placements = PLACEMENTS.map((name) => ({ name, title: {} }));
  return { id: "mock", name: { en: "The pretend shop", zh: "样板商店" }, languages: ["en", "zh"], currency: "GBP", placements };
}

export function treeOfCategories() {
  const names = [...new Set(ITEMS.map((item) => item.category))].sort();
  return { categories: names.map((name) => ({ name, path: [name], count: ITEMS.filter((item) => item.category === name).length })) };
}

export function oneItem(id: string, language: string | null) {
  const item = ITEMS.find((one) => one.id === id);
  return item ? cardOf(item, language) : null;
}

export function listItems(query: URLSearchParams) {
  const language = query.get("language");
  const ids = query.get("ids")?.split(",");
  const term = query.get("q")?.toLowerCase();
  const category = query.get("category");
  const found = ITEMS.filter(
    (item) =>
      (!ids || ids.includes(item.id)) &&
      (!category || item.category === category) &&
      (!term || Object.values(item.title).join(" ").toLowerCase().includes(term)),
  );
  const sort = query.get("sort");
  if (sort === "price" || sort === "-price") found.sort((a, b) => (sort === "price" ? 1 : -1) * (a.price_minor - b.price_minor));
  if (sort === "title") found.sort((a, b) => inWords(a.title, language).localeCompare(inWords(b.title, language)));
  const offset = Number(query.get("offset") ?? 0);
  const limit = Number(query.get("limit") ?? 24);
  return { items: found.slice(offset, offset + limit).map((item) => cardOf(item, language)), total: found.length };
}

export function answerEvents(body: { events?: Event[] } & Event) {
  const events = body.events ?? [body];
  events.forEach(remember);
  return { accepted: events.length, duplicates: 0, rejected: [] };
}

export function recommend(body: Question & { requests?: Question[] }) {
  return body.requests ? { answers: body.requests.map(answerOne) } : answerOne(body);
}

export function answerOne(question: Question) {
  const { placement, limit = 12, language = "en", exclude = [] } = question;
  const past = acts(question, "view_item");
  const owned = acts(question, "purchase");
  const anchors = question.item_ids ?? question.cart ?? past;
  const list = { recently_viewed: past, buy_again: owned }[placement];
  const ranked = list
    ? list.map((id) => ({ item: ITEMS.find((one) => one.id === id)!, score: 1, cause: undefined, share: 0 }))
    : rank(question, placement === "trending" || placement === "new_arrivals" ? [] : anchors, [...exclude, ...owned], placement === "new_arrivals");
  const items = ranked.slice(0, limit).map(({ item, score, cause, share }, position) => ({
    item_id: item.id,
    score,
    position,
    source: cause ? "similar" : "trending",
    filler: !cause && placement === "home_for_you" && anchors.length > 0,
    reason: {
      code: cause ? "because_viewed" : "trending",
      text: cause ? (language === "zh" ? `因为您看过「${inWords(cause.title, language)}」` : `Because you viewed ${inWords(cause.title)}`) : language === "zh" ? "最近受欢迎" : "Popular lately",
      evidence: cause ? [{ item_id: cause.id, title: inWords(cause.title, language), share, event: "view_item" }] : [],
    },
    item: cardOf(item, language),
  }));
  return { recommendation_id: crypto.randomUUID(), placement, title: "", items, filtered: {}, filler: 0, personalized: past.length > 0, model: "mock", latency_ms: 1, revision: 1, degraded: [] };
}

function rank(who: Who, anchors: string[], exclude: string[], isReversed: boolean) {
  const causes = anchors.slice(0, 5).flatMap((id) => ITEMS.find((item) => item.id === id) ?? []);
  const scored = ITEMS.filter((item) => !exclude.includes(item.id) && !anchors.includes(item.id) && !isUnwanted(who, item)).map((item, number) => {
    const parts = causes.map((cause, age) => ({ cause, part: likeness(cause, item) / (1 + age) }));
    const total = parts.reduce((sum, { part }) => sum + part, 0);
    const best = parts.sort((a, b) => b.part - a.part)[0];
    return { item, score: (1 + total - number / 1000) * wishFactor(who, item), cause: best && best.part > 0 ? best.cause : undefined, share: best && total > 0 ? best.part / total : 0 };
  });
  return isReversed ? scored.reverse() : scored.sort((a, b) => b.score - a.score);
}

function likeness(a: MockItem, b: MockItem): number {
  const isSame = (name: string) => Number(a.attributes[name]?.[0] === b.attributes[name]?.[0]);
  return Number(a.category === b.category) + 2 * isSame("product_type") + 0.5 * isSame("colour");
}

export function explain(question: Question & { item_id: string }) {
  const slate = answerOne({ ...question, limit: ITEMS.length });
  const place = slate.items.find((one) => one.item_id === question.item_id);
  const isChinese = question.language === "zh";
  const verdict = !place ? "" : isChinese ? `显示在第${place.position + 1}位。` : `Shown at position ${place.position + 1}.`;
  return {
    item_id: question.item_id,
    in_slate: place !== undefined,
    rank: place && place.position + 1,
    verdict: { code: place ? "shown" : "not_shown", text: verdict },
    position: place && place.position < (question.limit ?? 12) ? place.position : null,
    score: place?.score ?? 0,
    sources: place ? [{ name: place.source, weight: 1, share: 1 }] : [],
    history: place?.reason.evidence ?? [],
    gates: [{ name: "in_stock", passed: true, text: isChinese ? "有货" : "in stock" }],
    rules: [],
    stages: place ? [
      { stage: "ranker", factor: 0.34 / (place.position + 2), text: "Ranker mock", before: place.position + 4, after: place.position + 2 },
      { stage: "rotation", factor: 0.85, text: "×0.85: shown before and left alone.", before: null, after: null },
      { stage: "new_items", factor: 1.6, text: "×1.60: drawn for a place kept for new items.", before: null, after: null },
    ] : [],
  };
}
