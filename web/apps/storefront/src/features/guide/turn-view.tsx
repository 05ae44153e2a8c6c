/** One turn: what the shopper said, and the answer to it, or that it did not come. */

import { Button } from "@daogou/ui";
import { useMessages } from "../../shared/state/language.ts";
import type { TalkTurn } from "../../shared/state/talk.ts";
import { AnswerView } from "./answer-view.tsx";
import { sayAgain } from "./ask.ts";
import { useSpeaker } from "./use-speaker.ts";

type TurnViewProps = { turn: TalkTurn; isLast: boolean; onFollow?: () => void };

export function TurnView({ turn, isLast, onFollow }: TurnViewProps) {
  const { guide: words } = useMessages();
  return (
    <>
      <p className="guide__said">
        <span className="visually-hidden">{words.you} </span>
        <bdi>{turn.said}</bdi>
      </p>
      {turn.answer && <AnswerView answer={turn.answer} isLast={isLast} onFollow={onFollow} />}
      {turn.error && <Missed turn={turn} />}
      {!turn.answer && !turn.error && (
        <p className="guide__waiting" aria-hidden="true">
          <span />
          <span />
          <span />
        </p>
      )}
    </>
  );
}

function Missed({ turn }: { turn: TalkTurn }) {
  const words = useMessages();
  const speaker = useSpeaker();
  return (
    <div className="guide__missed" role="alert">
      <p>{words.guide.missed[turn.error ?? ""] ?? words.guide.missed.unexpected}</p>
      <Button onClick={() => sayAgain(turn, speaker)}>{words.retry}</Button>
    </div>
  );
}
