/** The switch, what it changes, and what this browser still holds. */

import { Button, Switch, toast } from "@daogou/ui";
import { useEffect, useState } from "react";
import { rememberLook } from "../../shared/state/last-look.ts";
import { useMessages } from "../../shared/state/language.ts";
import { personalisation, userId } from "../../shared/state/person.ts";
import { recentItems } from "../../shared/state/recent.ts";
import { useStored } from "../../shared/state/stored.ts";
import { talk } from "../../shared/state/talk.ts";
import { tracker } from "../../shared/tracking/tracker.ts";

export function PersonalisationPage() {
  const { privacy: words } = useMessages();
  const isOn = useStored(personalisation);

  const change = (next: boolean) => {
    personalisation.set(next);
    rememberLook(undefined);
    toast(next ? words.turnedOn : words.turnedOff);
  };

  return (
    <div className="privacy">
      <title>{words.title}</title>
      <h1 className="page__title">{words.title}</h1>
      <Switch label={words.switch} isOn={isOn} onChange={change} />
      <div className="privacy__sides">
        <Side title={words.onTitle} lines={words.on} isNow={isOn} />
        <Side title={words.offTitle} lines={words.off} isNow={!isOn} />
      </div>
      <Forget />
      <Waiting />
    </div>
  );
}

function Side({ title, lines, isNow }: { title: string; lines: string[]; isNow: boolean }) {
  return (
    <section className={isNow ? "privacy__side privacy__side--now" : "privacy__side"}>
      <h2>{title}</h2>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Forget() {
  const { privacy: words } = useMessages();
  const forget = () => {
    tracker.forgetMe();
    userId.set(null);
    recentItems.set([]);
    talk.forget();
    rememberLook(undefined);
    toast(words.forgotten);
  };
  return (
    <section>
      <h2>{words.forget}</h2>
      <p>{words.forgetText}</p>
      <Button onClick={forget}>{words.forget}</Button>
    </section>
  );
}

function Waiting() {
  const { privacy: words } = useMessages();
  const [pending, setPending] = useState(0);
  useEffect(() => {
    const count = () => void tracker.pending().then(setPending);
    count();
    return tracker.subscribe(count);
  }, []);
  return (
    <section>
      <h2>{words.outbox}</h2>
      <p role="status">{words.outboxText(pending)}</p>
    </section>
  );
}
