import { baseColour } from "@daogou/pictures/palette";

/** The colour of a filter's dot: the one the drawings use. */
export function swatch(colour: string): string {
  return baseColour(colour);
}
