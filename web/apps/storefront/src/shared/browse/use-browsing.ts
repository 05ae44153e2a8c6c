import { useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import type { Asked, Order } from "../api/search.ts";
import { addressOf, browsingFrom } from "./address.ts";

export type BrowsingState = {
  asked: Asked;
  pages: number;
  /** Every choice is a step that the browser's back button undoes. */
  ask(next: Asked): void;
  /** A longer list is the same place: going back leaves it. */
  showPages(pages: number): void;
};

/** What the address asks for, below a category or with words. */
export function useBrowsing(category: string[], usual: Order): BrowsingState {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const place = category.join("\n");
  return useMemo(() => {
    const { asked, pages } = browsingFrom(search, place === "" ? [] : place.split("\n"), usual);
    return {
      asked,
      pages,
      ask: (next) => navigate(path + addressOf({ asked: next, pages: 1 }, usual)),
      showPages: (next) => navigate(path + addressOf({ asked, pages: next }, usual), { replace: true }),
    };
  }, [search, path, place, usual, navigate]);
}
