export type { Consent, ConsentWord, EventFields, EventItem, EventName, TrackedEvent } from "./event.ts";
export type { Identity } from "./identity.ts";
export { watchImpressions, type ImpressionWatcher, type Sighting } from "./impressions.ts";
export type { Outbox } from "./outbox/outbox.ts";
export type { Rejection } from "./send.ts";
export { createTracker, retryDelay, type Delivery, type Tracker, type TrackerOptions } from "./tracker.ts";
export { uuid } from "./uuid.ts";
