/** What every drawing is made with: paints, the item's pattern, and forms that are shaded alike. */

import type { ReactNode } from "react";
import type { Paint } from "./palette.ts";

export type Brush = Paint & {
  /** `url(#…)` of the item's pattern, if it has one. */
  pattern?: string;
  /** `url(#…)` of the light from the left. */
  shade: string;
  hash: number;
  /** Whether title or attributes mention any of these words. */
  has: (...words: string[]) => boolean;
};

export type Draw = (brush: Brush) => ReactNode;

export const WOOD = "#cfa36e";
export const WOOD_DEEP = "#a87a48";
export const METAL = "#c8ced4";
export const METAL_DEEP = "#98a1ab";
export const PAPER = "#fdfaf2";
export const LEAF = "#79a274";
export const DARK = "#2f3a44";
export const GLASS = "#e4f1f4";

type FormProps = { brush: Brush; d: string; fill?: string; plain?: boolean; flat?: boolean };

/** A closed form in the item's colour, with its pattern (unless `plain`) and shade (unless `flat`). */
export function Form({ brush, d, fill = brush.base, plain = false, flat = false }: FormProps) {
  return (
    <>
      <path d={d} fill={fill} />
      {!plain && brush.pattern && <path d={d} fill={brush.pattern} />}
      {!flat && <path d={d} fill={brush.shade} />}
    </>
  );
}

type LineProps = { d: string; stroke: string; width?: number };

export function Line({ d, stroke, width = 4 }: LineProps) {
  return <path d={d} fill="none" stroke={stroke} strokeWidth={width} strokeLinecap="round" strokeLinejoin="round" />;
}

/** A rounded rectangle as path data. */
export function box(x: number, y: number, width: number, height: number, r = 6): string {
  const [w, h] = [width - 2 * r, height - 2 * r];
  return `M${x + r} ${y}h${w}a${r} ${r} 0 0 1 ${r} ${r}v${h}a${r} ${r} 0 0 1-${r} ${r}h-${w}a${r} ${r} 0 0 1-${r}-${r}v-${h}a${r} ${r} 0 0 1 ${r}-${r}Z`;
}

/** An ellipse as path data. */
export function oval(cx: number, cy: number, rx: number, ry = rx): string {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0-${2 * rx} 0Z`;
}

export function heart(cx: number, cy: number, s: number): string {
  return `M${cx} ${cy + s}C${cx - 1.9 * s} ${cy - 0.3 * s} ${cx - 0.75 * s} ${cy - 1.5 * s} ${cx} ${cy - 0.45 * s}C${cx + 0.75 * s} ${cy - 1.5 * s} ${cx + 1.9 * s} ${cy - 0.3 * s} ${cx} ${cy + s}Z`;
}

export function star(cx: number, cy: number, r: number, points = 5, inner = 0.45): string {
  const corner = (i: number) => {
    const reach = i % 2 === 0 ? r : r * inner;
    const angle = (Math.PI * i) / points - Math.PI / 2;
    return `${(cx + reach * Math.cos(angle)).toFixed(1)} ${(cy + reach * Math.sin(angle)).toFixed(1)}`;
  };
  return `M${Array.from({ length: 2 * points }, (_, i) => corner(i)).join("L")}Z`;
}

/** Five round petals. */
export function flower(cx: number, cy: number, r: number): string {
  return Array.from({ length: 5 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 5 - Math.PI / 2;
    return oval(Number((cx + r * Math.cos(angle)).toFixed(1)), Number((cy + r * Math.sin(angle)).toFixed(1)), r * 0.62);
  }).join("");
}

/** The little picture on signs, cards and mugs: what the item's words name, else by its number. */
export function Motif({ brush, x, y, size, fill = brush.accent }: { brush: Brush; x: number; y: number; size: number; fill?: string }) {
  const d = motifPath(brush, x, y, size);
  return <path d={d} fill={fill} />;
}

function motifPath({ has, hash }: Brush, x: number, y: number, s: number): string {
  if (has("heart", "love", "爱心")) return heart(x, y, s * 0.8);
  if (has("star", "christmas", "星")) return star(x, y, s);
  if (has("flower", "rose", "daisy", "floral", "blossom", "garden", "花")) return flower(x, y, s * 0.62) + oval(x, y, s * 0.3);
  if (has("bird", "robin", "owl", "hen", "dove", "鸟")) return bird(x, y, s);
  if (has("cat", "dog", "rabbit", "bunny", "bear", "猫", "兔", "熊")) return paw(x, y, s);
  const any = [heart(x, y, s * 0.8), star(x, y, s), flower(x, y, s * 0.62), bird(x, y, s), oval(x, y, s * 0.75)];
  return any[(hash >>> 9) % any.length]!;
}

export function bird(x: number, y: number, s: number): string {
  const body = oval(x - 0.05 * s, y + 0.18 * s, 0.72 * s, 0.52 * s) + oval(x + 0.48 * s, y - 0.36 * s, 0.4 * s);
  const tail = `M${x - 0.5 * s} ${y - 0.05 * s}l${-0.75 * s} ${-0.3 * s} ${0.2 * s} ${0.7 * s}Z`;
  const beak = `M${x + 0.8 * s} ${y - 0.55 * s}l${0.42 * s} ${0.2 * s} ${-0.42 * s} ${0.16 * s}Z`;
  return body + tail + beak;
}

function paw(x: number, y: number, s: number): string {
  const toes = [-0.75, -0.27, 0.27, 0.75].map((dx) => oval(x + dx * s, y - (0.55 - 0.25 * Math.abs(dx)) * s, 0.22 * s, 0.28 * s));
  return oval(x, y + 0.35 * s, 0.6 * s, 0.48 * s) + toes.join("");
}
