/** Whether the shop may keep what is said; off unless the shopper says so, and not there for one who is not to be known. */

import { Switch } from "@daogou/ui";
import { useMessages } from "../../shared/state/language.ts";
import { personalisation } from "../../shared/state/person.ts";
import { useStored } from "../../shared/state/stored.ts";
import { keepTalk } from "../../shared/state/talk.ts";

export function KeepSwitch() {
  const { guide: words } = useMessages();
  const isKept = useStored(keepTalk);
  if (!useStored(personalisation)) return null;
  return (
    <div className="guide__keep">
      <Switch label={words.keep} isOn={isKept} onChange={keepTalk.set} />
      <p>{words.keepText}</p>
    </div>
  );
}
