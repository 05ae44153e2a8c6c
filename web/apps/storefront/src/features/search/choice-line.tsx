import { Icon } from "@daogou/ui";
import { Picture } from "../../shared/item/picture.tsx";
import { Price } from "../../shared/item/price.tsx";
import { useMessages } from "../../shared/state/language.ts";
import type { Choice } from "./choices.ts";
import { marked } from "./marked.ts";

type ChoiceLineProps = { choice: Choice; typed: string; name: (english: string) => string };

export function ChoiceLine({ choice, typed, name }: ChoiceLineProps) {
  const words = useMessages();
  switch (choice.kind) {
    case "recent":
      return (
        <>
          <Icon name="clock" />
          <span className="completion__text">{choice.words}</span>
        </>
      );
    case "words":
      return (
        <>
          <Icon name="search" />
          <Marked text={choice.words} typed={typed} />
        </>
      );
    case "all":
      return <span className="completion__text">{words.header.searchAll(choice.words)}</span>;
    case "category":
      return (
        <>
          <Icon name="menu" />
          <span className="completion__text">
            <Marked text={name(choice.text)} typed={typed} />
            {choice.path.length > 1 && <span className="completion__within">{choice.path.slice(0, -1).map(name).join(" / ")}</span>}
          </span>
          <Kind text={words.search.kinds.category} count={choice.count} />
        </>
      );
    case "brand":
      return (
        <>
          <Icon name="tag" />
          <Marked text={name(choice.text)} typed={typed} />
          <Kind text={words.search.kinds.brand} count={choice.count} />
        </>
      );
    case "item":
      return (
        <>
          <Picture item={choice.item} />
          <Marked text={choice.item.title} typed={typed} />
          <Price item={choice.item} />
        </>
      );
  }
}

function Kind({ text, count }: { text: string; count?: number }) {
  return (
    <span className="completion__kind">
      {text}
      {count !== undefined && ` · ${count}`}
    </span>
  );
}

function Marked({ text, typed }: { text: string; typed: string }) {
  return (
    <span className="completion__text">
      {marked(text, typed).map((piece, place) => (piece.isTyped ? <mark key={place}>{piece.text}</mark> : piece.text))}
    </span>
  );
}
