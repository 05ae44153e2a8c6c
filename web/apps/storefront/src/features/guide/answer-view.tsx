/** An answer: sentences, cards, then what leads on. Only the last answer has buttons that go on from it. */

import { IconButton } from "@daogou/ui";
import { useEffect, useState } from "react";
import type { Act, Answer, Choice } from "../../shared/api/guide.ts";
import { useMessages } from "../../shared/state/language.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";
import { say } from "./ask.ts";
import { CompareTable } from "./compare-table.tsx";
import { GuideCards } from "./guide-cards.tsx";
import { Quotes } from "./quotes.tsx";
import { useSpeaker } from "./use-speaker.ts";
import { beSilent, canSpeak, readAloud } from "./voice.ts";

const COMPARE: Act[] = [{ type: "compare" }];
const MORE: Act[] = [{ type: "plain", name: "more" }];

type AnswerViewProps = { answer: Answer; isLast: boolean; onFollow?: () => void };

export function AnswerView({ answer, isLast, onFollow }: AnswerViewProps) {
  const { guide: words } = useMessages();
  const { cards, table, question } = answer;
  return (
    <div className="guide__answer" lang={answer.language === "zh" ? "zh-CN" : answer.language}>
      <span className="visually-hidden">{words.guideSays} </span>
      <div className="guide__sentences">
        {answer.said.map((sentence, place) => (
          <p key={place}>{sentence}</p>
        ))}
        {canSpeak && <Aloud answer={answer} />}
      </div>
      {table && <CompareTable table={table} cards={cards} />}
      {cards.length > 0 && <GuideCards answer={answer} onFollow={onFollow} />}
      <Quotes quotes={answer.quotes} onFollow={onFollow} />
      {answer.prose.length > 0 && (
        <div className="guide__prose">
          <p>{answer.prose.join(" ")}</p>
          <small>{words.proseNote}</small>
        </div>
      )}
      {isLast && question && <Choices label={question.text} choices={question.choices} isQuestion />}
      {isLast && <Choices label={words.waysOn} choices={waysOn(answer, words)} />}
    </div>
  );
}

/** The guide's own ways out, and to compare and see more where that is not among them. */
function waysOn(answer: Answer, words: { compare: string; more: string }): Choice[] {
  const { waysOut, cards, table, total } = answer;
  const has = (acts: Act[]) => waysOut.some((one) => JSON.stringify(one.acts) === JSON.stringify(acts));
  const more: Choice[] = [];
  if (cards.length > 1 && !table && !has(COMPARE)) more.push({ label: words.compare, acts: COMPARE });
  if (total > cards.length && cards.length > 0 && !table && !has(MORE)) more.push({ label: words.more, acts: MORE });
  return [...waysOut, ...more];
}

type ChoicesProps = { label: string; choices: Choice[]; isQuestion?: boolean };

function Choices({ label, choices, isQuestion = false }: ChoicesProps) {
  const { guide: words } = useMessages();
  const speaker = useSpeaker();
  const catalogue = useCatalogueWords();
  if (choices.length === 0) return null;
  return (
    <div className={isQuestion ? "guide__question" : "guide__ways"} role="group" aria-label={label}>
      {isQuestion && <p>{label}</p>}
      <ul className="guide__choices">
        {choices.map((choice) => (
          <li key={choice.label}>
            <button type="button" className="guide__choice" onClick={() => choose(choice, speaker)}>
              <bdi>{catalogue.name(choice.label)}</bdi>
              {choice.count !== undefined && (
                <span className="guide__choice-count">
                  <span aria-hidden="true">{choice.count}</span>
                  <span className="visually-hidden">{words.leaves(choice.count)}</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The button goes with its answer's turn; where one types is the next place to be. */
function choose(choice: Choice, speaker: Parameters<typeof say>[1]): void {
  say(choice.label, speaker, choice.acts);
  if (!matchMedia("(pointer: coarse)").matches) document.querySelector<HTMLElement>(".composer__field")?.focus();
}

function Aloud({ answer }: { answer: Answer }) {
  const { guide: words } = useMessages();
  const [isOn, setOn] = useState(false);
  useEffect(() => () => (isOn ? beSilent() : undefined), [isOn]);
  const toggle = () => {
    if (isOn) return beSilent();
    setOn(true);
    readAloud([...answer.said, ...answer.prose, answer.question?.text ?? ""].join(" "), answer.language, () => setOn(false));
  };
  return (
    <IconButton
      icon={isOn ? "silent" : "aloud"}
      label={isOn ? words.beSilent : words.readAloud}
      className="guide__aloud"
      onClick={toggle}
    />
  );
}
