/** The lines below the search field, and where each leads. */

import type { Completion } from "../../shared/api/search.ts";
import { categoryPath, itemPath, searchPath } from "../../shared/paths.ts";

export type Choice =
  | { kind: "recent" | "words"; words: string; count?: number }
  | Exclude<Completion, { kind: "words" }>;

export function choicesOf(typed: string, recent: readonly string[], found: readonly Completion[], isComposing: boolean): Choice[] {
  if (typed === "") return recent.map((words) => ({ kind: "recent", words }));
  if (isComposing) return [];
  const same = (text: string) => text.toLowerCase() === typed.toLowerCase();
  const isTitle = found.some((one) => one.kind === "item" && same(one.item.title)); // then no other words are meant
  return found
    .filter((one) => one.kind !== "words" || !(isTitle || same(one.text)))
    .map((one) => (one.kind === "words" ? { kind: "words", words: one.text, count: one.count } : one));
}

export function pathOf(choice: Choice): string {
  switch (choice.kind) {
    case "recent":
    case "words":
      return searchPath(choice.words);
    case "category":
      return categoryPath(choice.path);
    case "brand":
      return `/search?f.brand=${encodeURIComponent(choice.text)}`;
    case "item":
      return itemPath(choice.item.id);
  }
}
