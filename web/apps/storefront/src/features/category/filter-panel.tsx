import { Button, toMajor } from "@daogou/ui";
import { useState } from "react";
import type { Item } from "../../shared/api/items.ts";
import { useMessages } from "../../shared/state/language.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";
import { swatch } from "./swatch.ts";
import { colourCounts, isNarrowed, NO_FILTERS, type Filters } from "./filters.ts";

const COLOURS_SHOWN = 10;

type FilterPanelProps = { items: readonly Item[]; filters: Filters; onChange: (filters: Filters) => void };

export function FilterPanel({ items, filters, onChange }: FilterPanelProps) {
  const words = useMessages();
  return (
    <div className="filters">
      <PriceRange key={isNarrowed(filters) ? "set" : "clear"} items={items} filters={filters} onChange={onChange} />
      <Colours items={items} filters={filters} onChange={onChange} />
      <label className="check">
        <input
          type="checkbox"
          checked={filters.isInStockOnly}
          onChange={(event) => onChange({ ...filters, isInStockOnly: event.target.checked })}
        />
        {words.category.inStock}
      </label>
      {isNarrowed(filters) && (
        <Button look="text" onClick={() => onChange(NO_FILTERS)}>
          {words.category.clear}
        </Button>
      )}
    </div>
  );
}

function PriceRange({ items, filters, onChange }: FilterPanelProps) {
  const words = useMessages();
  const currency = items[0]?.currency ?? "GBP";
  const perMajor = 1 / toMajor(1, currency);
  const sign = new Intl.NumberFormat(words.locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(0)
    .find((part) => part.type === "currency")?.value;
  const minorOf = (text: string) => (text.trim() === "" || !Number.isFinite(Number(text)) ? undefined : Math.round(Number(text) * perMajor));
  const textOf = (minor: number | undefined) => (minor === undefined ? "" : String(minor / perMajor));
  return (
    <fieldset className="field">
      <legend className="field__label">
        {words.category.price} ({sign})
      </legend>
      <div className="price-range">
        <input
          className="input"
          type="number"
          min="0"
          inputMode="decimal"
          aria-label={words.category.priceFrom}
          defaultValue={textOf(filters.fromMinor)}
          onChange={(event) => onChange({ ...filters, fromMinor: minorOf(event.target.value) })}
        />
        <span aria-hidden="true">–</span>
        <input
          className="input"
          type="number"
          min="0"
          inputMode="decimal"
          aria-label={words.category.priceTo}
          defaultValue={textOf(filters.toMinor)}
          onChange={(event) => onChange({ ...filters, toMinor: minorOf(event.target.value) })}
        />
      </div>
    </fieldset>
  );
}

function Colours({ items, filters, onChange }: FilterPanelProps) {
  const words = useMessages();
  const catalogue = useCatalogueWords();
  const [isWhole, setWhole] = useState(false);
  const counts = colourCounts(items);
  if (counts.length < 2) return null;
  const toggle = (colour: string) => {
    const isOn = filters.colours.includes(colour);
    onChange({ ...filters, colours: isOn ? filters.colours.filter((one) => one !== colour) : [...filters.colours, colour] });
  };
  return (
    <fieldset className="field">
      <legend className="field__label">{words.category.colour}</legend>
      <ul className="colours">
        {(isWhole ? counts : counts.slice(0, COLOURS_SHOWN)).map(([colour, count]) => (
          <li key={colour}>
            <label className="check">
              <input type="checkbox" checked={filters.colours.includes(colour)} onChange={() => toggle(colour)} />
              <svg className="swatch" viewBox="0 0 16 16" aria-hidden="true">
                <circle cx="8" cy="8" r="7" fill={swatch(colour)} />
              </svg>
              {catalogue.value("colour", colour)} <span className="check__count">{count}</span>
            </label>
          </li>
        ))}
      </ul>
      {counts.length > COLOURS_SHOWN && (
        <Button look="text" onClick={() => setWhole(!isWhole)}>
          {isWhole ? words.category.less : words.category.more(counts.length - COLOURS_SHOWN)}
        </Button>
      )}
    </fieldset>
  );
}
