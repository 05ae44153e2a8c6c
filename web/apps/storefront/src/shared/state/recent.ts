/** What was looked at on this device, newest first: shown when personalisation is off, and never sent. */

import { stored } from "./stored.ts";

const KEPT = 24;

export const recentItems = stored<string[]>("recent", [], Array.isArray);

export function rememberViewed(itemId: string): void {
  recentItems.set([itemId, ...recentItems.get().filter((id) => id !== itemId)].slice(0, KEPT));
}
