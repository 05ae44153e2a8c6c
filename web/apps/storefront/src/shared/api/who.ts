/** Who asks, as sent with every request for lists. */

import { useStored } from "../state/stored.ts";
import { personalisation, userId } from "../state/person.ts";
import { tracker } from "../tracking/tracker.ts";

export type Who = { personalize: boolean; user_id?: string; visitor_id?: string };

/** With personalisation off the request carries no number at all: the server cannot tell who asks. */
export function whoAsks(isPersonalised: boolean, user: string | undefined): Who {
  if (!isPersonalised) return { personalize: false };
  return { personalize: true, user_id: user, visitor_id: tracker.identity().visitorId };
}

export function useWho(): Who {
  return whoAsks(useStored(personalisation), useStored(userId) ?? undefined);
}
