/** What was searched for on this device, newest first. Never sent. */

import { stored } from "../../shared/state/stored.ts";

const KEPT = 8;

export const recentSearches = stored<string[]>(
  "searches",
  [],
  (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
);

export function rememberSearch(words: string): void {
  recentSearches.set(withSearch(recentSearches.get(), words));
}

export function withSearch(before: readonly string[], words: string): string[] {
  const same = (one: string) => one.toLocaleLowerCase() === words.toLocaleLowerCase();
  return [words, ...before.filter((one) => !same(one))].slice(0, KEPT);
}
