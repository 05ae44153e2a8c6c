/** Garden, outdoors and pets. */

import { bird, box, DARK, flower, Form, heart, LEAF, Line, METAL, METAL_DEEP, Motif, oval, PAPER, star, WOOD, WOOD_DEEP, type Draw } from "../brush.tsx";

export const planter: Draw = (b) => (
  <>
    <path d="M100 96c-6-30-30-40-48-36 2 22 22 36 48 36ZM100 96c0-36 20-54 44-54 4 28-14 48-44 54ZM100 92c-12-22-8-46 4-62 14 20 12 44-4 62Z" fill={LEAF} />
    <path d="M100 96c-16-16-30-24-40-28M100 96c14-20 26-36 38-46" stroke="#5f8a5c" strokeWidth="2.5" fill="none" />
    <Form brush={b} d="M50 100h100l-12 64c-1 5-4 8-9 8H71c-5 0-8-3-9-8Z" />
    <Form brush={b} plain fill={b.deep} d={box(44, 90, 112, 20, 5)} />
  </>
);

export const wateringCan: Draw = (b) => (
  <>
    <path d="M84 80c0-50 66-40 62 20" fill="none" stroke={b.deep} strokeWidth="8" />
    <Form brush={b} plain fill={b.deep} d="M74 140L34 84l10-8 44 44Z" />
    <path d="M20 78l30-22 8 10-30 24Z" fill={b.light} />
    <Form brush={b} d="M70 88h92v72c0 8-6 12-14 12H84c-8 0-14-4-14-12Z" />
    <path d={oval(116, 88, 46, 9)} fill={b.deep} />
    <path d={oval(18, 100, 3, 5) + oval(28, 108, 3, 5) + oval(16, 118, 3, 5)} fill="#7fb6d6" />
  </>
);

export const gardenTool: Draw = (b) => (
  <>
    <g transform="rotate(14 70 100)">
      <path d="M52 112h36c4 26-2 50-18 62-16-12-22-36-18-62Z" fill={METAL_DEEP} />
      <path d={box(64, 82, 12, 34, 3)} fill={METAL} />
      <Form brush={b} plain d={box(58, 26, 24, 60, 10)} />
    </g>
    <g transform="rotate(-14 134 100)">
      <path d="M116 116h8v52h-8ZM130 116h8v56h-8ZM144 116h8v52h-8ZM116 110h36v12h-36Z" fill={METAL_DEEP} />
      <path d={box(128, 82, 12, 32, 3)} fill={METAL} />
      <Form brush={b} plain fill={b.deep} d={box(122, 26, 24, 60, 10)} />
    </g>
  </>
);

export const gardenDecoration: Draw = (b) => (
  <>
    <Line d="M100 92v80" stroke={WOOD} width={6} />
    {[0, 72, 144, 216, 288].map((turn, i) => (
      <path key={turn} d="M100 82c-24-12-26-44-2-54 24 6 22 36 2 54Z" fill={i % 2 ? b.accent : b.base} transform={`rotate(${turn} 100 82)`} />
    ))}
    <circle cx="100" cy="82" r="12" fill={b.deep} />
  </>
);

export const birdhouse: Draw = (b) => (
  <>
    <path d={box(94, 148, 12, 24, 2)} fill={WOOD_DEEP} />
    <Form brush={b} d="M56 84l44-40 44 40v66c0 4-2 6-6 6H62c-4 0-6-2-6-6Z" />
    <path d="M40 90l60-58 60 58-10 8-50-48-50 48Z" fill={b.deep} />
    <circle cx="100" cy="102" r="18" fill={DARK} />
    <Line d="M100 130h26" stroke={WOOD} width={6} />
    <path d={bird(132, 116, 16)} fill={b.accent} />
  </>
);

export const parasol: Draw = (b) => (
  <>
    <Line d="M100 40v126" stroke={WOOD} width={6} />
    <Form brush={b} d="M14 104c6-44 44-72 86-72s80 28 86 72c-20-8-36-8-43 0-14-8-28-8-43 0-15-8-29-8-43 0-7-8-23-8-43 0Z" />
    <path d="M100 32C76 50 60 74 57 104M100 32c24 18 40 42 43 72M100 32v72" fill="none" stroke={b.deep} strokeWidth="2.5" opacity=".5" />
    <path d={box(72, 162, 56, 10, 4)} fill={METAL_DEEP} />
  </>
);

