/** Says to those who listen, in one breath, that an answer is there. */

import { useMessages } from "../../shared/state/language.ts";
import type { TalkTurn } from "../../shared/state/talk.ts";

export function News({ turn }: { turn: TalkTurn | undefined }) {
  const { guide: words } = useMessages();
  return (
    <p className="visually-hidden" role="status" aria-live="polite">
      {turn?.answer && [turn.answer.said.join(" "), words.found(turn.answer.cards.length)].join(" ")}
    </p>
  );
}
