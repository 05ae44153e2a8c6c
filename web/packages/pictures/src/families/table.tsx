/** What stands on a table. */

import { box, DARK, Form, GLASS, heart, Line, METAL, METAL_DEEP, Motif, oval, PAPER, WOOD, WOOD_DEEP, type Draw } from "../brush.tsx";

export const mug: Draw = (b) => (
  <>
    <path d="M138 84h14a22 22 0 0 1 0 52h-16" fill="none" stroke={b.deep} strokeWidth="12" />
    <Form brush={b} d="M50 62h94v84a26 26 0 0 1-26 26H76a26 26 0 0 1-26-26Z" />
    {!b.pattern && <Motif brush={b} x={97} y={116} size={22} />}
    <path d={oval(97, 62, 47, 11)} fill={b.light} />
    <path d={oval(97, 64, 40, 7.5)} fill={b.deep} />
  </>
);

export const teapot: Draw = (b) => (
  <>
    <path d="M146 96c34-8 40 18 30 34-6 10-18 16-32 16" fill="none" stroke={b.deep} strokeWidth="10" />
    <Form brush={b} plain d="M58 112C36 112 36 84 18 80l10-10c22 2 26 22 40 26Z" fill={b.deep} />
    <Form brush={b} d="M42 122c0-30 24-48 58-48s58 18 58 48-20 50-58 50-58-20-58-50Z" />
    <Form brush={b} plain d="M70 78c4-14 16-20 30-20s26 6 30 20c-18 6-42 6-60 0Z" fill={b.light} />
    <circle cx="100" cy="52" r="8" fill={b.deep} />
    {!b.pattern && <Motif brush={b} x={100} y={124} size={20} />}
  </>
);

export const jug: Draw = (b) => (
  <>
    <path d="M134 74c34-4 36 54-2 58" fill="none" stroke={b.deep} strokeWidth="10" />
    <Form brush={b} d="M58 46l-14-8h88v24c16 22 18 44 14 70-3 26-16 40-46 40s-43-14-46-40c-3-26 4-46 14-62Z" />
    <path d="M44 38h88l-8 10H62Z" fill={b.deep} opacity=".5" />
    {!b.pattern && <Motif brush={b} x={96} y={118} size={20} />}
  </>
);

export const bowl: Draw = (b) => (
  <>
    <path d={box(80, 158, 40, 14, 4)} fill={b.deep} />
    <Form brush={b} d="M28 92h144c0 42-30 70-72 70S28 134 28 92Z" />
    <path d={oval(100, 92, 72, 15)} fill={b.light} />
    <path d={oval(100, 94, 62, 10)} fill={b.deep} opacity=".65" />
  </>
);

export const plate: Draw = (b) => (
  <>
    <Form brush={b} d={oval(100, 102, 76)} />
    <circle cx="100" cy="102" r="52" fill={b.light} />
    <circle cx="100" cy="102" r="52" fill="none" stroke={b.deep} strokeWidth="2" opacity=".4" />
    <Motif brush={b} x={100} y={102} size={24} fill={b.deep} />
  </>
);

export const cutlery: Draw = (b) => (
  <g>
    <Form brush={b} plain d={box(47, 98, 16, 78, 8)} />
    <path d="M42 28v34c0 10 5 16 9 18v22h8V80c4-2 9-8 9-18V28h-5v30h-5V28h-6v30h-5V28Z" fill={METAL} />
    <Form brush={b} plain d={box(92, 98, 16, 78, 8)} />
    <path d="M96 24c16 6 16 50 8 78h-8Z" fill={METAL_DEEP} />
    <Form brush={b} plain d={box(137, 98, 16, 78, 8)} />
    <path d="M145 26c-14 0-19 16-19 30s7 22 14 26v20h10V82c7-4 14-12 14-26s-5-30-19-30Z" fill={METAL} />
  </g>
);

export const glass: Draw = (b) => (
  <>
    <path d={oval(100, 166, 30, 6)} fill={b.light} />
    <path d={box(96, 108, 8, 58, 3)} fill={b.light} />
    <path d="M62 34h76c4 44-8 78-38 78S58 78 62 34Z" fill={GLASS} opacity=".85" />
    <Form brush={b} plain d="M60 62h80c-2 30-14 50-40 50S62 92 60 62Z" />
    <path d="M72 42c-2 22 0 40 8 52" fill="none" stroke="#fff" strokeWidth="5" strokeLinecap="round" opacity=".7" />
  </>
);

