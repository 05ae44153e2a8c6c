/** What furnishes a room and keeps it tidy. */

import { box, DARK, flower, Form, heart, LEAF, Line, METAL, METAL_DEEP, Motif, oval, PAPER, WOOD, WOOD_DEEP, type Draw } from "../brush.tsx";

export const cushion: Draw = (b) => (
  <>
    <Form brush={b} d="M32 44c22 8 114 8 136 0 8 30 8 92 0 124-22-8-114-8-136 0-8-32-8-94 0-124Z" />
    <path d="M32 44c22 8 114 8 136 0 8 30 8 92 0 124-22-8-114-8-136 0-8-32-8-94 0-124Z" fill="none" stroke={b.deep} strokeWidth="4" />
    {!b.pattern && <Motif brush={b} x={100} y={106} size={30} />}
  </>
);

export const hook: Draw = (b) => (
  <>
    <Form brush={b} d={box(22, 56, 156, 42, 8)} />
    <Motif brush={b} x={100} y={77} size={12} />
    {[54, 100, 146].map((x) => (
      <Line key={x} d={`M${x} 98v34a14 14 0 0 0 26-6`} stroke={METAL_DEEP} width={7} />
    ))}
  </>
);

export const drawerKnob: Draw = (b) => (
  <>
    <path d={oval(100, 104, 70)} fill={METAL} />
    <Form brush={b} d={oval(100, 100, 58)} />
    <path d={flower(100, 100, 20)} fill={b.accent} opacity=".9" />
    <circle cx="100" cy="100" r="12" fill={METAL_DEEP} />
    <path d="M68 76c6-12 18-18 28-18" fill="none" stroke="#fff" strokeWidth="6" strokeLinecap="round" opacity=".6" />
  </>
);

export const doormat: Draw = (b) => (
  <>
    <Line d={Array.from({ length: 12 }, (_, i) => `M${22 + i * 14} 62v-12M${22 + i * 14} 160v12`).join("")} stroke={WOOD_DEEP} width={4} />
    <Form brush={b} plain fill="#c69c67" d={box(14, 60, 172, 102, 5)} />
    <path d={box(24, 70, 152, 82, 3)} fill="none" stroke={b.deep} strokeWidth="5" />
    <Motif brush={b} x={52} y={111} size={17} fill={b.base} />
    <Line d="M84 100h66M84 122h48" stroke={DARK} width={8} />
  </>
);

export const rug: Draw = (b) => (
  <>
    <Form brush={b} d={box(24, 46, 152, 122, 6)} />
    <path d={box(36, 58, 128, 98, 3)} fill="none" stroke={b.accent} strokeWidth="5" />
    <path d="M100 74l42 33-42 33-42-33Z" fill={b.accent} opacity=".85" />
    <path d="M100 88l24 19-24 19-24-19Z" fill={b.deep} />
  </>
);

export const curtain: Draw = (b) => (
  <>
    <path d={box(18, 28, 164, 10, 5)} fill={WOOD_DEEP} />
    <Form brush={b} d="M30 36h62c2 50-8 86-30 132H30ZM170 36h-62c-2 50 8 86 30 132h32Z" />
    <Line d="M48 42v118M66 42c2 40-4 70-10 100M152 42v118M134 42c-2 40 4 70 10 100" stroke={b.deep} width={2} />
    <path d={box(26, 122, 48, 8, 4) + box(126, 122, 48, 8, 4)} fill={b.accent} />
  </>
);

export const towel: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.deep} d={box(34, 132, 132, 40, 14)} />
    <Form brush={b} plain fill={b.light} d={box(38, 98, 124, 40, 14)} />
    <Form brush={b} d={box(34, 64, 132, 40, 14)} />
    <path d="M140 66v36M150 66v36" stroke={b.accent} strokeWidth="4" />
  </>
);

export const teaTowel: Draw = (b) => (
  <>
    <path d="M40 44a8 8 0 0 1 16 0" fill="none" stroke={METAL_DEEP} strokeWidth="5" />
    <Form brush={b} plain fill={PAPER} d="M46 44h112l6 122c-40 8-84 8-124 0Z" />
    <path d="M43 120h119l1 12H42ZM42 142h121l1 8H41Z" fill={b.base} />
    <Motif brush={b} x={102} y={84} size={22} fill={b.base} />
  </>
);

