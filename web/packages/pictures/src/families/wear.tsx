/** What is worn. */

import { box, DARK, Form, heart, Line, Motif, oval, PAPER, WOOD_DEEP, type Draw } from "../brush.tsx";

const GOLD = "#d9b660";

export const scarf: Draw = (b) => (
  <>
    <Form brush={b} fill={b.deep} plain d="M108 96l38 66-34 12-26-68Z" />
    <Form brush={b} d="M66 100h40l-6 72H60Z" />
    <path d="M100 34c40 0 62 18 62 40s-22 40-62 40-62-18-62-40 22-40 62-40Zm0 24c-22 0-34 6-34 15s12 15 34 15 34-6 34-15-12-15-34-15Z" fill={b.base} />
    {b.pattern && <path d="M100 34c40 0 62 18 62 40s-22 40-62 40-62-18-62-40 22-40 62-40Zm0 24c-22 0-34 6-34 15s12 15 34 15 34-6 34-15-12-15-34-15Z" fill={b.pattern} />}
    <path d="M42 82c14 18 36 24 58 24s44-6 58-24" fill="none" stroke={b.deep} strokeWidth="4" opacity=".5" />
    <Line d="M64 172v9M74 172v9M84 172v9M94 172v9" stroke={b.deep} width={3} />
  </>
);

export const dress: Draw = (b) => (
  <>
    <Form brush={b} d="M76 30c4 14 44 14 48 0l12 4c-2 22-8 34-8 50 12 24 30 52 34 82-30 10-94 10-124 0 4-30 22-58 34-82 0-16-6-28-8-50Z" />
    <path d="M72 82h56v10H72Z" fill={b.accent} />
  </>
);

export const skirt: Draw = (b) => (
  <>
    <Form brush={b} d="M68 46h64l34 112c-36 16-96 16-132 0Z" />
    <path d="M66 42h68v14H66Z" fill={b.deep} />
    <Line d="M80 62l-16 96M100 62v104M120 62l16 96" stroke={b.deep} width={2.5} />
  </>
);

export const tshirt: Draw = (b) => (
  <>
    <Form brush={b} d="M72 36c10 14 46 14 56 0l30 10 24 38-26 18-12-16v82c0 3-2 4-4 4H60c-2 0-4-1-4-4V86l-12 16-26-18 24-38Z" />
    <path d="M72 36c10 14 46 14 56 0" fill="none" stroke={b.deep} strokeWidth="6" />
    {!b.pattern && b.hash % 2 === 0 && <Motif brush={b} x={100} y={104} size={20} />}
  </>
);

export const shirt: Draw = (b) => (
  <>
    <Form brush={b} d="M74 38l26 14 26-14 30 10 20 84-22 6-10-40v70c0 3-2 4-4 4H60c-2 0-4-1-4-4V98l-10 40-22-6 20-84Z" />
    <path d="M74 38l26 16 26-16-10 34-16-14-16 14Z" fill={b.light} />
    <Line d="M100 60v108" stroke={b.deep} width={2} />
    <path d={oval(106, 88, 3) + oval(106, 112, 3) + oval(106, 136, 3)} fill={b.deep} />
  </>
);

export const sweater: Draw = (b) => (
  <>
    <Form brush={b} d="M72 40c10 10 46 10 56 0l30 12 22 92-22 8-14-50v62c0 5-3 8-8 8H64c-5 0-8-3-8-8v-62l-14 50-22-8 22-92Z" />
    <path d="M72 40c10 10 46 10 56 0l4 10c-16 12-48 12-64 0Z" fill={b.deep} />
    <path d="M56 156h88v8c0 5-3 8-8 8H64c-5 0-8-3-8-8Z" fill={b.deep} />
    {!b.pattern && <path d="M58 92l14 12 14-12 14 12 14-12 14 12 14-12v12l-14 12-14-12-14 12-14-12-14 12-14-12Z" fill={b.accent} />}
  </>
);

export const coat: Draw = (b) => (
  <>
    <Form brush={b} d="M74 32l26 18 26-18 28 14 24 96-22 8-12-44v62c0 3-2 4-4 4H60c-2 0-4-1-4-4v-62l-12 44-22-8 24-96Z" />
    <path d="M74 32l26 40-20 20-16-50ZM126 32l-26 40 20 20 16-50Z" fill={b.deep} />
    <Line d="M100 74v96" stroke={b.deep} width={3} />
    <path d={oval(90, 106, 4) + oval(90, 130, 4) + oval(110, 106, 4) + oval(110, 130, 4)} fill={b.light} />
  </>
);

export const trousers: Draw = (b) => (
  <>
    <Form brush={b} d="M62 30h76l14 138c0 3-2 4-4 4h-30c-3 0-4-2-5-4l-13-84-13 84c0 2-2 4-5 4H52c-2 0-4-1-4-4Z" />
    <path d="M61 30h78l2 14H59Z" fill={b.deep} />
    <Line d="M100 44v30M70 50c2 12-2 18-10 20M130 50c-2 12 2 18 10 20" stroke={b.deep} width={3} />
  </>
);

