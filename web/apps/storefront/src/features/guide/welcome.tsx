/** What one can ask, before anything was said. */

import type { Act } from "../../shared/api/guide.ts";
import { useMessages } from "../../shared/state/language.ts";
import { say } from "./ask.ts";
import { useSpeaker } from "./use-speaker.ts";

const POPULAR: Act[] = [{ type: "plain", name: "popular" }];
const SURPRISE: Act[] = [{ type: "plain", name: "surprise" }];
const RETURNS: Act[] = [{ type: "ask_policy", topic: "returns" }];

export function Welcome({ isWaiting }: { isWaiting: boolean }) {
  const { guide: words } = useMessages();
  const speaker = useSpeaker();
  const starts: [string, Act[] | undefined][] = [
    [words.startGift, undefined],
    [words.startPopular, POPULAR],
    [words.startSurprise, SURPRISE],
    [words.startReturns, RETURNS],
  ];
  return (
    <div className="guide__welcome">
      <p className="guide__hello">{words.hello}</p>
      <p>{words.helloText}</p>
      <ul className="guide__choices">
        {starts.map(([label, acts]) => (
          <li key={label}>
            <button type="button" className="guide__choice" disabled={isWaiting} onClick={() => say(label, speaker, acts)}>
              {label}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
