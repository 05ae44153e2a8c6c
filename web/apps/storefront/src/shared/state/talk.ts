/** The talk with the guide, kept for as long as this tab is open: over pages and reloads, and no longer. */

import { uuid } from "@daogou/tracker";
import { useSyncExternalStore } from "react";
import type { Act, Answer } from "../api/guide.ts";
import { keptUnder } from "../base.ts";
import { personalisation, userId } from "./person.ts";
import { stored } from "./stored.ts";

/** What the shopper said, and what became of it. `acts`: a button was pressed, `said` is what stood on it. */
export type TalkTurn = { id: number; said: string; acts?: Act[]; answer?: Answer; error?: string };

/** `state`: what the guide remembers, as it gave it out. `draft`: typed and not yet sent. */
export type Talk = { id: string; turns: TalkTurn[]; state?: string; draft: string; isOpen: boolean };

const KEY = `${keptUnder}.talk`;
const MOST_TURNS = 40;

const fresh = (isOpen: boolean): Talk => ({ id: uuid(), turns: [], draft: "", isOpen });

let current = read();
const listeners = new Set<() => void>();

export const talk = {
  get: () => current,
  change(next: Partial<Talk>): void {
    current = { ...current, ...next, turns: (next.turns ?? current.turns).slice(-MOST_TURNS) };
    write();
  },
  /** Nothing of it is left; an answer on its way finds no turn to go to. */
  forget(): void {
    current = fresh(current.isOpen);
    write();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

export function useTalk(): Talk {
  return useSyncExternalStore(talk.subscribe, talk.get);
}

export const keepTalk = stored<boolean>("keepTalk", false, (value) => typeof value === "boolean");

// Another shopper, or one who is no longer to be known, begins anew.
userId.subscribe(talk.forget);
personalisation.subscribe(talk.forget);

function read(): Talk {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (isTalk(kept)) return { ...kept, turns: kept.turns.map(settled) };
  } catch {
    // What cannot be read is not worth keeping.
  }
  return fresh(false);
}

/** A turn whose answer was on its way when the page went can be sent again. */
function settled(turn: TalkTurn): TalkTurn {
  return turn.answer || turn.error ? turn : { ...turn, error: "interrupted" };
}

function isTalk(value: unknown): value is Talk {
  const kept = value as Partial<Talk> | null;
  return typeof kept?.id === "string" && Array.isArray(kept.turns) && typeof kept.draft === "string";
}

function write(): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // No room or no storage: the talk still goes on until the page is closed.
  }
  for (const listener of listeners) listener();
}
