/** Where one types or speaks. Enter sends, Shift+Enter begins a new line; while characters are being composed, neither. */

import { IconButton } from "@daogou/ui";
import { useEffect, useRef, useState, type FormEvent, type KeyboardEvent, type RefObject } from "react";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { talk, useTalk } from "../../shared/state/talk.ts";
import { say } from "./ask.ts";
import { useSpeaker } from "./use-speaker.ts";
import { canListen, listen } from "./voice.ts";

/** As many as the server reads. */
const MOST_CHARACTERS = 2_000;

export function Composer({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const { guide: words } = useMessages();
  const { draft } = useTalk();
  const speaker = useSpeaker();
  const canSend = draft.trim() !== "";

  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (!canSend) return;
    say(draft.trim(), speaker);
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229; // Safari ends composing before the key
    if (event.key !== "Enter" || event.shiftKey || isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form className="composer" onSubmit={send}>
      <textarea
        ref={field}
        className="composer__field"
        rows={1}
        value={draft}
        maxLength={MOST_CHARACTERS}
        placeholder={words.placeholder}
        aria-label={words.say}
        enterKeyHint="send"
        autoComplete="off"
        onChange={(event) => talk.change({ draft: event.target.value })}
        onKeyDown={onKeyDown}
      />
      {canListen && <Microphone />}
      <IconButton icon="up" label={words.send} className="composer__send" type="submit" disabled={!canSend} />
    </form>
  );
}

function Microphone() {
  const { guide: words } = useMessages();
  const language = useLanguage();
  const [isOn, setOn] = useState(false);
  const stop = useRef<() => void>(undefined);
  useEffect(() => () => stop.current?.(), []);

  const toggle = () => {
    if (isOn) return stop.current?.();
    const before = talk.get().draft;
    setOn(true);
    stop.current = listen(
      language,
      (heard) => talk.change({ draft: [before, heard].filter(Boolean).join(" ").slice(0, MOST_CHARACTERS) }),
      () => setOn(false),
    );
  };

  return (
    <IconButton
      icon="microphone"
      label={isOn ? words.stopListening : words.listen}
      aria-pressed={isOn}
      className={isOn ? "composer__ear composer__ear--on" : "composer__ear"}
      onClick={toggle}
    />
  );
}
