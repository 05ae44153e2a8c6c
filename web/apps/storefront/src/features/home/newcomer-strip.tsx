/** A few questions for shoppers of whom nothing is known; each answer changes the lists at once, and none must be given. */

import { Button, Icon, IconButton } from "@daogou/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type RefObject } from "react";
import { onboarding, type Answer, type Choice } from "../../shared/api/onboarding.ts";
import { useItem } from "../../shared/item/item-book.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { questionsAreOver } from "../../shared/state/questions.ts";
import { useStored } from "../../shared/state/stored.ts";
import { tracker } from "../../shared/tracking/tracker.ts";
import { tagWords } from "../../shared/wishes/tag-words.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";

const PICTURES = 3;

/** Once begun it stays to its end, although its own answers make the newcomer known. */
export function NewcomerStrip({ isNewcomer }: { isNewcomer: boolean }) {
  const isOver = useStored(questionsAreOver);
  const [answers, setAnswers] = useState<readonly Answer[]>([]);
  const [isClosed, setClosed] = useState(false);
  const isBegun = answers.length > 0;
  if (isClosed || (!isBegun && (isOver || !isNewcomer))) return null;
  const close = () => {
    questionsAreOver.set(true);
    setClosed(true);
  };
  return <Questions answers={answers} onAnswer={(answer) => setAnswers([...answers, answer])} onClose={close} />;
}

type QuestionsProps = { answers: readonly Answer[]; onAnswer: (answer: Answer) => void; onClose: () => void };

function Questions({ answers, onAnswer, onClose }: QuestionsProps) {
  const { newcomer: words } = useMessages();
  const client = useQueryClient();
  const title = useRef<HTMLHeadingElement>(null);
  const asked = onboarding(tracker.identity().visitorId, useLanguage(), answers);
  const { data, isError, isPlaceholderData, refetch } = useQuery(asked);
  const isLast = data?.question === null;
  const isAnswered = answers.length > 0 && data !== undefined && !isPlaceholderData;

  useEffect(() => {
    if (!isAnswered) return;
    void client.invalidateQueries({ queryKey: ["slates"] });
    title.current?.focus({ preventScroll: true }); // the pressed choice is gone
    if (isLast) questionsAreOver.set(true);
  }, [isAnswered, isLast, answers, client]);

  if (isError && answers.length > 0) return <Interrupted onRetry={() => void refetch()} onClose={onClose} />;
  if (!data) return null; // not asked yet, or a shop that does not ask: nothing is missing
  const { question } = data;
  const answer = (choice: string | null) => question && onAnswer({ question: question.question, choice });
  if (!question) return answers.length > 0 ? <Thanks title={title} onClose={onClose} /> : null;

  return (
    <section className="newcomer" aria-labelledby="newcomer-title" aria-busy={isPlaceholderData}>
      <div className="newcomer__head">
        <p className="newcomer__step">{words.step(data.nAsked + 1, data.mostQuestions)}</p>
        <h2 id="newcomer-title" ref={title} tabIndex={-1}>
          {question.text}
        </h2>
        <p className="newcomer__hint">{words.hint}</p>
        <IconButton icon="close" label={words.skip} className="newcomer__close" onClick={onClose} />
      </div>
      <ul className="newcomer__choices">
        {question.choices.filter(({ choice }) => choice !== null).map((choice) => (
          <li key={`${question.question} ${choice.choice}`}>
            <ChoiceButton choice={choice} isWaiting={isPlaceholderData} onPress={() => answer(choice.choice)} />
          </li>
        ))}
      </ul>
      <div className="newcomer__ways">
        <Button disabled={isPlaceholderData} onClick={() => answer(null)}>
          {words.noMatter}
        </Button>
        <Button look="text" onClick={onClose}>
          {words.skip}
        </Button>
      </div>
    </section>
  );
}

function ChoiceButton({ choice, isWaiting, onPress }: { choice: Choice; isWaiting: boolean; onPress: () => void }) {
  const catalogue = useCatalogueWords();
  const { label } = tagWords({ tag: choice.choice ?? "", kind: "", label: choice.label }, catalogue);
  return (
    <button type="button" className="choice" disabled={isWaiting} onClick={onPress}>
      {choice.itemIds.length > 0 && (
        <span className="choice__pictures" aria-hidden="true">
          {choice.itemIds.slice(0, PICTURES).map((id) => (
            <Example key={id} itemId={id} />
          ))}
        </span>
      )}
      <span className="choice__text">{label}</span>
    </button>
  );
}

function Example({ itemId }: { itemId: string }) {
  const item = useItem(itemId);
  return item ? <Picture item={item} /> : <span className="skeleton choice__skeleton" />;
}

function Interrupted({ onRetry, onClose }: { onRetry: () => void; onClose: () => void }) {
  const { newcomer: words, retry, close } = useMessages();
  return (
    <section className="newcomer newcomer--done" role="alert">
      <p>{words.failed}</p>
      <Button onClick={onRetry}>{retry}</Button>
      <IconButton icon="close" label={close} onClick={onClose} />
    </section>
  );
}

function Thanks({ title, onClose }: { title: RefObject<HTMLHeadingElement | null>; onClose: () => void }) {
  const { newcomer: words, close } = useMessages();
  return (
    <section className="newcomer newcomer--done" aria-labelledby="newcomer-title">
      <Icon name="check" />
      <h2 id="newcomer-title" ref={title} tabIndex={-1}>
        {words.thanks}
      </h2>
      <Button onClick={onClose}>{close}</Button>
    </section>
  );
}
