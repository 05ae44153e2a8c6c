/** One item as a drawing on a 200 × 200 field; the same item always gives the same drawing. */

import { useId } from "react";
import type { Brush } from "./brush.tsx";
import { drawOf } from "./kinds.ts";
import { brightness, mix, paintFor } from "./palette.ts";
import { PatternTile, patternFor } from "./pattern.tsx";
import { hashOf, type Subject } from "./subject.ts";

/** Where things stand. */
const FLOOR = 172;

export function Drawing({ subject, hasTile = true }: { subject: Subject; hasTile?: boolean }) {
  const id = useId().replace(/\W/g, "");
  const hash = hashOf(subject.id);
  const paint = paintFor(subject.colour, hash);
  const has = wordFinder(subject);
  const { draw, floats, takesPattern } = drawOf(subject);
  const pattern = takesPattern ? patternFor(has, hash) : undefined;
  const isPale = brightness(paint.base) > 205;
  const brush: Brush = { ...paint, hash, has, shade: `url(#${id}s)`, pattern: pattern && `url(#${id}p)` };
  return (
    <svg viewBox="0 0 200 200" className="drawing" aria-hidden="true">
      <defs>
        <linearGradient id={`${id}s`} x1="0" y1="0" x2="1" y2=".25">
          <stop offset="0" stopColor="#fff" stopOpacity=".26" />
          <stop offset=".3" stopColor="#fff" stopOpacity="0" />
          <stop offset=".6" stopColor="#1d2b36" stopOpacity="0" />
          <stop offset="1" stopColor="#1d2b36" stopOpacity=".2" />
        </linearGradient>
        {pattern && (
          <PatternTile id={`${id}p`} name={pattern} ink={isPale ? paint.accentDeep : mix(paint.light, "#ffffff", 0.45)} other={paint.accent} />
        )}
      </defs>
      {hasTile && <rect className="drawing__ground" width="200" height="200" fill={`light-dark(${paint.ground[0]}, ${paint.ground[1]})`} />}
      {!floats && <ellipse cx="100" cy={FLOOR} rx="66" ry="6.5" fill="#17242e" opacity=".13" />}
      {draw(brush)}
    </svg>
  );
}

/** Looks for whole words (or Chinese parts) in the title, type and attributes. */
function wordFinder({ title, type = "", words = [] }: Subject): (...wanted: string[]) => boolean {
  const text = ` ${[title, type, ...words].join(" ").toLowerCase().replace(/[^a-z0-9\u4e00-\u9fff]+/g, " ")} `;
  return (...wanted) => wanted.some((word) => (/[a-z]/.test(word) ? text.includes(` ${word} `) : text.includes(word)));
}
