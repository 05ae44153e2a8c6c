/** One thing the shopper seems to care for: how strongly, because of what, and two ways to disagree. */

import { Button, Icon } from "@daogou/ui";
import { useId } from "react";
import { Link } from "wouter";
import type { Choice, Liking, Witness } from "../../shared/api/profile.ts";
import { useItem } from "../../shared/item/item-book.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { itemPath } from "../../shared/paths.ts";
import { ShareBar } from "../../shared/slate/share-bar.tsx";
import { useMessages } from "../../shared/state/language.ts";
import { tagWords, trailOf } from "../../shared/wishes/tag-words.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";

const EVIDENCE = 3;

type TagCardProps = { liking: Liking; choice: Choice | undefined; onSay: (choice: Choice | null, name: string) => void };

export function TagCard({ liking, choice, onSay }: TagCardProps) {
  const { profile: words, wishes, locale } = useMessages();
  const catalogue = useCatalogueWords();
  const titleId = useId();
  const { kind, label } = tagWords(liking, catalogue);
  const trail = trailOf(liking.tag, catalogue);
  const times = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 }).format(liking.lift);

  return (
    <article className={choice ? `tag tag--${choice}` : "tag"} aria-labelledby={titleId}>
      <p className="tag__kind">{trail ? `${kind} · ${trail}` : kind}</p>
      <h3 id={titleId}>{label}</h3>
      <div className="tag__strength">
        <ShareBar share={liking.share} />
        <p>{words.strength(times)}</p>
      </div>
      <ul className="tag__evidence">
        {liking.evidence.slice(0, EVIDENCE).map((one) => (
          <EvidenceLine key={one.itemId} witness={one} />
        ))}
      </ul>
      {liking.nItems > EVIDENCE && <p className="tag__more">{words.moreEvidence(liking.nItems - EVIDENCE)}</p>}
      <div className="tag__say" role="group" aria-label={words.say(label)}>
        <SayButton icon="fewer" text={wishes.names.less} isSaid={choice === "less"} onPress={(isSaid) => onSay(isSaid ? null : "less", label)} />
        <SayButton icon="never" text={wishes.names.never} isSaid={choice === "never"} onPress={(isSaid) => onSay(isSaid ? null : "never", label)} />
      </div>
    </article>
  );
}

type SayButtonProps = { icon: "fewer" | "never"; text: string; isSaid: boolean; onPress: (isSaid: boolean) => void };

/** Pressed while it holds; pressing it again takes it back. */
function SayButton({ icon, text, isSaid, onPress }: SayButtonProps) {
  return (
    <Button className="tag__button" aria-pressed={isSaid} onClick={() => onPress(isSaid)}>
      <Icon name={isSaid ? "check" : icon} />
      {text}
    </Button>
  );
}

function EvidenceLine({ witness }: { witness: Witness }) {
  const { profile: words, locale } = useMessages();
  const item = useItem(witness.itemId);
  const isThisYear = witness.at.getFullYear() === new Date().getFullYear();
  const date = witness.at.toLocaleDateString(locale, { day: "numeric", month: "short", year: isThisYear ? undefined : "numeric" });
  const [before, after] = words.because(words.deeds[witness.event] ?? words.deeds.other ?? "", date);
  return (
    <li>
      <span className="tag__picture" aria-hidden="true">
        {item && <Picture item={item} />}
      </span>
      <span>
        {before}
        <Link href={itemPath(witness.itemId)}>{item?.title ?? witness.itemId}</Link>
        {after}
      </span>
    </li>
  );
}