export const pyjamas: Draw = (b) => (
  <>
    <Form brush={b} d="M72 22l28 12 28-12 26 8 16 56-18 6-10-24v30H58V68L48 92l-18-6 16-56Z" />
    <Form brush={b} d="M60 104h80l8 66h-34l-14-40-14 40H52Z" />
    <Line d="M100 36v62" stroke={b.accentDeep} width={3} />
    <path d={oval(107, 54, 3) + oval(107, 76, 3)} fill={b.accentDeep} />
  </>
);

export const underwear: Draw = (b) => (
  <>
    <Form brush={b} d="M36 60h128l8 88c-20 10-40 8-54 2l-18-36-18 36c-14 6-34 8-54-2Z" />
    <path d="M35 58h130l2 20H33Z" fill={b.deep} />
    <Line d="M58 68h26" stroke={b.light} width={5} />
  </>
);

export const socks: Draw = (b) => (
  <>
    {[0, 52].map((x, i) => (
      <g key={x}>
        <Form brush={b} fill={i ? b.deep : b.base} plain={i === 1} d={`M${46 + x} 34h36v70c0 12 26 18 26 40 0 16-12 26-30 26-20 0-32-12-32-34Z`} />
        <path d={`M${46 + x} 34h36v16h-36ZM${92 + x} 120c10 8 16 14 16 24 0 16-12 26-30 26 0-20 4-38 14-50Z`} fill={b.accent} />
      </g>
    ))}
  </>
);

export const sneaker: Draw = (b) => (
  <>
    <path d="M18 146h166c4 0 6 3 6 8 0 12-8 18-20 18H34c-12 0-18-10-16-26Z" fill={PAPER} />
    <Form brush={b} plain d="M22 92c10 4 22 2 30-6l18-20 42 40c14 12 40 14 60 20 12 4 16 12 16 24H18c-4-20-2-40 4-58Z" />
    <path d="M22 92c10 4 22 2 30-6l10 12c-8 16-22 24-44 22Z" fill={b.deep} />
    <Line d="M84 82l-14 12M98 94l-14 14M112 106l-14 14" stroke={PAPER} width={5} />
    <path d="M52 146c8-22 30-30 58-26 12 10 18 18 20 26Z" fill={b.accent} opacity=".9" />
  </>
);

export const leatherShoe: Draw = (b) => (
  <>
    <path d="M18 150h160c6 0 10 4 10 10v6H62v6H18Z" fill={DARK} />
    <Form brush={b} plain d="M20 88c22 6 44 4 62-4l28 30c20 6 46 6 62 16 8 6 10 12 10 20H20Z" />
    <path d="M82 84l28 30c-18 8-34 4-46-8Z" fill={b.deep} />
    <Line d="M84 100l14-8M96 110l14-6" stroke={b.light} width={4} />
  </>
);

export const heels: Draw = (b) => (
  <>
    <Form brush={b} plain d="M24 66c24 8 36 22 52 44 18 24 44 34 84 38 16 2 24 8 24 18h-72c-30 0-50-24-62-46l-14 52H26c6-40 2-76-2-106Z" />
    <path d="M24 66c24 8 36 22 52 44l-16 8C48 96 36 84 24 80Z" fill={b.deep} />
  </>
);

export const sandal: Draw = (b) => (
  <>
    <Form brush={b} plain fill={WOOD_DEEP} d="M16 146c40-8 80-6 168 0 6 14-4 26-18 26H34c-14 0-20-12-18-26Z" />
    <path d="M104 148c4-40 46-44 62-2l-20 2c-8-18-20-18-24 0ZM30 148c0-36 34-64 54-40 10 14 12 28 10 40H80c2-18-2-30-12-30s-20 14-22 30Z" fill={b.base} />
    <circle cx="76" cy="106" r="7" fill={GOLD} />
  </>
);

export const boot: Draw = (b) => (
  <>
    <path d="M52 156h120c6 0 10 4 10 10v6H52Z" fill={DARK} />
    <Form brush={b} plain d="M54 30h58l2 66c6 18 58 14 66 44 2 6 2 12 2 18H52Z" />
    <path d="M54 30h58v16H54Z" fill={b.deep} />
    <path d="M82 46v40" stroke={b.deep} strokeWidth="12" opacity=".6" />
  </>
);

export const belt: Draw = (b) => (
  <>
    <Form brush={b} plain d="M40 66c70-30 140 10 134 58-6 40-100 50-128 24l12-18c24 14 80 8 84-12 2-26-44-44-94-32Z" />
    <path d={box(24, 58, 44, 46, 8)} fill="none" stroke={GOLD} strokeWidth="10" />
    <Line d="M46 81h36" stroke={GOLD} width={6} />
    <path d={oval(106, 76, 4) + oval(126, 84, 4) + oval(144, 98, 4)} fill={DARK} />
  </>
);

export const slipper: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.light} d="M18 140c20-10 140-16 162 0 8 20-4 32-24 32H40c-18 0-28-14-22-32Z" />
    <Form brush={b} d="M84 146c2-36 30-60 60-50 28 10 42 30 38 56-30 8-68 6-98-6Z" />
    <path d={heart(136, 122, 15)} fill={b.accent} />
  </>
);
