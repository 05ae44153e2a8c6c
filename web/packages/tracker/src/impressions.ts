/** Counts an item as seen when at least half of it was on screen for a whole second, and reports each slate together. */

import type { Tracker } from "./tracker.ts";

export type Sighting = { itemId: string; position: number; recommendationId: string; placement: string };

export const VISIBLE_SHARE = 0.5;
export const VISIBLE_MS = 1_000;
/** Items of one slate seen within this time go into one event. */
export const GATHER_MS = 700;

export type ImpressionWatcher = {
  /** Watch an element; the returned function stops watching. */
  watch(element: Element, sighting: Sighting): () => void;
  stop(): void;
};

export function watchImpressions(tracker: Pick<Tracker, "track">): ImpressionWatcher {
  const watched = new Map<Element, { sighting: Sighting; timer?: ReturnType<typeof setTimeout> }>();
  const reported = new Set<string>();
  const gathered = new Map<string, Sighting[]>();
  let reportTimer: ReturnType<typeof setTimeout> | undefined;

  const report = () => {
    clearTimeout(reportTimer);
    reportTimer = undefined;
    for (const sightings of gathered.values()) {
      const { recommendationId, placement } = sightings[0]!;
      void tracker.track("impression", {
        recommendation_id: recommendationId,
        placement,
        items: sightings.map(({ itemId, position }) => ({ item_id: itemId, index: position })),
      });
    }
    gathered.clear();
  };

  const seen = (element: Element, sighting: Sighting) => {
    observer.unobserve(element);
    const once = `${sighting.recommendationId}|${sighting.placement}|${sighting.itemId}`;
    if (reported.has(once)) return;
    reported.add(once);
    const slate = `${sighting.recommendationId}|${sighting.placement}`;
    gathered.set(slate, [...(gathered.get(slate) ?? []), sighting]);
    reportTimer ??= setTimeout(report, GATHER_MS);
  };

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRatio } of entries) {
        const entry = watched.get(target);
        if (!entry) continue;
        clearTimeout(entry.timer);
        if (intersectionRatio >= VISIBLE_SHARE) entry.timer = setTimeout(() => seen(target, entry.sighting), VISIBLE_MS);
      }
    },
    { threshold: [0, VISIBLE_SHARE] },
  );

  const reportWhenHidden = () => {
    if (document.visibilityState === "hidden") report();
  };
  window.addEventListener("pagehide", report);
  document.addEventListener("visibilitychange", reportWhenHidden, { capture: true });

  return {
    watch(element, sighting) {
      watched.set(element, { sighting });
      observer.observe(element);
      return () => {
        clearTimeout(watched.get(element)?.timer);
        watched.delete(element);
        observer.unobserve(element);
      };
    },
    stop() {
      observer.disconnect();
      report();
      window.removeEventListener("pagehide", report);
      document.removeEventListener("visibilitychange", reportWhenHidden, { capture: true });
    },
  };
}
