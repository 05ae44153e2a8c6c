/** Phones, sound and appliances. */

import { box, DARK, Form, Line, METAL, METAL_DEEP, oval, PAPER, type Draw } from "../brush.tsx";

const SCREEN = "#1b2833";
const GLOW = "#7fd0c2";

export const phone: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.deep} d={box(88, 34, 76, 138, 16)} />
    <path d={box(96, 44, 34, 38, 12)} fill={b.base} />
    <path d={oval(108, 56, 6) + oval(108, 72, 6) + oval(121, 64, 5)} fill={DARK} />
    <Form brush={b} plain d={box(42, 24, 80, 148, 16)} />
    <path d={box(49, 31, 66, 134, 11)} fill={SCREEN} />
    <path d="M49 120c20-30 46 10 66-24v58a11 11 0 0 1-11 11H60a11 11 0 0 1-11-11Z" fill={b.light} opacity=".85" />
    <circle cx="82" cy="72" r="14" fill={b.accent} />
    <path d={box(70, 37, 24, 7, 3.5)} fill="#0b141b" />
  </>
);

export const phoneCase: Draw = (b) => (
  <>
    <Form brush={b} d={box(56, 24, 88, 148, 20)} />
    <path d={box(66, 34, 38, 46, 14)} fill={b.deep} />
    <path d={oval(79, 48, 8) + oval(79, 66, 8) + oval(94, 57, 6)} fill={DARK} />
  </>
);

export const screenProtector: Draw = (b) => (
  <>
    <path d={box(48, 34, 84, 138, 14)} fill={SCREEN} />
    <path d={box(70, 22, 84, 138, 14)} fill="#dff0f4" opacity=".75" />
    <path d={box(70, 22, 84, 138, 14)} fill="none" stroke={b.base} strokeWidth="4" />
    <path d="M84 118l50-66M96 132l48-62" stroke="#fff" strokeWidth="7" strokeLinecap="round" opacity=".85" />
  </>
);

export const earbuds: Draw = (b) => (
  <>
    <Form brush={b} plain d={box(46, 92, 108, 80, 34)} />
    <path d="M46 122h108" stroke={b.deep} strokeWidth="4" />
    <circle cx="100" cy="146" r="4" fill={GLOW} />
    <Form brush={b} plain fill={b.light} d="M62 36a22 22 0 1 1 22 30v34H70V64c-6-6-10-16-8-28ZM138 36a22 22 0 1 0-22 30v34h14V64c6-6 10-16 8-28Z" />
    <path d={oval(72, 42, 8, 11) + oval(128, 42, 8, 11)} fill={DARK} />
  </>
);

export const headphones: Draw = (b) => (
  <>
    <path d="M38 120c-6-120 130-120 124 0" fill="none" stroke={b.base} strokeWidth="13" />
    <Form brush={b} plain d={box(22, 98, 40, 68, 18) + box(138, 98, 40, 68, 18)} />
    <path d={box(52, 104, 16, 56, 8) + box(132, 104, 16, 56, 8)} fill={DARK} />
  </>
);

export const speaker: Draw = (b) => (
  <>
    <Form brush={b} plain d={box(52, 28, 96, 144, 22)} />
    <circle cx="100" cy="122" r="34" fill={DARK} />
    <circle cx="100" cy="122" r="20" fill={METAL_DEEP} />
    <circle cx="100" cy="122" r="8" fill={DARK} />
    <circle cx="100" cy="62" r="17" fill={DARK} />
    <circle cx="100" cy="62" r="7" fill={METAL_DEEP} />
  </>
);

export const powerBank: Draw = (b) => (
  <>
    <path d="M122 44c40-30 50 30 30 60" fill="none" stroke={METAL_DEEP} strokeWidth="6" />
    <Form brush={b} plain d={box(46, 38, 88, 134, 16)} />
    <path d="M96 70l-22 36h16l-6 28 24-38H92Z" fill={b.accent} />
    {[62, 76, 90, 104].map((x, i) => (
      <circle key={x} cx={x} cy="154" r="4" fill={i < 3 ? GLOW : b.deep} />
    ))}
  </>
);

export const charger: Draw = (b) => (
  <>
    <path d="M112 96c60 0 20 70 70 60" fill="none" stroke={b.deep} strokeWidth="7" strokeLinecap="round" />
    <Line d="M54 58V34M86 58V34" stroke={METAL_DEEP} width={9} />
    <Form brush={b} plain d={box(28, 54, 86, 92, 20)} />
    <path d={box(50, 86, 42, 12, 6)} fill={DARK} />
    <circle cx="71" cy="122" r="4" fill={GLOW} />
  </>
);

export const laptop: Draw = (b) => (
  <>
    <Form brush={b} plain d={box(36, 46, 128, 92, 10)} />
    <path d={box(44, 54, 112, 76, 5)} fill={SCREEN} />
    <path d="M44 116c40-40 70 10 112-30v40a4 4 0 0 1-4 4H48a4 4 0 0 1-4-4Z" fill={b.light} opacity=".8" />
    <Form brush={b} plain fill={METAL} d="M16 138h168l-8 20c-2 6-6 8-12 8H36c-6 0-10-2-12-8Z" />
    <path d={box(82, 138, 36, 8, 3)} fill={METAL_DEEP} />
  </>
);

