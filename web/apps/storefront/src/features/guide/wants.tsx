/** What the guide understood is wanted, each to be taken back. */

import { Icon } from "@daogou/ui";
import { useMessages } from "../../shared/state/language.ts";
import { useTalk } from "../../shared/state/talk.ts";
import { say } from "./ask.ts";
import { useSpeaker } from "./use-speaker.ts";

export function Wants({ isWaiting }: { isWaiting: boolean }) {
  const { guide: words } = useMessages();
  const speaker = useSpeaker();
  const wants = useTalk().turns.findLast((turn) => turn.answer)?.answer?.wants ?? [];
  if (wants.length === 0) return null;
  return (
    <ul className="guide__wants" aria-label={words.wants}>
      {wants.map(({ label, acts }) => (
        <li key={label}>
          <button
            type="button"
            className="want"
            aria-label={words.takeBack(label)}
            title={words.takeBack(label)}
            disabled={isWaiting}
            onClick={() => say(words.takeBackSaid(label), speaker, acts)}
          >
            <bdi>{label}</bdi>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
