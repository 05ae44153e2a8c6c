/** The ends and steps of a price slider. */

import { toMajor } from "@daogou/ui";
import type { PriceSpan } from "../api/search.ts";

const MOST_STEPS = 100;
const NICE = [1, 2, 5];

/** Ends on round figures that hold the cheapest and the dearest, with at most MOST_STEPS steps between, in minor units. */
export function boundsOf({ lowestMinor, highestMinor, currency }: PriceSpan): { lowest: number; highest: number; step: number } {
  const perMajor = Math.round(1 / toMajor(1, currency));
  let step = 1;
  for (let tens = 1; ; tens *= 10) {
    const found = NICE.map((one) => one * tens).find((one) => (highestMinor - lowestMinor) / one <= MOST_STEPS);
    if (found !== undefined) {
      step = found;
      break;
    }
  }
  const coarse = Math.min(Math.max(step, perMajor), Math.max(step, Math.floor((highestMinor - lowestMinor) / 4)));
  return { lowest: Math.floor(lowestMinor / coarse) * coarse, highest: Math.ceil(highestMinor / coarse) * coarse, step: coarse };
}

export const rounded = (minor: number, step: number): number => Math.round(minor / step) * step;