export const eggCup: Draw = (b) => (
  <>
    <Form brush={b} plain fill="#f3dcc2" d="M64 88c0-34 18-58 36-58s36 24 36 58Z" />
    <Form brush={b} d="M56 84h88c0 30-14 46-34 48v20l22 10v10H68v-10l22-10v-20C70 130 56 114 56 84Z" />
    <path d="M56 84h88v8H56Z" fill={b.deep} opacity=".35" />
  </>
);

export const cakeStand: Draw = (b) => (
  <>
    <Form brush={b} plain d="M84 124h32l8 40h18v8H58v-8h18Z" fill={b.deep} />
    <path d={box(62, 84, 76, 34, 8)} fill="#f2d6bd" />
    <path d="M58 92c0-14 10-18 42-18s42 4 42 18c-4 10-12 2-16 8-6 8-14-2-20 4-8 8-14-4-22 0-8 6-22 2-26-12Z" fill={b.has("chocolate") ? "#7b5140" : "#f6c5cd"} />
    <circle cx="100" cy="70" r="7" fill="#d2493f" />
    <Form brush={b} d="M26 116h148c-2 12-14 16-24 16H50c-10 0-22-4-24-16Z" />
  </>
);

export const tray: Draw = (b) => (
  <>
    <path d="M24 96c-14 0-14 40 0 40M176 96c14 0 14 40 0 40" fill="none" stroke={b.deep} strokeWidth="8" />
    <Form brush={b} fill={b.deep} plain d={box(20, 64, 160, 104, 18)} />
    <Form brush={b} d={box(32, 76, 136, 80, 10)} />
    {!b.pattern && <Motif brush={b} x={100} y={116} size={26} />}
  </>
);

export const tin: Draw = (b) => (
  <>
    <Form brush={b} d="M42 70h116v92c0 6-20 10-58 10s-58-4-58-10Z" />
    <path d={box(60, 96, 80, 44, 8)} fill={PAPER} />
    <Motif brush={b} x={100} y={118} size={15} fill={b.deep} />
    <Form brush={b} plain fill={b.deep} d="M38 56c0-8 24-12 62-12s62 4 62 12v18c0 6-24 8-62 8s-62-2-62-8Z" />
    <path d={oval(100, 55, 62, 11)} fill={b.base} />
  </>
);

export const jar: Draw = (b) => (
  <>
    <path d="M56 72h88c10 10 12 24 12 44v36c0 14-10 20-20 20H64c-10 0-20-6-20-20v-36c0-20 2-34 12-44Z" fill={GLASS} opacity=".9" />
    <Form brush={b} plain d="M50 104c20-10 80 8 100-4v50c0 10-8 16-18 16H68c-10 0-18-6-18-16Z" />
    <path d={box(66, 112, 68, 36, 5)} fill={PAPER} />
    <Motif brush={b} x={100} y={130} size={13} fill={b.deep} />
    <Form brush={b} plain fill={WOOD} d={box(54, 42, 92, 30, 8)} />
    <path d="M58 84c-4 10-6 20-6 34" fill="none" stroke="#fff" strokeWidth="5" strokeLinecap="round" opacity=".8" />
  </>
);

export const bottle: Draw = (b) => (
  <>
    <Form brush={b} d="M84 54h32v22c0 10 22 14 22 34v48c0 8-6 14-14 14H76c-8 0-14-6-14-14v-48c0-20 22-24 22-34Z" />
    <path d={box(62, 110, 76, 38, 0)} fill={PAPER} />
    <Motif brush={b} x={100} y={129} size={14} fill={b.deep} />
    <Form brush={b} plain fill={b.deep} d={box(80, 30, 40, 28, 6)} />
  </>
);

export const flask: Draw = (b) => (
  <>
    <Form brush={b} d="M68 70h64v88c0 8-6 14-14 14H82c-8 0-14-6-14-14Z" />
    <Form brush={b} plain fill={METAL} d="M72 58h56v14H72Z" />
    <Form brush={b} plain fill={b.deep} d="M70 34c0-6 6-10 12-10h36c6 0 12 4 12 10v26H70Z" />
    {!b.pattern && <Motif brush={b} x={100} y={120} size={18} />}
  </>
);

