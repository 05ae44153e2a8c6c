/** What the shopper told the shop about tags, each to be taken back. */

import { Button, Icon, type IconName } from "@daogou/ui";
import { useRef } from "react";
import type { Choice, Said } from "../../shared/api/profile.ts";
import { useMessages } from "../../shared/state/language.ts";
import { tagWords } from "../../shared/wishes/tag-words.ts";
import { useWish } from "../../shared/wishes/use-wish.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";

const ICONS: Record<Choice, IconName> = { more: "check", less: "fewer", never: "never" };

export function SaidList({ choices }: { choices: readonly Said[] }) {
  const { profile: words } = useMessages();
  const title = useRef<HTMLHeadingElement>(null);
  return (
    <section className="said" aria-labelledby="said">
      <h2 id="said" ref={title} tabIndex={-1}>
        {words.said}
      </h2>
      <p className="profile__help">{words.saidHelp}</p>
      <ul>
        {choices.map((one) => (
          // The line goes once it is taken back: the focus waits at the heading.
          <SaidLine key={one.tag} said={one} onTakenBack={() => title.current?.focus()} />
        ))}
      </ul>
    </section>
  );
}

function SaidLine({ said, onTakenBack }: { said: Said; onTakenBack: () => void }) {
  const { profile: words, wishes } = useMessages();
  const say = useWish();
  const { kind, label } = tagWords(said, useCatalogueWords());
  const takeBack = () => {
    onTakenBack();
    say({ tag: said.tag, choice: null, name: label });
  };
  return (
    <li>
      <Icon name={ICONS[said.choice]} />
      <span className="said__what">
        <strong>{label}</strong>
        <span className="said__kind">
          {kind} · {wishes.names[said.choice]}
          {said.nItems > 0 && ` · ${words.about(said.nItems)}`}
        </span>
      </span>
      <Button look="text" aria-label={words.takeBackLabel(label)} onClick={takeBack}>
        <Icon name="back" />
        {words.takeBack}
      </Button>
    </li>
  );
}
