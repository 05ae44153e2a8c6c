/** Items of a list glide to their new places and newcomers fade in (first, last, invert, play), where motion is welcome. */

import { useLayoutEffect, useRef, type RefObject } from "react";

const GLIDE = { duration: 420, easing: "cubic-bezier(0.2, 0.7, 0.2, 1)" };
const FADE = { duration: 320, easing: "ease-out" };

type Spot = { left: number; top: number };
type Seen = { width: number; spots: Map<string, Spot> };

const isStillWanted = matchMedia("(prefers-reduced-motion: reduce)");

/** `order` changes with the list; its children carry `data-place`, the same for the same item. */
export function useGentleMoves(list: RefObject<HTMLElement | null>, order: string): void {
  const seen = useRef<Seen | undefined>(undefined);

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const before = seen.current;
    const places = [...element.querySelectorAll<HTMLElement>(":scope > [data-place]")];
    // Offsets know nothing of scrolling, nor of a move that is still under way.
    const spots = new Map(places.map((place) => [place.dataset.place ?? "", { left: place.offsetLeft, top: place.offsetTop }]));
    seen.current = { width: element.clientWidth, spots };
    const isComparable = before !== undefined && before.width === element.clientWidth;
    if (!isComparable || isStillWanted.matches) return;
    for (const place of places) move(place, before.spots.get(place.dataset.place ?? ""));
  }, [list, order]);
}

function move(place: HTMLElement, from: Spot | undefined): void {
  if (!from) return void place.animate([{ opacity: 0 }, { opacity: 1 }], FADE);
  const [x, y] = [from.left - place.offsetLeft, from.top - place.offsetTop];
  if (x !== 0 || y !== 0) place.animate([{ translate: `${x}px ${y}px` }, { translate: "0 0" }], GLIDE);
}
