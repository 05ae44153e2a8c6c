/** What the shop thinks of this shopper, what it rests on, and their say in it. */

import { Button, Icon, Notice, Switch, toast } from "@daogou/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { profileOf, type Choice, type Profile } from "../../shared/api/profile.ts";
import { Failure } from "../../shared/failure.tsx";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { rememberLook } from "../../shared/state/last-look.ts";
import { personalisation, userId } from "../../shared/state/person.ts";
import { useStored } from "../../shared/state/stored.ts";
import { tracker } from "../../shared/tracking/tracker.ts";
import { useWish } from "../../shared/wishes/use-wish.ts";
import { SaidList } from "./said-list.tsx";
import { TurnedDownList } from "./turned-down-list.tsx";
import { TagCard } from "./tag-card.tsx";

/** Cards that stand on the page before all are asked for. */
const AT_FIRST = 6;

export function ProfilePage() {
  const { profile: words, privacy } = useMessages();
  const isOn = useStored(personalisation);

  const change = (next: boolean) => {
    personalisation.set(next);
    rememberLook(undefined);
    toast(next ? privacy.turnedOn : privacy.turnedOff);
  };

  return (
    <div className="profile">
      <title>{words.title}</title>
      <header className="profile__head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.lead}</p>
        </div>
        <Switch label={privacy.switch} isOn={isOn} onChange={change} />
      </header>
      {isOn ? <Known /> : <Notice title={words.offTitle}>{words.offText}</Notice>}
      <Terms />
    </div>
  );
}

function Known() {
  const words = useMessages();
  const user = useStored(userId);
  const { data, error, refetch } = useQuery(profileOf(tracker.identity().visitorId, useLanguage()));
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <CardsOnTheirWay label={words.loading} />;
  if (!data.isPersonalized) return <Notice title={words.profile.offTitle}>{words.profile.refused}</Notice>;
  return (
    <>
      {user && <p className="profile__note">{words.profile.browserOnly(user)}</p>}
      {data.tags.length > 0 ? <Likings profile={data} /> : <Newcomer profile={data} />}
      {data.choices.length > 0 && <SaidList choices={data.choices} />}
      {data.turnedDown.length > 0 && <TurnedDownList items={data.turnedDown} />}
    </>
  );
}

function Likings({ profile }: { profile: Profile }) {
  const { profile: words } = useMessages();
  const say = useWish();
  const [isWhole, setWhole] = useState(false);
  const said = new Map<string, Choice>(profile.choices.map((one) => [one.tag, one.choice]));
  const shown = isWhole ? profile.tags : profile.tags.slice(0, AT_FIRST);
  return (
    <section aria-labelledby="likings">
      <h2 id="likings">{words.likings}</h2>
      <p className="profile__help">{words.likingsHelp(profile.nEvents)}</p>
      <ul className="profile__cards">
        {shown.map((liking) => (
          <li key={liking.tag}>
            <TagCard liking={liking} choice={said.get(liking.tag)} onSay={(choice, name) => say({ tag: liking.tag, choice, name })} />
          </li>
        ))}
      </ul>
      {shown.length < profile.tags.length && (
        <Button className="profile__all" onClick={() => setWhole(true)}>
          {words.showAll(profile.tags.length)}
        </Button>
      )}
    </section>
  );
}

function Newcomer({ profile }: { profile: Profile }) {
  const words = useMessages();
  const isUnknown = profile.nEvents === 0 && profile.choices.length === 0;
  return (
    <Notice
      title={isUnknown ? words.profile.emptyTitle : words.profile.fewTitle}
      action={
        <Link href="/" className="button button--primary">
          {words.window.shopNow}
        </Link>
      }
    >
      {profile.nEvents === 0 ? words.profile.emptyText : words.profile.fewText(profile.nEvents)}
    </Notice>
  );
}

function Terms() {
  const { profile: words, privacy } = useMessages();
  return (
    <section className="profile__terms" aria-labelledby="terms">
      <h2 id="terms">{words.terms}</h2>
      <dl>
        {words.termLines.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Link href="/personalisation" className="window__settings">
        <Icon name="shield" />
        {privacy.settings}
      </Link>
    </section>
  );
}

function CardsOnTheirWay({ label }: { label: string }) {
  return (
    <div className="profile__cards" role="status" aria-busy="true" aria-label={label}>
      {[0, 1, 2].map((n) => (
        <span key={n} className="skeleton profile__skeleton" />
      ))}
    </div>
  );
}
