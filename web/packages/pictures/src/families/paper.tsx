/** Paper, gifts, party and desk. */

import { box, DARK, flower, Form, heart, Line, METAL, METAL_DEEP, Motif, oval, PAPER, star, WOOD, type Draw } from "../brush.tsx";

export const card: Draw = (b) => (
  <>
    <g transform="rotate(8 120 110)">
      <Form brush={b} plain fill={b.deep} d={box(66, 76, 112, 82, 4)} />
      <path d="M66 80l56 44 56-44" fill="none" stroke={b.light} strokeWidth="3" />
    </g>
    <g transform="rotate(-6 90 100)">
      <Form brush={b} plain fill={PAPER} d={box(36, 34, 92, 126, 4)} />
      <Form brush={b} d={box(44, 42, 76, 84, 2)} />
      <Motif brush={b} x={82} y={84} size={24} />
      <Line d="M58 140h48M66 150h32" stroke={METAL_DEEP} width={3} />
    </g>
  </>
);

export const giftWrap: Draw = (b) => (
  <g transform="rotate(-32 100 104)">
    <Form brush={b} plain fill={b.accent} d={box(20, 116, 164, 34, 6)} />
    <path d={oval(184, 133, 7, 17)} fill={PAPER} />
    <path d={oval(184, 133, 3, 8)} fill={METAL_DEEP} />
    <Form brush={b} d={box(10, 66, 164, 46, 6)} />
    <path d={oval(174, 89, 9, 23)} fill={PAPER} />
    <path d={oval(174, 89, 4, 11)} fill={METAL_DEEP} />
    <path d={box(64, 66, 16, 46, 0)} fill={b.deep} opacity=".5" />
  </g>
);

export const giftBag: Draw = (b) => (
  <>
    <path d="M76 68c0-36 20-36 20 0M104 68c0-36 20-36 20 0" fill="none" stroke={b.deep} strokeWidth="5" />
    <path d="M60 66l20-16 16 12 22-16 22 20Z" fill={b.light} />
    <Form brush={b} d="M46 64h108l8 108H38Z" />
    {!b.pattern && <Motif brush={b} x={100} y={120} size={28} />}
  </>
);

export const giftBox: Draw = (b) => (
  <>
    <Form brush={b} d={box(40, 90, 120, 82, 5)} />
    <Form brush={b} plain fill={b.deep} d={box(32, 66, 136, 30, 5)} />
    <path d="M90 66h20v106H90Z" fill={b.accent} />
    <path d="M100 66C60 20 34 54 100 66c66-12 40-46 0 0Z" fill={b.accent} />
    <path d="M100 66C72 40 58 56 100 66c42-10 28-26 0 0Z" fill={b.accentDeep} />
  </>
);

export const ribbon: Draw = (b) => (
  <>
    <path d="M112 148c30 4 40 10 66 24" fill="none" stroke={b.base} strokeWidth="20" />
    <Form brush={b} d={oval(92, 104, 64)} />
    <circle cx="92" cy="104" r="42" fill={b.light} />
    <circle cx="92" cy="104" r="24" fill={PAPER} />
    <circle cx="92" cy="104" r="24" fill="none" stroke={METAL} strokeWidth="4" />
  </>
);

export const giftTag: Draw = (b) => (
  <>
    <path d="M100 44C80 20 120 8 132 22" fill="none" stroke={WOOD} strokeWidth="4" />
    <Form brush={b} d="M100 34l42 36v94c0 5-3 8-8 8H66c-5 0-8-3-8-8V70Z" />
    <circle cx="100" cy="62" r="9" fill={PAPER} />
    <Motif brush={b} x={100} y={122} size={24} />
  </>
);

export const bunting: Draw = (b) => (
  <>
    <path d="M8 62c60 34 124 34 184 0" fill="none" stroke={WOOD} strokeWidth="5" />
    {[24, 62, 100, 138].map((x, i) => (
      <Form key={x} brush={b} plain={i % 2 === 1} fill={i % 2 ? b.accent : b.base} d={`M${x} ${[70, 82, 86, 82][i]}l38 ${[10, 5, -4, -11][i]}-16 62Z`} />
    ))}
  </>
);

