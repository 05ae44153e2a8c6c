import { keepPreviousData, useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { foundPage, type Asked, type Found } from "../api/search.ts";
import type { SlateItem } from "../api/slates.ts";
import { useWho } from "../api/who.ts";
import { useLanguage } from "../state/language.ts";

export type FoundPlace = { place: SlateItem; recommendationId: string };

export type FoundPages = {
  first: UseQueryResult<Found>;
  places: FoundPlace[];
  isLoadingMore: boolean;
  moreFailed: Error | null;
  retryMore: () => void;
};

/** The first `pages` pages of what is found as one list; each keeps the number of the answer it came with. */
export function useFound(asked: Asked, pages: number): FoundPages {
  const who = useWho();
  const language = useLanguage();
  const first = useQuery({ ...foundPage(asked, 0, who, language), placeholderData: keepPreviousData });
  const later = useQueries({
    queries: Array.from({ length: pages - 1 }, (_, i) => ({
      ...foundPage(asked, i + 1, who, language),
      enabled: first.isSuccess && !first.isPlaceholderData,
    })),
  });
  const failed = later.find((one) => one.error);
  const all = first.data ? [first.data, ...(first.isPlaceholderData ? [] : later.flatMap((one) => one.data ?? []))] : [];
  return {
    first,
    places: onceEach(all.flatMap((page) => page.places.map((place) => ({ place, recommendationId: page.recommendationId })))),
    isLoadingMore: later.some((one) => one.isFetching),
    moreFailed: failed?.error ?? null,
    retryMore: () => void failed?.refetch(),
  };
}

/** Between two pages the order may have changed; nothing is shown twice. */
function onceEach(places: FoundPlace[]): FoundPlace[] {
  const seen = new Set<string>();
  return places.filter(({ place }) => !seen.has(place.item.id) && seen.add(place.item.id));
}