export const pan: Draw = (b) => (
  <>
    <Form brush={b} plain fill={DARK} d="M124 84l60-34 8 14-62 38Z" />
    <Form brush={b} d={oval(84, 116, 64, 54)} />
    <path d={oval(84, 112, 52, 42)} fill={b.deep} />
    <path d="M52 118c4 18 22 26 34 26" fill="none" stroke="#fff" strokeWidth="5" strokeLinecap="round" opacity=".3" />
    {b.has("egg") && (
      <>
        <path d={oval(86, 112, 30, 24)} fill="#fff" />
        <circle cx="88" cy="110" r="11" fill="#f3b63f" />
      </>
    )}
  </>
);

export const pot: Draw = (b) => (
  <>
    <path d="M30 104H14v16h16M170 104h16v16h-16" fill="none" stroke={b.deep} strokeWidth="9" strokeLinejoin="round" />
    <Form brush={b} d="M30 92h140v52c0 18-12 28-30 28H60c-18 0-30-10-30-28Z" />
    <Form brush={b} plain fill={b.light} d="M28 92c4-26 34-38 72-38s68 12 72 38Z" />
    <path d={box(88, 36, 24, 20, 8)} fill={b.deep} />
  </>
);

export const knife: Draw = (b) => (
  <g transform="rotate(-38 100 100)">
    <path d="M16 84h104v34H60c-26 0-40-14-44-34Z" fill={METAL} />
    <path d="M22 104c10 9 22 14 38 14h60v-8H40Z" fill="#fff" opacity=".6" />
    <Form brush={b} plain d={box(118, 82, 72, 28, 10)} />
    <circle cx="138" cy="96" r="4" fill={METAL} />
    <circle cx="164" cy="96" r="4" fill={METAL} />
  </g>
);

export const board: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.has("wood", "竹", "bamboo") ? WOOD : b.base} d="M78 60V36a22 22 0 0 1 44 0v24h18a14 14 0 0 1 14 14v84a14 14 0 0 1-14 14H60a14 14 0 0 1-14-14V74a14 14 0 0 1 14-14Z" />
    <circle cx="100" cy="38" r="9" fill={WOOD_DEEP} opacity=".6" />
    <Line d="M64 84c24-6 50 6 72 0M64 112c24-6 50 6 72 0M64 140c24-6 50 6 72 0" stroke={WOOD_DEEP} width={2.5} />
  </>
);

export const spatula: Draw = (b) => (
  <g transform="rotate(24 100 100)">
    <path d={box(94, 86, 12, 92, 6)} fill={WOOD} />
    <Form brush={b} plain d={box(72, 22, 56, 70, 16)} />
    <Line d="M88 42v30M100 42v30M112 42v30" stroke={b.deep} width={6} />
  </g>
);

export const whisk: Draw = (b) => (
  <g transform="rotate(28 100 100)">
    <Line d="M100 24c-34 10-34 56-6 80M100 24c34 10 34 56 6 80M100 24c-12 20-12 56-2 80M100 24c12 20 12 56 2 80" stroke={METAL_DEEP} width={4} />
    <Form brush={b} plain d={box(91, 98, 18, 82, 9)} />
  </g>
);

export const cookie: Draw = (b) => (
  <>
    <Form brush={b} plain fill={METAL} d={heart(76, 96, 46)} />
    <path d={heart(76, 96, 36)} fill="#eacb9c" />
    <Form brush={b} d={heart(138, 128, 34)} />
    <path d={heart(138, 128, 34)} fill="none" stroke={b.deep} strokeWidth="5" />
  </>
);

export const apron: Draw = (b) => (
  <>
    <path d="M76 46c0-34 48-34 48 0" fill="none" stroke={b.deep} strokeWidth="6" />
    <Line d="M48 104c-20 2-24 20-34 30M152 104c20 2 24 20 34 30" stroke={b.deep} width={5} />
    <Form brush={b} d="M72 44h56c0 26 8 44 26 54v66c0 6-4 10-10 10H56c-6 0-10-4-10-10V98c18-10 26-28 26-54Z" />
    <path d="M72 118h56v22a14 14 0 0 1-14 14H86a14 14 0 0 1-14-14Z" fill={b.accent} />
  </>
);

export const glove: Draw = (b) => (
  <>
    <Form brush={b} d="M62 172V92c0-34 10-60 34-60s34 26 34 52c6-16 28-18 30 0 0 22-20 44-30 54v34Z" />
    <path d={box(58, 148, 78, 24, 6)} fill={b.accent} />
  </>
);