export const balloon: Draw = (b) => (
  <>
    <path d="M72 118c4 30-8 40 6 58M128 96c-6 40 4 50-10 80" fill="none" stroke={METAL_DEEP} strokeWidth="2.5" />
    <Form brush={b} d="M72 28c26 0 38 20 38 42 0 28-22 46-38 48-16-2-38-20-38-48 0-22 12-42 38-42Z" />
    <Form brush={b} plain fill={b.accent} d="M130 24c22 0 34 18 34 36 0 26-20 40-34 42-14-2-34-16-34-42 0-18 12-36 34-36Z" />
    <path d="M66 116h12l4 10H62Z" fill={b.deep} />
  </>
);

export const partyDecoration: Draw = (b) => (
  <>
    <Form brush={b} d="M100 34l46 138H54Z" />
    <circle cx="100" cy="34" r="14" fill={b.accent} />
    <path d="M62 148l84 0 6 18H48Z" fill={b.accent} />
    <path d={oval(34, 70, 5) + oval(160, 58, 6) + oval(168, 110, 4) + star(38, 116, 9)} fill={b.base} />
  </>
);

export const partyTableware: Draw = (b) => (
  <>
    <Line d="M128 96l22-66" stroke={b.accent} width={7} />
    <Form brush={b} d="M62 72h84l-10 94c-1 4-4 6-8 6H80c-4 0-7-2-8-6Z" />
    <path d={oval(104, 72, 42, 9)} fill={b.light} />
    <path d={oval(104, 73, 34, 5.5)} fill={b.deep} />
  </>
);

export const notebook: Draw = (b) => (
  <>
    <path d={box(58, 32, 98, 142, 6)} fill={PAPER} />
    <Form brush={b} d={box(48, 28, 100, 142, 8)} />
    <path d="M48 36c0-5 3-8 8-8h8v142h-8c-5 0-8-3-8-8Z" fill={b.deep} />
    <path d={box(80, 54, 52, 34, 4)} fill={PAPER} />
    <Line d="M88 66h36M88 76h24" stroke={METAL_DEEP} width={3} />
    <path d="M128 28h10v142h-10Z" fill={b.accent} />
  </>
);

export const pencil: Draw = (b) => (
  <>
    {[[-16, b.base], [0, b.accent], [16, b.deep]].map(([turn, fill]) => (
      <g key={turn} transform={`rotate(${turn} 100 190)`}>
        <path d="M90 58l10-30 10 30Z" fill="#f0d9b5" />
        <path d="M96 40l4-12 4 12Z" fill={String(fill)} />
        <Form brush={b} plain fill={String(fill)} d={box(89, 56, 22, 100, 2)} />
        <path d={box(89, 150, 22, 12, 0)} fill={METAL} />
      </g>
    ))}
  </>
);

export const pen: Draw = (b) => (
  <g transform="rotate(38 100 100)">
    <path d="M92 160h16l-8 28Z" fill={METAL_DEEP} />
    <Form brush={b} d={box(88, 26, 24, 136, 8)} />
    <path d={box(88, 90, 24, 10, 0)} fill={METAL} />
    <path d="M112 32h8v48l-8 6Z" fill={METAL_DEEP} />
  </g>
);

export const pencilCase: Draw = (b) => (
  <>
    <Line d="M62 78l-6-38M88 78l6-42" stroke={b.accent} width={9} />
    <Form brush={b} d={box(18, 70, 164, 92, 26)} />
    <path d="M30 96h140" stroke={b.deep} strokeWidth="5" strokeDasharray="3 4" />
    <path d="M160 96l10 22-12 4-6-22Z" fill={METAL} />
  </>
);

export const eraser: Draw = (b) => (
  <g transform="rotate(-20 100 110)">
    <Form brush={b} plain fill={PAPER} d={box(28, 78, 150, 66, 14)} />
    <Form brush={b} d={box(28, 78, 98, 66, 8)} />
    <Motif brush={b} x={78} y={111} size={18} />
  </g>
);

export const ruler: Draw = (b) => (
  <g transform="rotate(-30 100 104)">
    <Form brush={b} d={box(6, 78, 188, 52, 5)} />
    <Line d={Array.from({ length: 15 }, (_, i) => `M${20 + i * 12} 78v${i % 5 ? 12 : 22}`).join("")} stroke={DARK} width={2.5} />
  </g>
);