export const thermometer: Draw = (b) => (
  <>
    <Form brush={b} plain d={box(62, 18, 76, 156, 12)} />
    <path d={box(90, 34, 20, 96, 10)} fill={PAPER} />
    <circle cx="100" cy="138" r="22" fill={PAPER} />
    <circle cx="100" cy="138" r="15" fill="#d2493f" />
    <path d={box(96, 72, 8, 60, 4)} fill="#d2493f" />
    <Line d="M118 50h10M118 70h10M118 90h10M118 110h10" stroke={b.light} width={4} />
  </>
);

export const growKit: Draw = (b) => (
  <>
    <path d="M100 76c-4-22-20-32-34-32 0 20 14 32 34 32ZM100 76c4-26 20-36 36-36 0 22-14 36-36 36Z" fill={LEAF} />
    <Line d="M100 100V72" stroke={LEAF} width={5} />
    <path d={oval(100, 98, 46, 9)} fill="#6a4736" />
    <Form brush={b} d="M54 98c10 8 82 8 92 0v66c0 5-20 9-46 9s-46-4-46-9Z" />
    <path d={box(70, 118, 60, 36, 5)} fill={PAPER} />
    <Motif brush={b} x={100} y={136} size={13} fill={b.deep} />
  </>
);

export const picnic: Draw = (b) => (
  <>
    <path d="M56 88c0-60 88-60 88 0" fill="none" stroke={WOOD_DEEP} strokeWidth="8" />
    <Form brush={b} plain fill={WOOD} d={box(26, 92, 148, 80, 8)} />
    <path d="M26 112h148M26 132h148M26 152h148M56 92v80M86 92v80M114 92v80M144 92v80" stroke={WOOD_DEEP} strokeWidth="2.5" opacity=".6" />
    <Form brush={b} d="M20 84h160v14c-10 20-30 4-40 18-12-16-30 2-40 12-12-12-30-26-40-12-12-14-30 2-40-18Z" />
  </>
);

export const handTool: Draw = (b) => (
  <g transform="rotate(36 100 100)">
    <Form brush={b} plain d={box(84, 98, 32, 86, 14)} />
    <path d={box(94, 44, 12, 58, 2)} fill={METAL_DEEP} />
    <path d="M88 22h24l-4 24H92Z" fill={METAL} />
    <Line d="M94 114v54M106 114v54" stroke={b.deep} width={4} />
  </g>
);

export const pet: Draw = (b) => (
  <>
    <path d="M56 92c0-24 20-34 44-34s44 10 44 34Z" fill="#a87a48" />
    <path d={oval(80, 76, 8, 6) + oval(104, 70, 9, 7) + oval(124, 80, 8, 6)} fill="#8a6249" />
    <Form brush={b} d="M42 88h116l18 76c1 5-2 8-7 8H31c-5 0-8-3-7-8Z" />
    <path d={oval(100, 140, 15, 12) + oval(80, 120, 6, 8) + oval(94, 112, 6, 8) + oval(108, 112, 6, 8) + oval(121, 120, 6, 8)} fill={b.light} />
  </>
);

export const foodCover: Draw = (b) => (
  <>
    <circle cx="100" cy="46" r="8" fill={b.accentDeep} />
    <Form brush={b} d="M18 156c0-62 34-104 82-104s82 42 82 104c-14 12-28 12-41 0-14 12-28 12-41 0-13 12-27 12-41 0-13 12-27 12-41 0Z" />
    <path d="M100 52c-24 24-40 60-41 104M100 52c24 24 40 60 41 104M100 52v104" fill="none" stroke={b.deep} strokeWidth="2.5" opacity=".5" />
  </>
);

export const campingChair: Draw = (b) => (
  <>
    <Line d="M46 172l96-80M154 172L58 92M52 40v56M148 40v56" stroke={METAL_DEEP} width={6} />
    <Form brush={b} d="M50 40h100v54c-20 16-80 16-100 0Z" />
    <Form brush={b} plain fill={b.deep} d="M44 98c30 18 82 18 112 0l-8 30c-26 10-70 10-96 0Z" />
    <path d={box(36, 84, 24, 10, 4) + box(140, 84, 24, 10, 4)} fill={DARK} />
  </>
);

export const easterEgg: Draw = (b) => (
  <>
    <Form brush={b} d="M100 28c34 0 58 52 58 88 0 34-24 56-58 56s-58-22-58-56c0-36 24-88 58-88Z" />
    <path d="M46 96l18 14 18-14 18 14 18-14 18 14 18-14v22l-18 14-18-14-18 14-18-14-18 14-18-14Z" fill={b.accent} />
    <path d={heart(76, 66, 8) + star(120, 66, 9) + flower(100, 152, 7)} fill={b.light} />
  </>
);
