/** Bath, beauty, health and shoe care. */

import { box, DARK, flower, Form, heart, LEAF, Line, METAL, METAL_DEEP, Motif, oval, PAPER, type Draw } from "../brush.tsx";

const GOLD = "#d9b660";

export const tube: Draw = (b) => (
  <>
    <Form brush={b} d="M60 28h80l-12 112H72Z" />
    <path d={box(56, 22, 88, 14, 3)} fill={b.deep} />
    <path d={box(74, 60, 52, 48, 5)} fill={PAPER} opacity=".92" />
    <Motif brush={b} x={100} y={84} size={15} fill={b.deep} />
    <Form brush={b} plain fill={b.accent} d={box(72, 140, 56, 32, 6)} />
  </>
);

export const creamJar: Draw = (b) => (
  <>
    <Form brush={b} d="M34 96h132v54c0 14-8 22-22 22H56c-14 0-22-8-22-22Z" />
    <path d={box(64, 112, 72, 40, 6)} fill={PAPER} opacity=".92" />
    <Motif brush={b} x={100} y={132} size={14} fill={b.deep} />
    <Form brush={b} plain fill={GOLD} d={box(30, 60, 140, 40, 10)} />
  </>
);

export const pump: Draw = (b) => (
  <>
    <path d="M96 62V36h-30c-8 0-12 6-12 14" fill="none" stroke={METAL_DEEP} strokeWidth="9" strokeLinejoin="round" />
    <path d={box(80, 58, 40, 18, 5)} fill={METAL} />
    <Form brush={b} d="M58 86c0-6 4-12 12-12h60c8 0 12 6 12 12v74c0 8-4 12-12 12H70c-8 0-12-4-12-12Z" />
    <path d={box(70, 98, 60, 48, 6)} fill={PAPER} opacity=".92" />
    <Motif brush={b} x={100} y={122} size={16} fill={b.deep} />
  </>
);

export const serum: Draw = (b) => (
  <>
    <path d="M88 34c0-18 24-18 24 0v22H88Z" fill={DARK} />
    <path d={box(82, 52, 36, 26, 4)} fill={GOLD} />
    <Form brush={b} plain d="M66 92c0-10 8-14 16-14h36c8 0 16 4 16 14v68c0 8-4 12-12 12H78c-8 0-12-4-12-12Z" />
    <path d={box(74, 104, 52, 46, 4)} fill={PAPER} opacity=".92" />
    <path d="M100 112c10 12 12 16 12 22a12 12 0 0 1-24 0c0-6 2-10 12-22Z" fill={b.deep} />
  </>
);

export const faceMask: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.deep} d={box(44, 32, 100, 134, 8)} />
    <Form brush={b} d={box(56, 38, 100, 134, 8)} />
    <path d="M74 84c0-22 64-22 64 0 4 44-12 62-32 62s-36-18-32-62Z" fill={PAPER} />
    <path d={oval(92, 92, 8, 5) + oval(120, 92, 8, 5) + oval(106, 124, 10, 5)} fill={b.base} />
    <path d={box(66, 46, 60, 10, 3)} fill={PAPER} opacity=".8" />
  </>
);

export const lipstick: Draw = (b) => (
  <>
    <Form brush={b} plain d="M80 92V58c0-14 30-34 40-32v66Z" />
    <path d={box(74, 88, 52, 30, 4)} fill={GOLD} />
    <path d={box(68, 112, 64, 60, 6)} fill={DARK} />
    <path d={box(68, 112, 64, 60, 6)} fill={b.shade} />
    <path d="M76 122v40" stroke="#fff" strokeWidth="4" strokeLinecap="round" opacity=".35" />
  </>
);

export const soap: Draw = (b) => (
  <>
    <path d={oval(58, 66, 13) + oval(86, 46, 9) + oval(142, 58, 11)} fill="#cfe6ee" />
    <Form brush={b} d={box(44, 78, 112, 62, 26)} />
    <path d={box(66, 94, 68, 28, 14)} fill="none" stroke={b.deep} strokeWidth="4" />
    <Form brush={b} plain fill={PAPER} d="M22 140h156c-4 22-18 32-40 32H62c-22 0-36-10-40-32Z" />
  </>
);

export const sponge: Draw = (b) => (
  <>
    <path d="M70 60c-20-34 24-40 20-6" fill="none" stroke={b.accentDeep} strokeWidth="5" />
    <Form brush={b} d="M46 60c20-14 90-14 108 0 24 20 22 84 0 102-20 14-88 14-108 0-22-18-24-82 0-102Z" />
    <path d={oval(72, 88, 7, 5) + oval(108, 78, 5) + oval(134, 104, 8, 6) + oval(84, 124, 6, 5) + oval(114, 140, 7, 5) + oval(64, 146, 4) + oval(110, 110, 4)} fill={b.deep} opacity=".6" />
  </>
);

export const firstAid: Draw = (b) => (
  <>
    <path d="M78 62V44h44v18" fill="none" stroke={DARK} strokeWidth="8" />
    <Form brush={b} d={box(26, 60, 148, 112, 14)} />
    <circle cx="100" cy="116" r="36" fill={PAPER} />
    <path d="M92 92h16v16h16v16h-16v16H92v-16H76v-16h16Z" fill="#c8453c" />
  </>
);

export const cosmetics: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.deep} d={oval(92, 70, 54, 46)} />
    <path d={oval(92, 70, 42, 35)} fill="#d7e8ef" />
    <Form brush={b} d={oval(92, 132, 64, 38)} />
    <path d={oval(92, 128, 50, 26)} fill="#f0c9b8" />
    <g transform="rotate(26 160 120)">
      <path d={box(154, 100, 11, 70, 4)} fill={DARK} />
      <path d="M148 100c0-28 24-28 24 0Z" fill={b.accent} />
    </g>
  </>
);

export const perfume: Draw = (b) => (
  <>
    <path d={box(84, 28, 32, 28, 5)} fill={GOLD} />
    <path d={box(90, 54, 20, 14, 2)} fill={METAL} />
    <Form brush={b} plain d={box(44, 66, 112, 106, 18)} />
    <path d={box(58, 80, 84, 78, 10)} fill="#fff" opacity=".35" />
    <path d={flower(100, 118, 18)} fill={PAPER} />
  </>
);

export const wipes: Draw = (b) => (
  <>
    <path d="M70 84c-4-30 16-30 16-56 14 14 30 4 44 16-10 14-2 24 2 40Z" fill={PAPER} />
    <Form brush={b} d={box(22, 82, 156, 90, 18)} />
    <path d={box(56, 74, 88, 22, 10)} fill={b.deep} />
    <path d={heart(100, 136, 20)} fill={PAPER} />
    <Line d="M46 124h20M134 124h20" stroke={b.light} width={5} />
  </>
);

export const brush: Draw = (b) => (
  <g transform="rotate(-24 100 100)">
    <Form brush={b} plain d={box(24, 66, 152, 34, 14)} />
    <path d={Array.from({ length: 12 }, (_, i) => box(32 + i * 11.6, 98, 8, 36, 2)).join("")} fill={DARK} />
    <path d={box(60, 76, 80, 8, 4)} fill={b.light} />
    <path d={oval(36, 84, 5)} fill={LEAF} />
  </g>
);
