/** Tea, snacks and drinks. */

import { box, DARK, Form, LEAF, Line, Motif, oval, PAPER, star, WOOD, WOOD_DEEP, type Draw } from "../brush.tsx";

export const teaCaddy: Draw = (b) => (
  <>
    <Form brush={b} d="M52 68h96v96c0 5-3 8-8 8H60c-5 0-8-3-8-8Z" />
    <Form brush={b} plain fill={b.deep} d="M48 42c0-6 4-10 10-10h84c6 0 10 4 10 10v28H48Z" />
    <path d={box(68, 88, 64, 64, 4)} fill={PAPER} />
    <path d="M100 142c-24-8-26-30-14-44 18 8 20 26 14 44ZM102 142c-2-18 6-34 26-40 6 20-6 36-26 40Z" fill={LEAF} />
  </>
);

export const teaCake: Draw = (b) => (
  <>
    <Form brush={b} plain fill={PAPER} d={oval(100, 104, 74)} />
    <path d="M100 30l18 74-18 74-18-74ZM26 104l74-18 74 18-74 18Z" fill="#e7dfcd" />
    <circle cx="100" cy="104" r="46" fill={b.base} />
    <circle cx="100" cy="104" r="38" fill="none" stroke={PAPER} strokeWidth="3" />
    <path d="M100 132c-20-8-22-28-12-40 14 8 18 22 12 40ZM102 132c0-16 6-30 22-36 4 18-4 32-22 36Z" fill={PAPER} />
  </>
);

export const teaSet: Draw = (b) => (
  <>
    <Form brush={b} plain fill={WOOD} d={box(14, 146, 172, 26, 8)} />
    <path d="M128 98c22-4 24 24 2 28" fill="none" stroke={b.deep} strokeWidth="7" />
    <Form brush={b} plain fill={b.deep} d="M56 112c-14-2-14-20-26-26l6-8c14 2 18 16 28 18Z" />
    <Form brush={b} d="M48 118c0-24 18-36 44-36s44 12 44 36-16 30-44 30-44-6-44-30Z" />
    <path d="M70 84c4-14 40-14 44 0Z" fill={b.light} />
    <circle cx="92" cy="70" r="6" fill={b.deep} />
    <Form brush={b} plain fill={b.light} d="M142 122h36c0 16-6 26-18 26s-18-10-18-26Z" />
  </>
);

/** A pillow bag, open to what is inside by the picture on its front. */
export const snackBag: Draw = (b) => (
  <>
    <Form brush={b} d="M48 34h104l-6 20c8 34 8 66 0 100l6 20H48l6-20c-8-34-8-66 0-100Z" />
    <path d="M48 34h104l-4 12H52ZM52 162h96l4 12H48Z" fill={b.deep} />
    <path d={oval(100, 112, 36, 34)} fill={PAPER} opacity=".95" />
    <Snack b={b} />
    <path d={box(68, 60, 64, 12, 4)} fill={b.light} />
  </>
);

function Snack({ b }: { b: Parameters<Draw>[0] }) {
  if (b.has("nuts", "nut", "坚果", "walnut", "核桃", "kernel")) {
    return <path d={oval(88, 108, 11, 15) + oval(114, 104, 11, 15) + oval(102, 126, 14, 11)} fill={WOOD_DEEP} />;
  }
  if (b.has("crisps", "薯片", "chips")) return <path d="M74 106c14-14 34-8 40 6-14 10-32 8-40-6ZM96 126c12-12 28-8 32 4-10 8-26 6-32-4Z" fill="#f0c04f" />;
  if (b.has("jerky", "beef", "肉", "牛肉")) return <path d={box(76, 96, 48, 12, 4) + box(80, 112, 44, 12, 4) + box(84, 128, 34, 8, 3)} fill="#94443a" />;
  if (b.has("biscuits", "biscuit", "cookie", "饼干")) {
    return (
      <>
        <circle cx="100" cy="112" r="24" fill="#dcae6c" />
        <path d={oval(92, 104, 4) + oval(108, 108, 4) + oval(96, 120, 4) + oval(112, 122, 3)} fill="#6a4736" />
      </>
    );
  }
  return <Motif brush={b} x={100} y={112} size={20} fill={b.deep} />;
}

export const sweets: Draw = (b) => (
  <>
    {[[70, 78, b.base, -20], [130, 96, b.accent, 18], [86, 140, b.deep, 6]].map(([x, y, fill, turn], i) => (
      <g key={i} transform={`translate(${x} ${y}) rotate(${turn})`}>
        <path d="M-26 0l-24-16v32ZM26 0l24-16v32Z" fill={b.light} />
        <circle r="28" fill={String(fill)} />
        <circle r="28" fill={b.shade} />
        <path d="M-22-12c14 10 30 10 44 0M-24 10c16-8 32-8 48 0" fill="none" stroke={PAPER} strokeWidth="4" opacity=".8" />
      </g>
    ))}
  </>
);

export const coffee: Draw = (b) => (
  <>
    <Form brush={b} d="M58 40h84l8 124c0 5-3 8-8 8H58c-5 0-8-3-8-8Z" />
    <path d="M58 40h84l1 14H57Z" fill={b.deep} />
    <path d={box(68, 84, 64, 62, 6)} fill={PAPER} />
    <path d={oval(100, 115, 17, 23)} fill="#6a4736" transform="rotate(24 100 115)" />
    <path d="M92 94c14 12-2 26 16 42" fill="none" stroke={PAPER} strokeWidth="4" />
    <path d={box(44, 30, 112, 12, 5)} fill={b.accentDeep} />
  </>
);

export const drinkBox: Draw = (b) => (
  <>
    <Line d="M122 40l14-28h18" stroke={b.accentDeep} width={6} />
    <Form brush={b} d={box(56, 38, 88, 134, 6)} />
    <path d="M56 54h88" stroke={b.deep} strokeWidth="4" />
    <path d={oval(100, 112, 30, 34)} fill={PAPER} />
    <path d={star(100, 112, 18)} fill={b.accent} />
  </>
);

export const seasoningJar: Draw = (b) => (
  <>
    {[[30, b.base], [82, b.accent], [134, b.deep]].map(([x, fill], i) => (
      <g key={i}>
        <path d={box(Number(x), 92, 42, 80, 8)} fill="#e4f1f4" />
        <path d={box(Number(x) + 4, 116, 34, 52, 5)} fill={String(fill)} />
        <Form brush={b} plain fill={WOOD} d={box(Number(x) - 2, 72, 46, 22, 5)} />
      </g>
    ))}
    <Line d="M40 130h22M92 130h22M144 130h22" stroke={PAPER} width={5} />
    <path d={oval(155, 64, 5)} fill={DARK} />
  </>
);
