import { Icon } from "@daogou/ui";
import type { ReactNode } from "react";
import type { Stage } from "../api/explain.ts";
import { useMessages } from "../state/language.ts";

type StepsProps = { stages: readonly Stage[]; place: number | undefined };

/** What happened to an item between its score and its place, step by step. */
export function Steps({ stages, place }: StepsProps) {
  const { why: words } = useMessages();
  return (
    <section>
      <h3>{words.steps}</h3>
      <p className="why__help">{words.stepsHelp}</p>
      <ol className="steps">
        {stages.map((stage) => (
          <li key={stage.name} className="step">
            {stage.name === "ranker" ? <RankerStep stage={stage} /> : <FactorStep stage={stage} />}
          </li>
        ))}
        {place !== undefined && (
          <li className="step step--end">
            <span className="step__what">{words.stepEnd(place)}</span>
          </li>
        )}
      </ol>
    </section>
  );
}

function RankerStep({ stage }: { stage: Stage }) {
  const { why: words, locale } = useMessages();
  const { before, after, factor } = stage;
  const chance = new Intl.NumberFormat(locale, { style: "percent", maximumSignificantDigits: 2 }).format(factor);
  return (
    <>
      <span className="step__what">
        {words.stepNames.ranker}
        <span className="step__more">{words.chance(chance)}</span>
      </span>
      {before !== undefined && after !== undefined && (
        <Change way={before - after}>
          <span aria-hidden="true">
            {before} → {after}
          </span>
          <span className="visually-hidden">{words.moved(before, after)}</span>
        </Change>
      )}
    </>
  );
}

function FactorStep({ stage }: { stage: Stage }) {
  const { why: words, locale } = useMessages();
  const times = new Intl.NumberFormat(locale, { maximumSignificantDigits: stage.factor < 1 ? 2 : 3 }).format(stage.factor);
  return (
    <>
      <span className="step__what">{words.stepNames[stage.name] ?? stage.text}</span>
      <Change way={stage.factor - 1}>
        <span aria-hidden="true">×{times}</span>
        <span className="visually-hidden">{words.multiplied(times)}</span>
      </Change>
    </>
  );
}

/** A figure with the way it moved the item: above 0 up, below 0 down. */
function Change({ way, children }: { way: number; children: ReactNode }) {
  const look = way > 0 ? "up" : way < 0 ? "down" : undefined;
  return (
    <span className={look ? `step__change step__change--${look}` : "step__change"}>
      {look && <Icon name={look} />}
      {children}
    </span>
  );
}
