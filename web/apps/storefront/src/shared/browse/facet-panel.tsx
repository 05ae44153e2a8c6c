/** What a list can be narrowed by: prices, stock, and the values that its items have, each with its count. */

import { Button } from "@daogou/ui";
import { useId, useState } from "react";
import type { Asked, Facet, FacetValue, Found } from "../api/search.ts";
import { useLanguage, useMessages } from "../state/language.ts";
import { useCatalogueWords } from "../words/use-catalogue-words.ts";
import { isNarrowed, toggled, widened } from "./address.ts";
import { PriceFilter } from "./price-filter.tsx";
import { swatch } from "./swatch.ts";

const VALUES_SHOWN = 8;
const COLOURS = ["colour", "color", "颜色"];

type FacetPanelProps = { found: Pick<Found, "facets" | "price">; asked: Asked; onAsk: (next: Asked) => void };

export function FacetPanel({ found, asked, onAsk }: FacetPanelProps) {
  const words = useMessages();
  return (
    <div className="filters">
      {found.price && found.price.highestMinor > found.price.lowestMinor && (
        <PriceFilter
          key={`${asked.fromMinor}-${asked.toMinor}-${found.price.lowestMinor}-${found.price.highestMinor}`}
          span={found.price}
          fromMinor={asked.fromMinor}
          toMinor={asked.toMinor}
          onChange={(fromMinor, toMinor) => onAsk({ ...asked, fromMinor, toMinor })}
        />
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={asked.isInStockOnly}
          onChange={(event) => onAsk({ ...asked, isInStockOnly: event.target.checked })}
        />
        {words.category.inStock}
      </label>
      {found.facets.map((one) => withoutPlace(one, asked.category)).map((facet) => (
        <Values key={facet.name} facet={facet} onToggle={(value) => onAsk(toggled(asked, facet.name, value))} />
      ))}
      {isNarrowed(asked) && (
        <Button look="text" onClick={() => onAsk(widened(asked))}>
          {words.category.clear}
        </Button>
      )}
    </div>
  );
}

/** Where one is already is nothing to choose. */
function withoutPlace(facet: Facet, category: readonly string[]): Facet {
  if (facet.name !== "category") return facet;
  return { ...facet, values: facet.values.filter((one) => one.isChosen || !category.includes(one.value)) };
}

function Values({ facet, onToggle }: { facet: Facet; onToggle: (value: string) => void }) {
  const words = useMessages();
  const label = useFacetWords();
  const [isWhole, setWhole] = useState(false);
  const listId = useId();
  if (facet.values.length === 0) return null;
  const hidden = facet.values.length - VALUES_SHOWN;
  const shown = isWhole || hidden <= 1 ? facet.values : facet.values.slice(0, VALUES_SHOWN);
  return (
    <fieldset className="field facet" data-facet={facet.name}>
      <legend className="field__label">{label.facet(facet.name)}</legend>
      <ul id={listId}>
        {shown.map((one) => (
          <Value key={one.value} facet={facet.name} one={one} onToggle={onToggle} />
        ))}
      </ul>
      {hidden > 1 && (
        <Button look="text" aria-expanded={isWhole} aria-controls={listId} onClick={() => setWhole(!isWhole)}>
          {isWhole ? words.category.less : words.category.more(hidden)}
        </Button>
      )}
    </fieldset>
  );
}

function Value({ facet, one, onToggle }: { facet: string; one: FacetValue; onToggle: (value: string) => void }) {
  const label = useFacetWords();
  const isColour = COLOURS.includes(facet);
  return (
    <li>
      <label className={one.count === 0 && !one.isChosen ? "check check--empty" : "check"}>
        <input type="checkbox" checked={one.isChosen} onChange={() => onToggle(one.value)} />
        {isColour && (
          <svg className="swatch" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="7" fill={swatch(one.value)} />
          </svg>
        )}
        <span className="check__text">{label.value(facet, one.value)}</span>
        <span className="check__count">{one.count}</span>
      </label>
    </li>
  );
}

/** What facets and their values are called. */
export function useFacetWords(): { facet(name: string): string; value(facet: string, value: string): string } {
  const { search } = useMessages();
  const language = useLanguage();
  const catalogue = useCatalogueWords();
  return {
    facet: (name) => search.facets[name] ?? catalogue.label(name),
    value(facet, value) {
      if (facet === "category" || facet === "brand") return catalogue.name(value);
      const said = catalogue.value(facet, value);
      return language === "zh" ? said : said.charAt(0).toUpperCase() + said.slice(1);
    },
  };
}
