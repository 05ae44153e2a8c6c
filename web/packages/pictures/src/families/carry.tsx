/** What is carried. */

import { box, DARK, Form, Line, METAL_DEEP, Motif, oval, PAPER, WOOD_DEEP, type Draw } from "../brush.tsx";

const GOLD = "#d9b660";

export const bag: Draw = (b) => (
  <>
    <path d="M68 84c0-62 64-62 64 0" fill="none" stroke={b.deep} strokeWidth="9" />
    <Form brush={b} d="M34 78h132l10 86c1 5-3 8-8 8H32c-5 0-9-3-8-8Z" />
    {!b.pattern && <Motif brush={b} x={100} y={124} size={28} />}
  </>
);

export const handbag: Draw = (b) => (
  <>
    <path d="M62 88c0-56 76-56 76 0" fill="none" stroke={b.deep} strokeWidth="9" />
    <Form brush={b} d="M30 86c0-8 6-12 14-12h112c8 0 14 4 14 12l6 72c0 8-6 14-14 14H38c-8 0-14-6-14-14Z" />
    <path d="M30 86c0-8 6-12 14-12h112c8 0 14 4 14 12l2 18c-20 22-124 22-144 0Z" fill={b.deep} opacity=".8" />
    <path d={box(90, 106, 20, 22, 5)} fill={GOLD} />
  </>
);

export const purse: Draw = (b) => (
  <>
    <path d="M86 58c-8-16 6-22 8-8M114 58c8-16-6-22-8-8" fill={GOLD} stroke={GOLD} strokeWidth="7" strokeLinecap="round" />
    <Form brush={b} d="M42 76c14-20 102-20 116 0 26 44 16 96-58 96S16 120 42 76Z" />
    <path d="M42 76c14-20 102-20 116 0" fill="none" stroke={GOLD} strokeWidth="8" strokeLinecap="round" />
    {!b.pattern && <Motif brush={b} x={100} y={124} size={24} />}
  </>
);

export const washBag: Draw = (b) => (
  <>
    <Form brush={b} d="M24 92c0-16 12-24 30-24h92c18 0 30 8 30 24v52c0 18-12 28-30 28H54c-18 0-30-10-30-28Z" />
    <path d="M30 88h140" stroke={b.deep} strokeWidth="6" strokeDasharray="3 4" />
    <path d="M158 88l8 24-14 2-4-24Z" fill={GOLD} />
    {!b.pattern && <Motif brush={b} x={96} y={130} size={22} />}
  </>
);

export const lunchBag: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.deep} d="M52 52h96l8 26H44Z" />
    <Form brush={b} d={box(42, 70, 116, 102, 10)} />
    <path d="M84 52c0-22 32-22 32 0" fill="none" stroke={b.accent} strokeWidth="8" />
    {!b.pattern && <Motif brush={b} x={100} y={122} size={26} />}
  </>
);

export const backpack: Draw = (b) => (
  <>
    <path d="M84 40c0-22 32-22 32 0" fill="none" stroke={b.deep} strokeWidth="8" />
    <Form brush={b} plain fill={b.deep} d={box(28, 104, 24, 56, 10) + box(148, 104, 24, 56, 10)} />
    <Form brush={b} d="M46 88c0-34 20-52 54-52s54 18 54 52v68c0 10-6 16-16 16H62c-10 0-16-6-16-16Z" />
    <Form brush={b} plain fill={b.light} d={box(62, 108, 76, 50, 12)} />
    <path d="M66 122h68" stroke={b.deep} strokeWidth="4" />
    <path d={box(116, 120, 8, 16, 3)} fill={b.accent} />
  </>
);

export const suitcase: Draw = (b) => (
  <>
    <path d="M82 52V28h36v24" fill="none" stroke={METAL_DEEP} strokeWidth="7" />
    <path d={oval(62, 172, 8) + oval(138, 172, 8)} fill={DARK} />
    <Form brush={b} d={box(44, 50, 112, 118, 16)} />
    <path d="M68 54v110M90 54v110M112 54v110M134 54v110" stroke={b.deep} strokeWidth="3" opacity=".5" />
    <path d={box(86, 46, 28, 12, 4)} fill={b.deep} />
  </>
);

export const travelWallet: Draw = (b) => (
  <>
    <path d="M136 46c30-30 46 10 22 20" fill="none" stroke={b.deep} strokeWidth="5" />
    <Form brush={b} d={box(46, 36, 104, 136, 12)} />
    <path d={box(62, 56, 72, 44, 5)} fill={PAPER} />
    <Line d="M72 70h50M72 82h34" stroke={METAL_DEEP} width={4} />
    <Motif brush={b} x={98} y={136} size={18} />
  </>
);

export const umbrella: Draw = (b) => (
  <>
    <Line d="M100 30V18M100 96v54c0 22-30 22-30 2" stroke={WOOD_DEEP} width={6} />
    <Form brush={b} d="M16 102c0-46 38-76 84-76s84 30 84 76c-14-14-32-14-42 0-12-16-30-16-42 0-12-16-30-16-42 0-10-14-28-14-42 0Z" />
    <path d="M100 26c-26 16-40 44-42 76M100 26c26 16 40 44 42 76M100 26v76" fill="none" stroke={b.deep} strokeWidth="2.5" opacity=".5" />
  </>
);
