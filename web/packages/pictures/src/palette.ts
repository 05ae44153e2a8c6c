/** Colours of the drawings: from a catalogue's word for a colour to paint, with its shades and a ground to stand on. */

const BASE: Record<string, string> = {
  red: "#d2493f", wine: "#7d2c44", burgundy: "#7d2c44", pink: "#eda6b6", rose: "#d9798f", fuchsia: "#cf4f91", coral: "#ee8268",
  orange: "#ec9a51", amber: "#d98f2b", yellow: "#f0cf62", mustard: "#d3a336", gold: "#d9b660", champagne: "#dcc79c",
  green: "#5f9467", forest: "#2f5d4a", olive: "#83854f", sage: "#a5b79a", mint: "#a5d6c0", celadon: "#a3c2af", jade: "#5aa58a", lime: "#b5cf5b",
  turquoise: "#58b5b3", teal: "#2f8587", aqua: "#8accd1", blue: "#6f9fd0", sky: "#93bfe2", navy: "#34466d", cobalt: "#3b62b0", denim: "#54739b",
  purple: "#9c86c9", lilac: "#bcaadb", lavender: "#bcaadb", amethyst: "#8d6bb5", plum: "#6f3f68",
  brown: "#8a6249", chocolate: "#6a4736", coffee: "#7b5844", camel: "#b98a58", tan: "#c79c6d", khaki: "#b7a57a", beige: "#dccbb0",
  natural: "#d8bf97", wood: "#cfa772", wicker: "#c9a06a", cream: "#f2e4c9", ivory: "#f4ead7", white: "#f6f4ef",
  grey: "#9ba0a6", gray: "#9ba0a6", silver: "#c6cbd1", copper: "#c07c55", bronze: "#a07446", black: "#383c45", charcoal: "#4b515b",
  clear: "#d8e8ec", crystal: "#d8e8ec", multicolour: "#e08fb4",
}; // prettier-ignore

/** For items whose catalogue names no colour. */
const SPARE = ["#d9798f", "#6f9fd0", "#ecb151", "#5f9467", "#9c86c9", "#58b5b3", "#ee8268", "#a5d6c0", "#34466d", "#c79c6d"];

const ACCENTS = ["#f6f1e4", "#ecb84b", "#d2493f", "#4f7fae", "#5f9467", "#eda6b6", "#2f4858", "#8accd1"];

/** Tints behind the items: [light page, dark page]. */
const GROUNDS: readonly (readonly [string, string, number])[] = [
  ["#dcebe6", "#27403c", 165],
  ["#f8e3dd", "#46302e", 15],
  ["#f8ecca", "#433a22", 45],
  ["#dde8f4", "#26384d", 210],
  ["#e8e2f3", "#352f48", 265],
  ["#ece7dd", "#3a3730", 80],
];

/** The paint for a colour word, also within a phrase such as "sky blue". */
export function baseColour(word: string | undefined): string {
  return knownColour(word) ?? SPARE[0]!;
}

function knownColour(word: string | undefined): string | undefined {
  if (!word) return undefined;
  const whole = word.toLowerCase();
  if (BASE[whole]) return BASE[whole];
  const last = whole.split(/[^a-z]+/).findLast((part) => BASE[part]);
  return last && BASE[last];
}

export type Paint = { base: string; deep: string; light: string; accent: string; accentDeep: string; ground: readonly [string, string] };

export function paintFor(colour: string | undefined, hash: number): Paint {
  const base = knownColour(colour) ?? SPARE[hash % SPARE.length]!;
  const accent = ACCENTS.filter((one) => distance(one, base) > 110)[hash % 5] ?? ACCENTS[0]!;
  const hue = hueOf(base);
  const grounds = GROUNDS.filter(([tint, , at]) => Math.abs(((at - hue + 540) % 360) - 180) > 35 && distance(tint, base) > 40);
  const [light, dark] = (grounds.length > 0 ? grounds : GROUNDS)[(hash >>> 5) % (grounds.length || GROUNDS.length)]!;
  return {
    base,
    deep: mix(base, "#22303c", 0.28),
    light: mix(base, "#ffffff", 0.45),
    accent,
    accentDeep: mix(accent, "#22303c", 0.25),
    ground: [light, dark],
  };
}

export function mix(from: string, to: string, part: number): string {
  const [a, b] = [channels(from), channels(to)];
  return `#${a.map((one, i) => Math.round(one + (b[i]! - one) * part).toString(16).padStart(2, "0")).join("")}`;
}

function channels(hex: string): [number, number, number] {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}

function distance(one: string, other: string): number {
  const [a, b] = [channels(one), channels(other)];
  return Math.hypot(...a.map((channel, i) => channel - b[i]!));
}

function hueOf(hex: string): number {
  const [r, g, b] = channels(hex);
  const angle = Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b);
  return (angle * 180) / Math.PI + (angle < 0 ? 360 : 0);
}

/** From 0 (black) to 255 (white), as eyes weigh it. */
export function brightness(hex: string): number {
  const [r, g, b] = channels(hex);
  return 0.3 * r + 0.59 * g + 0.11 * b;
}
