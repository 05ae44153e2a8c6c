/** "Not for me": the item leaves at once, and is reported when the chance to undo has passed or the page closes. */

import { useSyncExternalStore } from "react";
import type { Attribution } from "./cart.ts";
import { tracker } from "../tracking/tracker.ts";

export const UNDO_MS = 6_000;

let dismissed: readonly string[] = [];
const waiting = new Map<string, { from: Attribution; timer: ReturnType<typeof setTimeout> }>();
const listeners = new Set<() => void>();

function keep(next: readonly string[]): void {
  dismissed = next;
  for (const listener of listeners) listener();
}

function report(itemId: string): void {
  const entry = waiting.get(itemId);
  if (!entry) return;
  clearTimeout(entry.timer);
  waiting.delete(itemId);
  const { recommendationId, placement } = entry.from;
  void tracker.track("dislike_item", { items: [{ item_id: itemId }], recommendation_id: recommendationId, placement });
}

export function dismiss(itemId: string, from: Attribution): void {
  waiting.set(itemId, { from, timer: setTimeout(() => report(itemId), UNDO_MS) });
  keep([...dismissed, itemId]);
}

export function undoDismiss(itemId: string): void {
  clearTimeout(waiting.get(itemId)?.timer);
  waiting.delete(itemId);
  keep(dismissed.filter((id) => id !== itemId));
}

window.addEventListener("pagehide", () => {
  for (const itemId of [...waiting.keys()]) report(itemId);
});

export function useDismissed(): readonly string[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => dismissed,
  );
}