export const kettle: Draw = (b) => (
  <>
    <path d="M60 70c0-52 80-52 80 0" fill="none" stroke={DARK} strokeWidth="9" />
    <Form brush={b} plain fill={b.deep} d="M146 108l34-34 10 10-32 48Z" />
    <Form brush={b} d="M44 172c-8-50 10-102 56-102s64 52 56 102Z" />
    <circle cx="100" cy="66" r="9" fill={DARK} />
  </>
);

export const riceCooker: Draw = (b) => (
  <>
    <Form brush={b} plain d="M38 84h124v66c0 14-10 22-24 22H62c-14 0-24-8-24-22Z" />
    <Form brush={b} plain fill={b.light} d="M36 88c0-30 28-44 64-44s64 14 64 44Z" />
    <path d={box(82, 34, 36, 14, 7)} fill={b.deep} />
    <path d={box(72, 108, 56, 42, 10)} fill={DARK} />
    <path d={box(82, 118, 36, 12, 3)} fill="#7fd0c2" />
    <circle cx="100" cy="141" r="4" fill="#fff" />
  </>
);

export const airFryer: Draw = (b) => (
  <>
    <Form brush={b} plain d="M46 70c0-30 24-44 54-44s54 14 54 44v82c0 12-8 20-20 20H66c-12 0-20-8-20-20Z" />
    <path d={oval(100, 58, 28, 14)} fill={DARK} />
    <path d={oval(100, 57, 20, 8)} fill="#7fd0c2" opacity=".8" />
    <Form brush={b} plain fill={b.deep} d={box(54, 94, 92, 66, 10)} />
    <path d={box(86, 104, 28, 44, 8)} fill={b.light} />
  </>
);

export const scales: Draw = (b) => (
  <>
    <Form brush={b} plain fill={METAL} d="M44 36h112c0 20-20 30-40 30H84c-20 0-40-10-40-30Z" />
    <path d={box(92, 62, 16, 16, 2)} fill={METAL_DEEP} />
    <Form brush={b} d="M64 78h72c8 0 12 4 14 12l16 70c2 8-2 12-10 12H44c-8 0-12-4-10-12l16-70c2-8 6-12 14-12Z" />
    <circle cx="100" cy="124" r="32" fill={PAPER} />
    <Line d="M100 124l14-18M100 98v6M126 124h-6M74 124h6" stroke={DARK} width={4} />
  </>
);

export const napkin: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.deep} d="M100 44l76 60-76 68-76-68Z" />
    <Form brush={b} d="M100 34l70 62-70 62-70-62Z" />
    <path d="M100 34l70 62-70 18-70-18Z" fill="#fff" opacity=".18" />
    {!b.pattern && <Motif brush={b} x={100} y={92} size={20} />}
  </>
);

export const coaster: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.deep} d={oval(118, 116, 58)} />
    <Form brush={b} d={oval(86, 92, 58)} />
    <circle cx="86" cy="92" r="44" fill="none" stroke={b.accent} strokeWidth="4" />
    <Motif brush={b} x={86} y={92} size={22} />
  </>
);

export const placemat: Draw = (b) => (
  <>
    <Form brush={b} d={box(16, 50, 168, 116, 12)} />
    <path d={box(24, 58, 152, 100, 8)} fill="none" stroke={b.accent} strokeWidth="3" strokeDasharray="7 6" />
    <circle cx="100" cy="108" r="38" fill={PAPER} />
    <circle cx="100" cy="108" r="25" fill="none" stroke={b.deep} strokeWidth="2" opacity=".5" />
  </>
);

export const shaker: Draw = (b) => (
  <>
    {[66, 134].map((x, i) => (
      <g key={x}>
        <Form brush={b} fill={i ? b.accent : b.base} plain={i === 1} d={`M${x - 24} 82h48l8 80c0 6-6 10-12 10h-40c-6 0-12-4-12-10Z`} />
        <Form brush={b} plain fill={METAL} d={`M${x - 24} 82c0-26 10-36 24-36s24 10 24 36Z`} />
        <path d={oval(x - 7, 60, 2.5) + oval(x + 7, 60, 2.5) + oval(x, 70, 2.5)} fill={DARK} />
      </g>
    ))}
  </>
);
