import type { Sighting } from "@daogou/tracker";
import { useEffect, useRef, type RefObject } from "react";
import { impressions } from "./tracker.ts";

/** Report the element as seen once it really was. */
export function useImpression(sighting: Sighting | undefined): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement>(null);
  const { itemId, position, recommendationId, placement } = sighting ?? {};
  useEffect(() => {
    if (!element.current || itemId === undefined || position === undefined || !recommendationId || !placement) return;
    return impressions.watch(element.current, { itemId, position, recommendationId, placement });
  }, [itemId, position, recommendationId, placement]);
  return element;
}