export const blanket: Draw = (b) => (
  <>
    <Form brush={b} d="M26 76c0-12 10-18 24-18h110c10 0 16 8 16 18v86c0 6-4 10-10 10H36c-6 0-10-4-10-10Z" />
    <path d="M26 104h150M26 132h150" stroke={b.deep} strokeWidth="3" opacity=".6" />
    <path d="M120 58v114" stroke={b.accent} strokeWidth="10" opacity=".8" />
    <Line d={Array.from({ length: 10 }, (_, i) => `M${34 + i * 15} 172v8`).join("")} stroke={b.deep} width={3} />
  </>
);

export const bedding: Draw = (b) => (
  <>
    <path d={box(18, 44, 164, 80, 10)} fill={WOOD} />
    <Form brush={b} plain fill={PAPER} d={box(34, 72, 60, 36, 14)} />
    <Form brush={b} plain fill={b.light} d={box(106, 72, 60, 36, 14)} />
    <Form brush={b} d="M18 112c30-12 134-12 164 0v48H18Z" />
    <path d="M18 112c30-12 134-12 164 0v14c-30-12-134-12-164 0Z" fill={b.accent} />
    <path d={box(22, 158, 10, 14, 2) + box(168, 158, 10, 14, 2)} fill={WOOD_DEEP} />
  </>
);

export const pillow: Draw = (b) => (
  <>
    <Form brush={b} d="M24 70c20-10 132-10 152 0 10 24 10 62 0 88-20 10-132 10-152 0-10-26-10-64 0-88Z" />
    <path d="M40 84c36-8 84-8 120 0" fill="none" stroke="#fff" strokeWidth="5" strokeLinecap="round" opacity=".45" />
    <path d="M62 136c20 6 50 8 76 2" fill="none" stroke={b.deep} strokeWidth="3" strokeLinecap="round" opacity=".4" />
  </>
);

export const storageBox: Draw = (b) => (
  <>
    <Form brush={b} d="M32 86h136v78c0 5-3 8-8 8H40c-5 0-8-3-8-8Z" />
    <Form brush={b} plain fill={b.deep} d={box(24, 58, 152, 32, 6)} />
    <path d={box(72, 110, 56, 30, 5)} fill={PAPER} />
    <Line d="M82 120h36M82 130h24" stroke={METAL_DEEP} width={4} />
  </>
);

export const basket: Draw = (b) => (
  <>
    <path d="M52 92C52 24 148 24 148 92" fill="none" stroke={WOOD_DEEP} strokeWidth="9" />
    <Form brush={b} plain fill={b.has("basket") && !b.has("wire") ? WOOD : b.base} d="M26 90h148l-16 72c-2 7-6 10-12 10H54c-6 0-10-3-12-10Z" />
    <path d="M28 100h144M32 118h136M36 136h128M40 154h120M58 92l8 78M86 92l4 80M114 92l-4 80M142 92l-8 78" stroke={WOOD_DEEP} strokeWidth="3" opacity=".55" />
    <Form brush={b} d={box(20, 80, 160, 18, 9)} />
  </>
);

export const organiser: Draw = (b) => (
  <>
    <Line d="M62 92l-8-58M82 92V26M106 92l10-62" stroke={b.accentDeep} width={9} />
    <path d={box(122, 44, 30, 56, 3)} fill={PAPER} />
    <Line d="M128 56h18M128 66h18M128 76h12" stroke={METAL_DEEP} width={3} />
    <Form brush={b} d="M36 90h58v82H44c-5 0-8-3-8-8Z" />
    <Form brush={b} fill={b.deep} plain d="M94 90h70v74c0 5-3 8-8 8H94Z" />
    <circle cx="129" cy="132" r="8" fill={b.light} />
  </>
);

export const cabinet: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.deep} d={box(34, 30, 132, 14, 4)} />
    <Form brush={b} plain d={box(40, 42, 120, 122, 4)} />
    {[52, 90, 128].map((y) => (
      <g key={y}>
        <path d={box(50, y, 100, 32, 3)} fill={b.light} opacity=".55" />
        <circle cx="100" cy={y + 16} r="5" fill={b.accentDeep} />
      </g>
    ))}
    <path d={box(46, 162, 12, 12, 2) + box(142, 162, 12, 12, 2)} fill={b.deep} />
  </>
);

