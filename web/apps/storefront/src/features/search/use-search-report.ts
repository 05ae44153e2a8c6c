import { useEffect } from "react";
import type { Asked, Found } from "../../shared/api/search.ts";
import { tracker } from "../../shared/tracking/tracker.ts";

const MOST_ITEMS = 24;

/** Reports what was searched for once per words, and what was shown once per answer. */
export function useSearchReport({ words }: Asked, found: Found | undefined): void {
  const recommendationId = found?.recommendationId;
  const isThere = recommendationId !== undefined;
  useEffect(() => {
    if (words === "" || !isThere) return;
    const timer = setTimeout(() => void tracker.track("search", { search_term: words, recommendation_id: recommendationId }));
    return () => clearTimeout(timer);
    // Narrowing and sorting what the words found is not searching again.
  }, [words, isThere]);

  useEffect(() => {
    if (words === "" || !found) return;
    const items = found.places.slice(0, MOST_ITEMS).map((place) => ({ item_id: place.item.id, index: place.position }));
    const timer = setTimeout(() => {
      void tracker.track("view_search_results", {
        search_term: words,
        placement: "search",
        recommendation_id: recommendationId,
        items,
      });
    });
    return () => clearTimeout(timer);
  }, [words, recommendationId]);
}
