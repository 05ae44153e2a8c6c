/** Lists that follow the shop: pushed ones take the place of shown ones, but nothing moves under the pointer or the focus. */

import type { Schemas } from "@daogou/api";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { openStream } from "../api/http.ts";
import { questions, readSlate, slates, type Slate } from "../api/slates.ts";
import type { Asked } from "../slate/use-slates.ts";
import { follow } from "./follow.ts";
import { concerns, patched, patchedInPlace, readPatch, remember, type Patch } from "./patched.ts";
import { isSameOrder, looksAlike, renewed } from "./renewed.ts";

type Held = Record<string, Slate>;

export type LiveSlates = {
  /** Whether a newer list of this placement waits to be shown. */
  isWaiting: (placement: string) => boolean;
  show: (placement: string) => void;
};

/**
 * Follow the lists of this page, once they are shown, while its tab is in sight. Without a stream at the server, they
 * stay as they came. The first lists of a stream say what happened while nobody looked.
 */
export function useLiveSlates({ requests, who, language }: Asked, isShown: boolean): LiveSlates {
  const client = useQueryClient();
  const { queryKey } = slates(requests, who, language);
  const topic = JSON.stringify(questions(requests, who, language));
  const isInSight = useIsInSight();
  const [held, setHeld] = useState<Held>({});

  const shownAt = (placement: string) => client.getQueryData(queryKey)?.find((one) => one?.placement === placement);

  const put = (next: Slate) => {
    client.setQueryData(queryKey, (all) => all?.map((one) => (one?.placement === next.placement ? renewed(one, next) : one)));
    setHeld(({ [next.placement]: _, ...others }) => others);
  };

  const take = (next: Slate) => {
    const shown = shownAt(next.placement);
    if (!shown || shown.items.length === 0) return; // a list that is not there would push down what is being read
    if (looksAlike(shown, next)) setHeld(({ [next.placement]: _, ...others }) => others);
    else if (isSameOrder(shown, next) || (next.items.length > 0 && !isInUse(next.placement))) put(next);
    else setHeld((others) => ({ ...others, [next.placement]: next }));
  };

  /** A changed card changes in its place; what must leave a list that is in use is marked, and its leaving waits. */
  const amend = (patch: Patch) => {
    remember(patch);
    for (const placement of patch.placements) {
      const shown = shownAt(placement);
      const isLast = shown?.items.length === 1; // a shelf must not fold up above what is being read
      const mustWait = patch.item === undefined && (isLast || isInUse(placement));
      setHeld((others) => {
        const held = others[placement];
        if (held) return { ...others, [placement]: patched(held, patch) };
        return mustWait && shown && concerns(patch, shown) ? { ...others, [placement]: patched(shown, patch) } : others;
      });
      const amended = (one: Slate) => (mustWait ? patchedInPlace(one, patch) : patched(one, patch));
      client.setQueryData(queryKey, (all) => all?.map((one) => (one?.placement === placement ? amended(one) : one)));
    }
  };

  useEffect(() => {
    if (!isShown || !isInSight) return;
    const asked: Schemas["Questions"] = JSON.parse(topic);
    const placements = asked.requests.map(({ placement }) => placement);
    const leaving = new AbortController();
    void follow({
      open: (signal) => openStream("/v1/stream", asked, signal),
      onEvent: ({ name, data }) => {
        if (name === "slate") readable(data, readSlate, take);
        if (name === "item") readable(data, (value) => readPatch(value, placements), amend);
      },
      signal: leaving.signal,
    });
    return () => {
      leaving.abort();
      setHeld({});
    };
    // The topic says all that `take` and `amend` depend on.
  }, [topic, isShown, isInSight, client]);

  return {
    isWaiting: (placement) => {
      const [next, shown] = [held[placement], shownAt(placement)];
      return next !== undefined && shown !== undefined && !looksAlike(shown, next);
    },
    show: (placement) => {
      const next = held[placement];
      if (next) put(next);
    },
  };
}

/** An event that cannot be read changes nothing. */
function readable<T>(data: string, read: (value: unknown) => T | undefined, use: (news: T) => void): void {
  let news: T | undefined;
  try {
    news = read(JSON.parse(data));
  } catch (error) {
    console.warn("A pushed event could not be read.", error);
  }
  if (news !== undefined) use(news);
}

function isInUse(placement: string): boolean {
  const places = document.querySelectorAll(`[data-placement="${CSS.escape(placement)}"]`);
  return [...places].some((place) => place.matches(":hover, :focus-within"));
}

function useIsInSight(): boolean {
  const [isInSight, setInSight] = useState(!document.hidden);
  useEffect(() => {
    const look = () => setInSight(!document.hidden);
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return isInSight;
}
