/** Patterns that cover an item: chosen by its words, else by its number, and often none. */

import type { ReactNode } from "react";
import { flower, heart, star } from "./brush.tsx";

type Tile = { size: number; turn?: number; content: (ink: string, other: string) => ReactNode };

const TILES: Record<string, Tile> = {
  dots: {
    size: 22,
    content: (ink) => (
      <g fill={ink}>
        <circle cx="11" cy="11" r="5" />
        {[0, 22].flatMap((x) => [0, 22].map((y) => <circle key={`${x}|${y}`} cx={x} cy={y} r="5" />))}
      </g>
    ),
  },
  pin: { size: 12, content: (ink) => <circle cx="6" cy="6" r="1.7" fill={ink} /> },
  stripes: { size: 16, content: (ink) => <rect width="7" height="16" fill={ink} /> },
  candy: { size: 16, turn: 45, content: (ink) => <rect width="6" height="16" fill={ink} /> },
  gingham: {
    size: 18,
    content: (ink) => (
      <>
        <rect width="9" height="18" fill={ink} opacity=".5" />
        <rect width="18" height="9" fill={ink} opacity=".5" />
      </>
    ),
  },
  hearts: { size: 26, content: (ink) => <path d={heart(8, 9, 5) + heart(21, 21, 5)} fill={ink} /> },
  stars: { size: 28, content: (ink) => <path d={star(8, 9, 5.5) + star(22, 22, 4)} fill={ink} /> },
  flowers: {
    size: 34,
    content: (ink, other) => (
      <>
        <path d={flower(10, 11, 5) + flower(27, 27, 4)} fill={ink} />
        <circle cx="10" cy="11" r="2.5" fill={other} />
        <circle cx="27" cy="27" r="2" fill={other} />
        <path d="M24 8q5-3 6 2-5 2-6-2ZM5 28q4-4 7 0-4 3-7 0Z" fill="#79a274" />
      </>
    ),
  },
  leaves: { size: 26, turn: 20, content: (ink) => <path d="M4 8q6-7 12 0-6 6-12 0ZM14 21q5-6 10 0-5 5-10 0Z" fill={ink} /> },
  zigzag: { size: 18, content: (ink) => <path d="M0 5l9 7 9-7v5l-9 7-9-7Z" fill={ink} /> },
  snow: { size: 28, content: (ink) => <path d="M9 3v12M3.8 6l10.4 6M14.2 6 3.8 12M22 18v8M18.5 20l7 4M25.5 20l-7 4" stroke={ink} strokeWidth="1.7" /> },
  jack: {
    size: 60,
    content: () => (
      <>
        <rect width="60" height="60" fill="#34466d" />
        <path d="M0 0l60 60M60 0 0 60" stroke="#f6f4ef" strokeWidth="12" />
        <path d="M0 0l60 60M60 0 0 60" stroke="#c8453c" strokeWidth="4" />
        <path d="M30 0v60M0 30h60" stroke="#f6f4ef" strokeWidth="17" />
        <path d="M30 0v60M0 30h60" stroke="#c8453c" strokeWidth="9" />
      </>
    ),
  },
};

const BY_WORD: readonly (readonly [string, readonly string[]])[] = [
  ["jack", ["union jack", "union flag"]],
  ["dots", ["polka", "polkadot", "retrospot", "spot", "spotty", "dot", "dots", "circles", "波点"]],
  ["gingham", ["gingham", "check", "checks", "tartan", "picnic", "方格", "格子", "格纹"]],
  ["candy", ["candy", "humbug", "cane"]],
  ["stripes", ["stripe", "stripes", "stripey", "striped", "deckchair", "条纹"]],
  ["hearts", ["hearts", "sweetheart", "love", "爱心"]],
  ["snow", ["christmas", "snow", "snowflake", "snowflakes", "nordic", "雪花"]],
  ["stars", ["stars", "starry", "space", "spaceboy", "星空"]],
  ["flowers", ["flowers", "floral", "flower", "rose", "roses", "blossom", "daisy", "paisley", "garden", "botanical", "印花", "碎花", "樱花"]],
  ["leaves", ["leaf", "leaves", "woodland", "forest", "竹"]],
  ["zigzag", ["zigzag", "chevron", "mosaic"]],
];

const BY_CHANCE = ["dots", "pin", "stripes", "flowers", "leaves", "candy", "hearts"];

export type Pattern = { name: string; ink: string };

/** About a third of the items whose words say nothing get a quiet pattern. */
export function patternFor(has: (...words: string[]) => boolean, hash: number): string | undefined {
  const named = BY_WORD.find(([, words]) => has(...words));
  if (named) return named[0];
  if (has("plain", "glass", "metal", "crystal", "silver", "纯色")) return undefined;
  return hash % 3 === 0 ? BY_CHANCE[(hash >>> 7) % BY_CHANCE.length] : undefined;
}

export function PatternTile({ id, name, ink, other }: { id: string; name: string; ink: string; other: string }) {
  const tile = TILES[name]!;
  return (
    <pattern id={id} width={tile.size} height={tile.size} patternUnits="userSpaceOnUse" patternTransform={tile.turn ? `rotate(${tile.turn})` : undefined}>
      {tile.content(ink, other)}
    </pattern>
  );
}