export const shelf: Draw = (b) => (
  <>
    <Form brush={b} plain d={box(24, 72, 152, 12, 3) + box(24, 140, 152, 12, 3)} />
    <path d={box(30, 44, 8, 128, 2) + box(162, 44, 8, 128, 2)} fill={b.deep} />
    <path d={box(52, 36, 14, 36, 2)} fill={b.accent} />
    <path d={box(68, 30, 12, 42, 2)} fill={LEAF} />
    <path d={box(82, 40, 16, 32, 2)} fill={b.light} />
    <path d="M118 72V56h28v16ZM64 140c0-24 32-24 32 0Z" fill={WOOD} />
    <path d={box(112, 104, 36, 36, 4)} fill={b.accentDeep} />
  </>
);

export const chair: Draw = (b) => (
  <>
    <Line d="M58 30v72M142 30v72M58 118l-8 54M142 118l8 54M66 124l4 36M134 124l-4 36" stroke={WOOD_DEEP} width={8} />
    <Form brush={b} d={box(56, 34, 88, 50, 10)} />
    <Form brush={b} plain fill={b.deep} d={box(46, 100, 108, 24, 10)} />
  </>
);

export const table: Draw = (b) => (
  <>
    <Line d="M56 90l-16 82M144 90l16 82M100 90v50" stroke={WOOD_DEEP} width={8} />
    <Form brush={b} d={oval(100, 82, 78, 20)} />
    <path d={oval(100, 78, 78, 18)} fill={b.light} opacity=".5" />
  </>
);

export const doorstop: Draw = (b) => (
  <>
    <path d="M82 62c0-34 36-34 36 0" fill="none" stroke={b.deep} strokeWidth="9" />
    <Form brush={b} d="M58 60h84c16 34 22 70 22 104 0 6-4 8-10 8H46c-6 0-10-2-10-8 0-34 6-70 22-104Z" />
    {!b.pattern && <Motif brush={b} x={100} y={122} size={26} />}
  </>
);

export const hotWaterBottle: Draw = (b) => (
  <>
    <path d={box(88, 22, 24, 16, 4)} fill={DARK} />
    <Form brush={b} d="M82 36h36v16c26 4 36 18 36 40v58c0 14-10 22-24 22H70c-14 0-24-8-24-22V92c0-22 10-36 36-40Z" />
    <path d={box(78, 46, 44, 12, 6)} fill={b.accent} />
    {!b.pattern && <Motif brush={b} x={100} y={116} size={26} />}
  </>
);

export const handWarmer: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.deep} d={heart(124, 112, 46)} />
    <Form brush={b} d={heart(84, 104, 50)} />
    <path d={heart(84, 104, 42)} fill="none" stroke={b.accent} strokeWidth="3" strokeDasharray="5 5" />
  </>
);

export const peg: Draw = (b) => (
  <>
    <Line d="M10 62c60 14 120 14 180 0" stroke={METAL_DEEP} width={4} />
    {[54, 100, 146].map((x, i) => (
      <g key={x}>
        <Form brush={b} plain fill={[b.base, WOOD, b.accent][i]!} d={`M${x - 15} 50c0-14 30-14 30 0l-3 100h-8l-4-70-4 70h-8Z`} />
        <path d={box(x - 15, 82, 30, 9, 3)} fill={METAL_DEEP} />
      </g>
    ))}
  </>
);

export const tissueBox: Draw = (b) => (
  <>
    <path d="M74 90c-6-26 8-30 6-54 20 10 22 2 36 0-2 24 18 30 10 54Z" fill={PAPER} />
    <path d="M92 88c-4-20 6-28 4-46" fill="none" stroke={METAL} strokeWidth="3" />
    <Form brush={b} d={box(32, 86, 136, 86, 8)} />
    <path d={oval(100, 88, 34, 7)} fill={b.deep} />
    {!b.pattern && <Motif brush={b} x={100} y={130} size={22} />}
  </>
);
