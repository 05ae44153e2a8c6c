import type { Messages } from "@daogou/ui";

/** Our own heading for a placement, for answers that come without one. */
export function placementTitle(placement: string, words: Messages): string {
  const titles: Record<string, string> = words.rows;
  return titles[placement] ?? placement;
}
