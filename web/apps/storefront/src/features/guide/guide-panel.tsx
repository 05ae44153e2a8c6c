/** The talk with the guide: beside the page where there is room, over it on a phone. */

import { Icon, IconButton } from "@daogou/ui";
import { useCallback, useEffect, useId, useRef, type KeyboardEvent } from "react";
import { useMessages } from "../../shared/state/language.ts";
import { talk, useTalk } from "../../shared/state/talk.ts";
import { say, startOver } from "./ask.ts";
import { Composer } from "./composer.tsx";
import { KeepSwitch } from "./keep-switch.tsx";
import { News } from "./news.tsx";
import { TurnView } from "./turn-view.tsx";
import { useSheet } from "./use-sheet.ts";
import { useSpeaker } from "./use-speaker.ts";
import { beSilent } from "./voice.ts";
import { Wants } from "./wants.tsx";
import { Welcome } from "./welcome.tsx";

const BACK = [{ type: "plain", name: "back" }];

export function GuidePanel() {
  const { guide: words } = useMessages();
  const { turns } = useTalk();
  const speaker = useSpeaker();
  const titleId = useId();
  const typing = useRef<HTMLTextAreaElement>(null);
  const close = useCallback(() => talk.change({ isOpen: false }), []);
  const { sheet, isModal } = useSheet(typing);
  const scroll = useNewestInSight(turns.length, turns.at(-1)?.answer !== undefined);
  const last = turns.at(-1);
  const isWaiting = last !== undefined && !last.answer && !last.error;

  useEffect(() => beSilent, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    close();
  };

  const begin = () => {
    startOver();
    typing.current?.focus();
  };

  return (
    <dialog ref={sheet} className="guide" aria-labelledby={titleId} aria-modal={isModal} onKeyDown={onKeyDown} onCancel={(event) => event.preventDefault()}>
      <header className="guide__head">
        <span className="guide__mark">
          <Icon name="guide" />
        </span>
        <h2 id={titleId} tabIndex={-1}>
          {words.title}
        </h2>
        <IconButton icon="back" label={words.back} disabled={isWaiting || turns.length < 2} onClick={() => say(words.back, speaker, BACK)} />
        <IconButton icon="renew" label={words.reset} disabled={turns.length === 0} onClick={begin} />
        <IconButton icon="close" label={words.close} onClick={close} />
      </header>
      <div ref={scroll} className="guide__talk">
        {turns.length === 0 && <Welcome isWaiting={isWaiting} />}
        <ol className="guide__turns" aria-label={words.talk}>
          {turns.map((turn) => (
            <li key={turn.id}>
              <TurnView turn={turn} isLast={turn === last} onFollow={isModal ? close : undefined} />
            </li>
          ))}
        </ol>
        <KeepSwitch />
      </div>
      <footer className="guide__foot">
        <Wants isWaiting={isWaiting} />
        <Composer field={typing} />
      </footer>
      <News turn={last} />
    </dialog>
  );
}

/** A new turn begins at the top of what is seen, so that its first cards are in sight. */
function useNewestInSight(count: number, isAnswered: boolean) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const turns = element.current?.querySelectorAll<HTMLElement>(".guide__turns > li");
    const newest = turns?.[turns.length - 1];
    if (newest && element.current) element.current.scrollTop = newest.offsetTop - 12;
  }, [count, isAnswered]);
  return element;
}
