/** The lines below the search field, and where each leads. */

import type { Completion } from "../../shared/api/search.ts";
import { categoryPath, itemPath, searchPath } from "../../shared/paths.ts";

export type Choice =
  | { kind: "recent" | "words" | "all"; words: string; count?: number }
  | Exclude<Completion, { kind: "words" }>;

export function choicesOf(typed: string, recent: readonly string[], found: readonly Completion[], isComposing: boolean): Choice[] {
  if (typed === "") return recent.map((words) => ({ kind: "recent", words }));
  if (isComposing) return [];
  const lines = found.map((one): Choice => (one.kind === "words" ? { kind: "words", words: one.text, count: one.count } : one));
  return [...lines, { kind: "all", words: typed }];
}

export function pathOf(choice: Choice): string {
  switch (choice.kind) {
    case "recent":
    case "words":
    case "all":
      return searchPath(choice.words);
    case "category":
      return categoryPath(choice.path);
    case "brand":
      return `/search?f.brand=${encodeURIComponent(choice.text)}`;
    case "item":
      return itemPath(choice.item.id);
  }
}
