/** Whether the shop may keep what is said; off unless the shopper says so, and not there for one who is not to be known. */

import { Switch, toast } from "@daogou/ui";
import { post } from "../../shared/api/http.ts";
import { useMessages } from "../../shared/state/language.ts";
import { personalisation } from "../../shared/state/person.ts";
import { useStored } from "../../shared/state/stored.ts";
import { keepTalk } from "../../shared/state/talk.ts";
import { tracker } from "../../shared/tracking/tracker.ts";

export function KeepSwitch() {
  const { guide: words } = useMessages();
  const isKept = useStored(keepTalk);
  if (!useStored(personalisation)) return null;

  /** Off means that what was kept so far goes as well. */
  const change = async (next: boolean) => {
    keepTalk.set(next);
    if (next) return;
    try {
      await post("/v1/guide/talks/withdraw", { visitor_id: tracker.identity().visitorId });
      toast(words.withdrawn);
    } catch {
      keepTalk.set(true);
      toast(words.notWithdrawn);
    }
  };

  return (
    <div className="guide__keep">
      <Switch label={words.keep} isOn={isKept} onChange={(next) => void change(next)} />
      <p>{words.keepText}</p>
    </div>
  );
}