export const stationerySet: Draw = (b) => (
  <>
    <Form brush={b} d={box(28, 46, 144, 126, 8)} />
    <path d={box(42, 62, 72, 94, 3)} fill={PAPER} />
    <Line d="M52 78h52M52 92h52M52 106h40M52 120h46" stroke={METAL_DEEP} width={3} />
    <g transform="rotate(10 146 110)">
      <path d={box(140, 58, 12, 88, 3)} fill={b.accent} />
      <path d="M140 146h12l-6 16Z" fill="#f0d9b5" />
    </g>
  </>
);

export const sticker: Draw = (b) => (
  <>
    <Form brush={b} plain fill={PAPER} d={box(36, 30, 128, 142, 8)} />
    {[[70, 68], [130, 68], [70, 118], [130, 118]].map(([x, y], i) => (
      <path key={i} d={[heart(x!, y!, 18), star(x!, y!, 22), flower(x!, y!, 13), oval(x!, y!, 18)][(i + b.hash) % 4]} fill={[b.base, b.accentDeep, b.deep, b.light][i]} />
    ))}
    <path d="M164 140v32h-34c16-4 30-16 34-32Z" fill={b.light} />
  </>
);

export const calendar: Draw = (b) => (
  <>
    <Form brush={b} plain fill={PAPER} d={box(34, 42, 132, 130, 8)} />
    <Form brush={b} d="M34 50c0-5 3-8 8-8h116c5 0 8 3 8 8v26H34Z" />
    <Line d="M66 32v20M134 32v20" stroke={METAL_DEEP} width={8} />
    {Array.from({ length: 15 }, (_, i) => (
      <rect key={i} x={48 + (i % 5) * 22} y={90 + Math.floor(i / 5) * 25} width="15" height="15" rx="3" fill={i === b.hash % 15 ? b.base : "#e5e2da"} />
    ))}
  </>
);

export const book: Draw = (b) => (
  <>
    <path d={box(46, 40, 120, 132, 4)} fill={PAPER} />
    <Form brush={b} d="M38 38c0-6 4-10 10-10h104c5 0 8 3 8 8v110H52c-8 0-14 4-14 12Z" />
    <path d="M38 158c0-8 6-12 14-12h108v26H52c-8 0-14-6-14-14Z" fill={b.deep} />
    <path d="M48 152h112v14H52c-10 0-10-14-4-14Z" fill={PAPER} />
    <Motif brush={b} x={100} y={86} size={24} />
  </>
);

export const doily: Draw = (b) => (
  <>
    {Array.from({ length: 14 }, (_, i) => (
      <circle key={i} cx="100" cy="42" r="16" fill={b.base} transform={`rotate(${(360 / 14) * i} 100 104)`} />
    ))}
    <circle cx="100" cy="104" r="62" fill={b.base} />
    <circle cx="100" cy="104" r="46" fill={b.light} />
    <path d={flower(100, 104, 22)} fill={b.base} />
    {Array.from({ length: 14 }, (_, i) => (
      <circle key={i} cx="100" cy="44" r="5" fill={b.deep} opacity=".35" transform={`rotate(${(360 / 14) * i} 100 104)`} />
    ))}
  </>
);

export const cakeCases: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.has("chocolate") ? "#7b5140" : "#f3cfd4"} d="M44 92c-6-40 30-30 34-50 10-16 38-16 46 0 6 20 40 12 32 50Z" />
    <circle cx="100" cy="32" r="9" fill="#d2493f" />
    <Form brush={b} d="M40 88h120l-18 84H58Z" />
    <path d="M56 90l12 80M78 90l6 80M100 90v80M122 90l-6 80M144 90l-12 80" stroke={b.deep} strokeWidth="2.5" opacity=".5" />
  </>
);

export const ticket: Draw = (b) => (
  <g transform="rotate(-8 100 100)">
    <Form brush={b} plain d="M18 62h164v24a16 16 0 0 0 0 32v24H18v-24a16 16 0 0 0 0-32Z" />
    <path d="M70 66v72" stroke={b.light} strokeWidth="4" strokeDasharray="6 6" />
    <path d="M128 84l-22 36M104 92a7 7 0 1 0 .1 0ZM130 112a7 7 0 1 0 .1 0Z" fill="none" stroke={PAPER} strokeWidth="6" />
    <path d={star(44, 102, 14)} fill={b.accent} />
  </g>
);
