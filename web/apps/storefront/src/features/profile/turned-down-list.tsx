/** Items the shopper turned down one by one, each to be taken back. */

import { Button, Icon, toast } from "@daogou/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { Link } from "wouter";
import { takeBackDislike, type Profile, type TurnedDown } from "../../shared/api/profile.ts";
import { useItem } from "../../shared/item/item-book.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { itemPath } from "../../shared/paths.ts";
import { undoDismiss } from "../../shared/state/dismissed.ts";
import { useMessages } from "../../shared/state/language.ts";
import { tracker } from "../../shared/tracking/tracker.ts";

export function TurnedDownList({ items }: { items: readonly TurnedDown[] }) {
  const { profile: words, wishes } = useMessages();
  const client = useQueryClient();
  const title = useRef<HTMLHeadingElement>(null);

  const { mutate } = useMutation({
    networkMode: "always",
    mutationFn: (one: TurnedDown) => takeBackDislike(tracker.identity().visitorId, one.itemId),
    onSuccess: (_, { itemId, title: name }) => {
      undoDismiss(itemId);
      client.setQueriesData<Profile>({ queryKey: ["profile"] }, (profile) => profile && without(profile, itemId));
      title.current?.focus(); // the line is gone
      toast(words.shownAgain(name));
    },
    onError: (_, { title: name }) => toast(wishes.failed(name, "")),
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey: ["profile"] }), client.invalidateQueries({ queryKey: ["slates"] })]),
  });

  return (
    <section className="said" aria-labelledby="turned-down">
      <h2 id="turned-down" ref={title} tabIndex={-1}>
        {words.turnedDown}
      </h2>
      <p className="profile__help">{words.turnedDownHelp}</p>
      <ul>
        {items.map((one) => (
          <Line key={one.itemId} one={one} onTakeBack={() => mutate(one)} />
        ))}
      </ul>
    </section>
  );
}

function Line({ one, onTakeBack }: { one: TurnedDown; onTakeBack: () => void }) {
  const { profile: words, locale } = useMessages();
  const item = useItem(one.itemId);
  const title = item?.title ?? one.title;
  return (
    <li>
      <span className="tag__picture" aria-hidden="true">
        {item && <Picture item={item} />}
      </span>
      <span className="said__what">
        <Link href={itemPath(one.itemId)}>
          <strong>{title}</strong>
        </Link>
        <span className="said__kind">{words.turnedDownOn(one.at.toLocaleDateString(locale, { day: "numeric", month: "short", year: "numeric" }))}</span>
      </span>
      <Button look="text" aria-label={words.showAgainLabel(title)} onClick={onTakeBack}>
        <Icon name="back" />
        {words.showAgain}
      </Button>
    </li>
  );
}

const without = (profile: Profile, itemId: string): Profile => ({
  ...profile,
  turnedDown: profile.turnedDown.filter((one) => one.itemId !== itemId),
});
