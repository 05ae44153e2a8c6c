/** What was chosen, as chips: pressing one takes it back. */

import { Button, formatPrice, Icon } from "@daogou/ui";
import type { Asked } from "../api/search.ts";
import { useMessages } from "../state/language.ts";
import { isNarrowed, toggled, widened } from "./address.ts";
import { useFacetWords } from "./facet-panel.tsx";

type ChosenProps = { asked: Asked; currency: string; onAsk: (next: Asked) => void };

export function Chosen({ asked, currency, onAsk }: ChosenProps) {
  const words = useMessages();
  const label = useFacetWords();
  if (!isNarrowed(asked)) return null;
  const price = (minor: number) => formatPrice(minor, currency, words.locale);
  const { fromMinor, toMinor } = asked;
  return (
    <ul className="chips chosen" aria-label={words.search.chosen}>
      {Object.entries(asked.facets).flatMap(([facet, values]) =>
        values.map((value) => (
          <Chip key={`${facet}:${value}`} text={label.value(facet, value)} hint={label.facet(facet)} onDrop={() => onAsk(toggled(asked, facet, value))} />
        )),
      )}
      {(fromMinor !== undefined || toMinor !== undefined) && (
        <Chip
          text={words.search.priceBetween(fromMinor === undefined ? undefined : price(fromMinor), toMinor === undefined ? undefined : price(toMinor))}
          hint={words.category.price}
          onDrop={() => onAsk({ ...asked, fromMinor: undefined, toMinor: undefined })}
        />
      )}
      {asked.isInStockOnly && <Chip text={words.category.inStock} onDrop={() => onAsk({ ...asked, isInStockOnly: false })} />}
      <li>
        <Button look="text" onClick={() => onAsk(widened(asked))}>
          {words.search.clearAll}
        </Button>
      </li>
    </ul>
  );
}

function Chip({ text, hint, onDrop }: { text: string; hint?: string; onDrop: () => void }) {
  const { search } = useMessages();
  return (
    <li>
      <button type="button" className="chip chip--chosen" aria-label={search.takeBack(hint ? `${hint}: ${text}` : text)} onClick={onDrop}>
        {text}
        <Icon name="close" />
      </button>
    </li>
  );
}
