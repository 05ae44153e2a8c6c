/** The price range: two sliders over a histogram, and the same two figures to type. */

import { formatPrice, toMajor, toTyped } from "@daogou/ui";
import { useEffect, useRef, useState } from "react";
import type { PriceSpan } from "../api/search.ts";
import { useMessages } from "../state/language.ts";
import { boundsOf, rounded } from "./price-bounds.ts";

const TYPING_PAUSE_MS = 600;

type PriceFilterProps = {
  span: PriceSpan;
  fromMinor?: number;
  toMinor?: number;
  onChange: (fromMinor: number | undefined, toMinor: number | undefined) => void;
};

export function PriceFilter({ span, fromMinor, toMinor, onChange }: PriceFilterProps) {
  const words = useMessages();
  const { lowest, highest, step } = boundsOf(span);
  const askedFrom = Math.min(Math.max(fromMinor ?? lowest, lowest), highest);
  const askedTo = Math.max(Math.min(toMinor ?? highest, highest), askedFrom);
  const [from, setFrom] = useState(askedFrom);
  const [to, setTo] = useState(askedTo);
  const said = (minor: number) => formatPrice(minor, span.currency, words.locale);

  useEffect(() => {
    setFrom(askedFrom);
    setTo(askedTo);
  }, [askedFrom, askedTo]);

  const commit = (nextFrom = from, nextTo = to) => {
    const [low, high] = nextFrom <= nextTo ? [nextFrom, nextTo] : [nextTo, nextFrom];
    const next = [low > lowest ? low : undefined, high < highest ? high : undefined] as const;
    if (next[0] !== fromMinor || next[1] !== toMinor) onChange(...next);
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
      <div className="price-range">
        <Amount
          label={words.search.priceFromTyped}
          minor={from}
          currency={span.currency}
          onChange={(minor) => commit(minor ?? lowest, to)}
        />
        <span aria-hidden="true">–</span>
        <Amount
          label={words.search.priceToTyped}
          minor={to}
          currency={span.currency}
          onChange={(minor) => commit(from, minor ?? highest)}
        />
      </div>
    </fieldset>
  );
}

type AmountProps = { label: string; minor: number; currency: string; onChange: (minor: number | undefined) => void };

/** A figure to type; it counts when the typing pauses. What is being typed is left alone. */
function Amount({ label, minor, currency, onChange }: AmountProps) {
  const words = useMessages();
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [text, setText] = useState(toTyped(minor, currency));
  const sign = new Intl.NumberFormat(words.locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(0)
    .find((part) => part.type === "currency")?.value;

  useEffect(() => {
    if (document.activeElement !== input.current) setText(toTyped(minor, currency));
  }, [minor, currency]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const typed = (next: string, wait: number) => {
    clearTimeout(timer.current);
    const amount = next.trim() === "" ? undefined : Math.round(Number(next) / toMajor(1, currency));
    if (amount === undefined || Number.isFinite(amount)) timer.current = setTimeout(() => onChange(amount), wait);
  };

  return (
    <span className="amount">
      <span aria-hidden="true">{sign}</span>
      <input
        ref={input}
        className="input"
        type="number"
        min="0"
        step="any"
        inputMode="decimal"
        aria-label={label}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          typed(event.target.value, TYPING_PAUSE_MS);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") typed(text, 0);
        }}
        onBlur={() => {
          if (Number(text) !== toMajor(minor, currency)) typed(text, 0);
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
