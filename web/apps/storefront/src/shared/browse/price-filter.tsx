/** The price range: two sliders over a histogram, and the same two figures to type. */

import { formatPrice, toMajor } from "@daogou/ui";
import { useState, type FormEvent } from "react";
import type { PriceSpan } from "../api/search.ts";
import { useMessages } from "../state/language.ts";
import { boundsOf, rounded } from "./price-bounds.ts";

type PriceFilterProps = {
  span: PriceSpan;
  fromMinor?: number;
  toMinor?: number;
  onChange: (fromMinor: number | undefined, toMinor: number | undefined) => void;
};

export function PriceFilter({ span, fromMinor, toMinor, onChange }: PriceFilterProps) {
  const words = useMessages();
  const { lowest, highest, step } = boundsOf(span);
  const [from, setFrom] = useState(Math.max(fromMinor ?? lowest, lowest));
  const [to, setTo] = useState(Math.min(toMinor ?? highest, highest));
  const said = (minor: number) => formatPrice(minor, span.currency, words.locale);

  const commit = (nextFrom = from, nextTo = to) => {
    const [low, high] = nextFrom <= nextTo ? [nextFrom, nextTo] : [nextTo, nextFrom];
    const next = [low > lowest ? low : undefined, high < highest ? high : undefined] as const;
    if (next[0] !== fromMinor || next[1] !== toMinor) onChange(...next);
  };
  const typed = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const perMajor = 1 / toMajor(1, span.currency);
    const minor = (name: string, otherwise: number) => {
      const text = String(data.get(name) ?? "").trim();
      return text === "" || !Number.isFinite(Number(text)) ? otherwise : Math.round(Number(text) * perMajor);
    };
    commit(minor("from", lowest), minor("to", highest));
  };
  // A slider reports each step it passes; only where it is let go counts.
  const letGo = { onPointerUp: () => commit(), onKeyUp: () => commit(), onBlur: () => commit() };

  return (
    <fieldset className="field price-filter">
      <legend className="field__label">{words.category.price}</legend>
      <div className="price-slider">
        <Histogram counts={span.counts} low={(from - lowest) / (highest - lowest)} high={(to - lowest) / (highest - lowest)} />
        <input
          type="range"
          className="price-slider__range"
          aria-label={words.category.priceFrom}
          aria-valuetext={said(from)}
          min={lowest}
          max={highest}
          step={step}
          value={from}
          onChange={(event) => setFrom(Math.min(rounded(event.target.valueAsNumber, step), to))}
          {...letGo}
        />
        <input
          type="range"
          className="price-slider__range"
          aria-label={words.category.priceTo}
          aria-valuetext={said(to)}
          min={lowest}
          max={highest}
          step={step}
          value={to}
          onChange={(event) => setTo(Math.max(rounded(event.target.valueAsNumber, step), from))}
          {...letGo}
        />
      </div>
      <form className="price-range" onSubmit={typed} key={`${from}-${to}`}>
        <Amount name="from" label={words.search.priceFromTyped} minor={from} currency={span.currency} />
        <span aria-hidden="true">–</span>
        <Amount name="to" label={words.search.priceToTyped} minor={to} currency={span.currency} />
        <button type="submit" className="visually-hidden" tabIndex={-1}>
          {words.search.priceApply}
        </button>
      </form>
    </fieldset>
  );
}

function Amount({ name, label, minor, currency }: { name: string; label: string; minor: number; currency: string }) {
  const words = useMessages();
  const sign = new Intl.NumberFormat(words.locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(0)
    .find((part) => part.type === "currency")?.value;
  return (
    <span className="amount">
      <span aria-hidden="true">{sign}</span>
      <input
        className="input"
        type="number"
        name={name}
        min="0"
        step="any"
        inputMode="decimal"
        aria-label={label}
        defaultValue={toMajor(minor, currency)}
        onBlur={(event) => {
          if (event.target.value !== event.target.defaultValue) event.target.form?.requestSubmit();
        }}
      />
    </span>
  );
}

/** low, high: the chosen part, 0 to 1. */
function Histogram({ counts, low, high }: { counts: readonly number[]; low: number; high: number }) {
  const most = Math.max(1, ...counts);
  const width = 100 / Math.max(1, counts.length);
  return (
    <svg className="histogram" viewBox="0 0 100 32" preserveAspectRatio="none" aria-hidden="true">
      {counts.map((count, place) => {
        const height = count === 0 ? 0 : 3 + (29 * count) / most;
        const middle = (place + 0.5) / counts.length;
        return (
          <rect
            key={place}
            className={middle >= low && middle <= high ? "histogram__in" : "histogram__out"}
            x={place * width + width * 0.08}
            y={32 - height}
            width={width * 0.84}
            height={height}
          />
        );
      })}
    </svg>
  );
}
