/** The page's one tracker and one watcher of impressions. */

import { createTracker, watchImpressions, type ConsentWord } from "@daogou/tracker";
import { apiKey } from "../api/http.ts";
import { keptUnder } from "../base.ts";
import { personalisation, userId } from "../state/person.ts";

const personalization = (): ConsentWord => (personalisation.get() ? "granted" : "denied");

export const tracker = createTracker({
  url: "/v1/events",
  key: apiKey,
  prefix: keptUnder,
  userId: userId.get() ?? undefined,
  consent: { personalization: personalization(), analytics: "granted" },
  onRejected: (rejections) => {
    for (const { event, code, message } of rejections) console.warn(`Event ${event.event_name} refused: ${code}: ${message}`);
  },
});

export const impressions = watchImpressions(tracker);

userId.subscribe(() => tracker.setUser(userId.get() ?? undefined));
personalisation.subscribe(() => tracker.setConsent({ personalization: personalization(), analytics: "granted" }));

/** Longest that a list waits for the shopper's last events to be stored. */
const SETTLE_MS = 1_500;

/** Hand over what waits, so that the next answer knows it; an unreachable server does not hold the page up. */
export async function settleEvents(): Promise<void> {
  if (tracker.delivery().kind === "waiting") return;
  const late = new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  await Promise.race([tracker.flush().catch(() => false), late]);
}
