/** Say something to the guide, and put what it answers into the talk. One turn at a time. */

import { ApiError } from "../../shared/api/http.ts";
import { askGuide, type Act, type Turn } from "../../shared/api/guide.ts";
import { keepTalk, talk, type TalkTurn } from "../../shared/state/talk.ts";
import { settleEvents, tracker } from "../../shared/tracking/tracker.ts";

export const PLACEMENT = "chat";

/** Who speaks, in which language, and on which item's page. */
export type Speaker = Pick<Turn, "personalize" | "user_id" | "visitor_id" | "language"> & { itemId?: string };

let reading: AbortController | undefined;
/** Turns are answered in the order in which they were said: each goes on from the state of the one before. */
let line = Promise.resolve();

/** `acts`: what a button means; `said` stands on it. */
export function say(said: string, speaker: Speaker, acts?: Act[]): void {
  const { turns } = talk.get();
  const turn: TalkTurn = { id: (turns.at(-1)?.id ?? 0) + 1, said, acts };
  const before = turns.findLast((one) => one.answer)?.answer;
  void tracker.track(acts ? "chat_choice" : "chat_message", {
    recommendation_id: before?.recommendationId,
    placement: PLACEMENT,
  });
  talk.change({ turns: [...turns, turn], draft: acts ? talk.get().draft : "" });
  queue(turn, speaker);
}

/** Send a turn again that got no answer. */
export function sayAgain(turn: TalkTurn, speaker: Speaker): void {
  const again = { ...turn, error: undefined };
  put(again);
  queue(again, speaker);
}

/** Nothing of the talk is left, here or on its way. */
export function startOver(): void {
  reading?.abort();
  talk.forget();
}

/** Words that still come for an answer that is there are not waited for. */
function queue(turn: TalkTurn, speaker: Speaker): void {
  if (isAnswered) reading?.abort();
  line = line.then(() => (talk.get().turns.some((one) => one.id === turn.id) ? send(turn, speaker) : undefined));
}

let isAnswered = false;

async function send(turn: TalkTurn, { itemId, ...who }: Speaker): Promise<void> {
  isAnswered = false;
  const { signal } = (reading = new AbortController());
  const asked: Turn = {
    ...who,
    ...(turn.acts ? { acts: turn.acts } : { utterance: turn.said }),
    state: talk.get().state,
    item_ids: itemId === undefined ? undefined : [itemId],
    keep_transcript: keepTalk.get() && who.personalize,
    talk_id: talk.get().id,
  };
  try {
    await settleEvents();
    await askGuide(
      asked,
      (answer) => {
        if (signal.aborted) return;
        isAnswered = true;
        put({ ...turn, answer });
        talk.change({ state: answer.state });
      },
      signal,
    );
    if (!hasAnswer(turn)) put({ ...turn, error: "unexpected" });
  } catch (error) {
    if (signal.aborted || hasAnswer(turn)) return; // words of the model that did not come are not missed
    put({ ...turn, error: error instanceof ApiError ? error.code : "unexpected" });
  }
}

const hasAnswer = (turn: TalkTurn) => talk.get().turns.some((one) => one.id === turn.id && one.answer);

function put(turn: TalkTurn): void {
  talk.change({ turns: talk.get().turns.map((one) => (one.id === turn.id ? turn : one)) });
}
