/** What the pretend shop remembers of its shoppers: what they did, what they said of tags, what they answered. */

import { ITEMS, type MockItem } from "./mock-items.ts";

export type Who = { user_id?: string; visitor_id?: string; personalize?: boolean };
export type Event = Who & { event_name: string; items?: { item_id: string }[]; consent?: { personalization: string } };

type Choice = "more" | "less" | "never";
type Act = { name: string; itemId: string; atUs: number };
type Answers = Who & { language?: string; answers: { question: string; choice: string | null }[] };

const REMEMBERED = ["view_item", "add_to_cart", "purchase", "dislike_item", "undo_dislike_item"];
const FACTORS: Record<Choice, number> = { more: 3, less: 0.25, never: 0 };
const MOST_QUESTIONS = 2;

const pasts = new Map<string, Act[]>();
const wishes = new Map<string, Map<string, Choice>>();
const listeners = new Set<() => void>();

const keyOf = (who: Who) => who.user_id ?? who.visitor_id ?? "";
const said = (who: Who) => wishes.get(keyOf(who)) ?? new Map<string, Choice>();
const tell = () => listeners.forEach((listener) => listener());

/** Calls back whenever an answer may have changed, until the function it returns is called. */
export function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function remember(event: Event): void {
  if (!REMEMBERED.includes(event.event_name) || event.consent?.personalization === "denied") return;
  const atUs = Date.now() * 1_000;
  const done = (event.items ?? []).map((item) => ({ name: event.event_name, itemId: item.item_id, atUs }));
  pasts.set(keyOf(event), [...(pasts.get(keyOf(event)) ?? []), ...done]);
  tell();
}

/** Ids of the items it was done with, the newest first, each once. */
export function acts(who: Who, name: string): string[] {
  if (who.personalize === false) return [];
  const done = (pasts.get(keyOf(who)) ?? []).filter((act) => act.name === name).map((act) => act.itemId);
  return [...new Set(done.reverse())];
}

const isDislike = (act: Act) => act.name.endsWith("dislike_item");

/** The last word on each item that was turned down, or taken back. */
const turnedDown = (who: Who) =>
  [...new Map((pasts.get(keyOf(who)) ?? []).filter(isDislike).map((act) => [act.itemId, act])).values()].filter((act) => act.name === "dislike_item");

const tagsOf = (item: MockItem) => [
  `category:${item.category}`,
  ...Object.entries(item.attributes).flatMap(([name, values]) => values.map((value) => `${name}:${value}`)),
];

export function wishFactor(who: Who, item: MockItem): number {
  if (who.personalize === false) return 1;
  const choices = tagsOf(item).flatMap((tag) => said(who).get(tag) ?? []);
  return choices.reduce((factor, choice) => factor * FACTORS[choice], 1);
}

export const isUnwanted = (who: Who, item: MockItem) =>
  wishFactor(who, item) === 0 || (who.personalize !== false && turnedDown(who).some((act) => act.itemId === item.id));

export function profile(who: Who & { language?: string }) {
  const past = (pasts.get(keyOf(who)) ?? []).filter((act) => !isDislike(act));
  const items = [...new Set(past.map((act) => act.itemId))].flatMap((id) => ITEMS.find((item) => item.id === id) ?? []);
  const tags = [...new Set(items.flatMap(tagsOf))].flatMap((tag) => {
    const held = items.filter((item) => tagsOf(item).includes(tag));
    if (held.length < 2) return [];
    const share = held.length / items.length;
    const evidence = held.map((item) => {
      const act = past.findLast((one) => one.itemId === item.id)!;
      return { item_id: item.id, event: act.name, at_us: act.atUs, share: 1 / held.length };
    });
    return [{ ...wordsOf(tag, who.language), share, lift: (share * ITEMS.length) / carriers(tag).length, n_items: held.length, evidence }];
  });
  tags.sort((a, b) => b.share * Math.log(b.lift) - a.share * Math.log(a.lift));
  const choices = [...said(who)].map(([tag, choice]) => ({ ...wordsOf(tag, who.language), choice, n_items: carriers(tag).length }));
  const turned_down = turnedDown(who).map((act) => {
    const { title } = ITEMS.find((item) => item.id === act.itemId)!;
    return { item_id: act.itemId, title: title[who.language ?? "en"] ?? title.en, at_us: act.atUs };
  });
  return { is_personalized: true, n_events: past.length, tags: tags.filter((one) => one.lift > 1.2), choices, turned_down };
}

const carriers = (tag: string) => ITEMS.filter((item) => tagsOf(item).includes(tag));

function wordsOf(tag: string, language?: string) {
  const [name = "", label = ""] = tag.split(/:(.*)/s);
  const kind = name === "category" ? (language === "zh" ? "分类" : "Category") : name.replace("_", " ");
  return { tag, kind: kind.charAt(0).toUpperCase() + kind.slice(1), label };
}

export function putWish(wish: Who & { tag?: string; item_id?: string; choice: Choice | null }) {
  const item = ITEMS.find((one) => one.id === wish.item_id);
  const tag = wish.tag ?? (item ? `category:${item.category}` : undefined);
  if (tag === undefined) return null;
  return { tag, choice: wish.choice, before: say(wish, tag, wish.choice) };
}

function say(who: Who, tag: string, choice: Choice | null): Choice | null {
  const own = new Map(said(who));
  const before = own.get(tag) ?? null;
  own.delete(tag);
  if (choice) own.set(tag, choice);
  wishes.set(keyOf(who), own);
  tell();
  return before;
}

export function onboarding({ language, answers, ...who }: Answers) {
  const last = answers.at(-1);
  if (last?.choice) say(who, last.choice, "more");
  const isChinese = language === "zh";
  const question = [
    { question: "category", text: isChinese ? "您在找什么？" : "What are you looking for?", tags: ["Tableware", "Candles & lights", "Stationery", "Home decor"] },
    { question: "colour", text: isChinese ? "喜欢哪种颜色？" : "Which colour do you like?", tags: ["red", "blue", "green", "cream"] },
  ][answers.length];
  const choices = question?.tags.map((value) => {
    const tag = `${question.question}:${value}`;
    return { choice: tag as string | null, label: value, items: carriers(tag).slice(0, 3).map((item) => item.id) };
  });
  choices?.push({ choice: null, label: isChinese ? "都可以" : "It doesn’t matter", items: [] });
  return {
    question: question ? { question: question.question, text: question.text, choices } : null,
    n_asked: answers.length,
    most_questions: MOST_QUESTIONS,
    done: !question,
  };
}