export const airConditioner: Draw = (b) => (
  <>
    <Form brush={b} plain d={box(16, 46, 168, 66, 16)} />
    <path d="M26 94h148c0 10-6 18-16 18H42c-10 0-16-8-16-18Z" fill={b.deep} opacity=".6" />
    <path d={box(134, 62, 34, 14, 4)} fill={SCREEN} />
    <circle cx="144" cy="69" r="3" fill={GLOW} />
    <Line d="M56 128c-8 12 8 20 0 34M100 128c-8 12 8 20 0 34M144 128c-8 12 8 20 0 34" stroke="#8ac3df" width={5} />
  </>
);

export const fan: Draw = (b) => (
  <>
    <path d={box(95, 120, 10, 46, 3)} fill={METAL_DEEP} />
    <Form brush={b} plain d="M60 172c0-10 16-16 40-16s40 6 40 16Z" />
    <circle cx="100" cy="82" r="60" fill="none" stroke={b.base} strokeWidth="8" />
    {[0, 120, 240].map((turn) => (
      <path key={turn} d="M100 82c-24-14-22-44 2-48 20 4 18 30-2 48Z" fill={b.deep} transform={`rotate(${turn} 100 82)`} />
    ))}
    <path d={oval(100, 82, 38) + oval(100, 82, 50)} fill="none" stroke={METAL} strokeWidth="2" />
    <circle cx="100" cy="82" r="11" fill={b.light} />
  </>
);

export const heater: Draw = (b) => (
  <>
    <Form brush={b} plain d={box(32, 56, 136, 100, 14)} />
    {[50, 76, 102, 128].map((x) => (
      <path key={x} d={box(x, 68, 18, 76, 8)} fill="#f3a057" opacity=".85" />
    ))}
    <path d={box(48, 156, 18, 16, 3) + box(134, 156, 18, 16, 3)} fill={b.deep} />
    <Line d="M70 44c-6-8 6-14 0-24M100 44c-6-8 6-14 0-24M130 44c-6-8 6-14 0-24" stroke="#f0b27e" width={4} />
  </>
);

export const humidifier: Draw = (b) => (
  <>
    <path d="M100 52c-20-12 14-22 0-40M116 48c-8-8 10-14 4-26" fill="none" stroke="#a9cfe0" strokeWidth="7" strokeLinecap="round" />
    <Form brush={b} plain d="M100 50c44 30 56 56 52 84-4 26-24 38-52 38s-48-12-52-38c-4-28 8-54 52-84Z" />
    <path d="M50 126c30 12 70-12 102 0 0 30-22 46-52 46s-52-16-50-46Z" fill={b.light} opacity=".7" />
    <circle cx="100" cy="150" r="6" fill={GLOW} />
  </>
);

export const airPurifier: Draw = (b) => (
  <>
    <Form brush={b} plain d={box(52, 26, 96, 146, 20)} />
    <path d={oval(100, 42, 34, 9)} fill={DARK} />
    {Array.from({ length: 6 }, (_, row) => (
      <path key={row} d={Array.from({ length: 7 }, (_, i) => oval(70 + i * 10, 102 + row * 10, 2.6)).join("")} fill={b.deep} />
    ))}
    <circle cx="100" cy="74" r="13" fill={SCREEN} />
    <circle cx="100" cy="74" r="8" fill="none" stroke={GLOW} strokeWidth="3" />
  </>
);

export const vacuum: Draw = (b) => (
  <>
    <Line d="M124 58l-62 96" stroke={METAL_DEEP} width={10} />
    <path d="M30 172c0-16 20-24 48-24v24Z" fill={DARK} />
    <Form brush={b} plain d="M112 74c-8-20 6-50 34-52 22 0 30 18 26 34l-14 44c-6 16-38 8-46-26Z" />
    <circle cx="140" cy="66" r="15" fill={b.light} />
    <path d="M162 42c26-6 26 38 0 40" fill="none" stroke={b.deep} strokeWidth="8" />
  </>
);

export const washingMachine: Draw = (b) => (
  <>
    <Form brush={b} plain d={box(38, 28, 124, 144, 12)} />
    <path d={box(48, 38, 46, 14, 4)} fill={b.deep} opacity=".5" />
    <circle cx="138" cy="45" r="8" fill={b.deep} />
    <circle cx="100" cy="114" r="44" fill={METAL} />
    <circle cx="100" cy="114" r="34" fill={SCREEN} />
    <path d="M67 120c22-14 44 12 66-4a34 34 0 0 1-66 4Z" fill="#7fb6d6" />
  </>
);

export const hairDryer: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.deep} d="M86 104h34l8 60c0 6-4 8-8 8H96c-4 0-8-2-8-8Z" />
    <Form brush={b} plain d="M44 52c34-16 90-16 110 0 22 16 22 48 0 62-24 10-74 8-110-6Z" />
    <path d="M44 50v60l-22-8V58Z" fill={DARK} />
    <circle cx="138" cy="82" r="17" fill={b.light} />
    <circle cx="138" cy="82" r="8" fill={DARK} />
  </>
);

export const campingLamp: Draw = (b) => (
  <>
    <path d="M62 62c0-52 76-52 76 0" fill="none" stroke={METAL_DEEP} strokeWidth="6" />
    <Form brush={b} plain d="M56 60h88l-8 18H64Z" />
    <path d={box(62, 78, 76, 62, 6)} fill="#ffeab5" />
    <path d={oval(100, 110, 16, 24)} fill="#f6b94d" />
    <Line d="M62 78v62M138 78v62" stroke={b.deep} width={6} />
    <Form brush={b} plain d={box(50, 138, 100, 34, 10)} />
    <circle cx="100" cy="155" r="6" fill={PAPER} />
  </>
);
