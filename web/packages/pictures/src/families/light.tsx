/** What burns or shines. */

import { box, DARK, Form, GLASS, heart, Line, METAL_DEEP, Motif, oval, PAPER, WOOD, WOOD_DEEP, type Draw } from "../brush.tsx";

const FLAME = "M0-16c8 8 9 18 0 22-9-4-8-14 0-22Z";

function Flame({ x, y, size = 1 }: { x: number; y: number; size?: number }) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size})`}>
      <circle r="18" cy="-4" fill="#ffd978" opacity=".35" />
      <path d={FLAME} fill="#f6a93b" />
      <path d={FLAME} fill="#ffe9a8" transform="translate(0 2) scale(.5)" />
    </g>
  );
}

export const candle: Draw = (b) => (
  <>
    <Line d="M100 68V56" stroke={DARK} width={3} />
    <Flame x={100} y={48} size={1.25} />
    <Form brush={b} d="M66 72c0-6 68-6 68 0v92c0 11-68 11-68 0Z" />
    <path d={oval(100, 72, 34, 7)} fill={b.light} />
    <path d="M72 76c0 18 10 10 10 28s8 4 8-12" fill={b.light} opacity=".8" />
  </>
);

export const candleHolder: Draw = (b) => (
  <>
    <Flame x={100} y={58} size={1.1} />
    <path d={box(78, 68, 44, 28, 4)} fill={PAPER} />
    <path d={box(78, 68, 44, 8, 3)} fill="#e6dccb" />
    {b.hash % 2 === 0 ? (
      <>
        <Form brush={b} d="M48 84h104c4 40-12 72-30 88H78c-18-16-34-48-30-88Z" />
        {!b.pattern && <path d={heart(100, 124, 20)} fill="#ffe2a0" opacity=".9" />}
      </>
    ) : (
      <>
        <Form brush={b} plain d="M58 94h84c0 16-14 22-30 24l4 36c16 2 26 8 26 18H58c0-10 10-16 26-18l4-36c-16-2-30-8-30-24Z" />
        <path d={box(88, 126, 24, 6, 3)} fill={b.light} />
      </>
    )}
  </>
);

export const lantern: Draw = (b) => (
  <>
    <path d="M84 34a16 16 0 0 1 32 0" fill="none" stroke={b.deep} strokeWidth="5" />
    <Form brush={b} plain d="M100 30l44 34H56Z" />
    <path d={box(62, 64, 76, 94, 2)} fill={GLASS} opacity=".9" />
    <path d="M84 158v-26a16 10 0 0 1 32 0v26Z" fill={PAPER} />
    <Flame x={100} y={116} />
    <Line d="M62 64v94M138 64v94M100 64v30M62 104h20M118 104h20" stroke={b.base} width={5} />
    <Form brush={b} plain d={box(52, 156, 96, 16, 4)} />
  </>
);

export const paperLantern: Draw = (b) => (
  <>
    <Line d="M100 16v26" stroke={DARK} width={3} />
    <Form brush={b} d={oval(100, 98, 62, 58)} />
    <Line d="M58 56c28 8 56 8 84 0M40 84c40 10 80 10 120 0M40 112c40 10 80 10 120 0M58 140c28 8 56 8 84 0" stroke={b.deep} width={2} />
    <path d={box(80, 36, 40, 10, 3) + box(80, 150, 40, 10, 3)} fill={b.accentDeep} />
    <Line d="M100 160v22M92 160v16M108 160v16" stroke={b.accent} width={3} />
  </>
);

export const lamp: Draw = (b) => (
  <>
    <ellipse cx="100" cy="92" rx="74" ry="60" fill="#ffe3a1" opacity=".28" />
    <path d={box(95, 92, 10, 66, 3)} fill={METAL_DEEP} />
    <Form brush={b} plain fill={METAL_DEEP} d="M64 172c0-12 16-18 36-18s36 6 36 18Z" />
    <Form brush={b} d="M72 34h56l26 66c-30 8-78 8-108 0Z" />
  </>
);

export const deskLamp: Draw = (b) => (
  <>
    <path d="M78 74L20 130h108Z" fill="#ffe3a1" opacity=".4" />
    <Line d="M120 160l-6-52 32-40-52-20" stroke={METAL_DEEP} width={8} />
    <Form brush={b} plain d="M102 34l14 26-56 34-22-40c16-18 40-26 64-20Z" />
    <circle cx="114" cy="108" r="7" fill={DARK} />
    <Form brush={b} plain d="M80 172c0-10 16-16 40-16s40 6 40 16Z" />
  </>
);

export const stringLights: Draw = (b) => {
  const bulbs: [number, number][] = [[34, 74], [68, 96], [102, 102], [136, 94], [168, 72], [46, 140], [84, 158], [122, 158], [156, 138]]; // prettier-ignore
  return (
    <>
      <Line d="M14 48c30 56 142 56 172 0M14 110c36 50 136 50 172 0" stroke={DARK} width={3} />
      {bulbs.map(([x, y], i) => (
        <g key={i}>
          <circle cx={x} cy={y + 6} r="17" fill="#ffdc86" opacity=".3" />
          <path d={`M${x - 9} ${y}c0 24 18 24 18 0Z`} fill={[b.base, b.accent, b.light][i % 3]} />
          <path d={box(x - 5, y - 8, 10, 9, 2)} fill={METAL_DEEP} />
        </g>
      ))}
    </>
  );
};

export const incense: Draw = (b) => (
  <>
    <Line d="M84 150L52 44M100 150V40M116 150l32-106" stroke={WOOD_DEEP} width={4} />
    <path d="M100 36c-14-10 12-16 0-28" fill="none" stroke={METAL_DEEP} strokeWidth="4" strokeLinecap="round" opacity=".6" />
    <Form brush={b} d="M38 142h124c-2 20-20 30-62 30s-60-10-62-30Z" />
  </>
);

export const matches: Draw = (b) => (
  <>
    {[78, 92, 106, 120].map((x, i) => (
      <g key={x}>
        <path d={box(x, 40 + (i % 2) * 8, 7, 60, 2)} fill={WOOD} />
        <path d={oval(x + 3.5, 40 + (i % 2) * 8, 6, 8)} fill="#c8453c" />
      </g>
    ))}
    <Form brush={b} d={box(44, 84, 112, 88, 6)} />
    <path d={box(44, 150, 112, 14, 0)} fill={DARK} opacity=".6" />
    <Motif brush={b} x={100} y={118} size={20} />
  </>
);

export const lampshade: Draw = (b) => (
  <>
    <ellipse cx="100" cy="110" rx="80" ry="50" fill="#ffe3a1" opacity=".3" />
    <Form brush={b} d="M66 42h68l36 100c-40 12-100 12-140 0Z" />
    <Line d={Array.from({ length: 9 }, (_, i) => `M${36 + i * 16} ${148 + Math.round(5 * Math.sin((i / 8) * Math.PI))}v12`).join("")} stroke={b.accentDeep} width={4} />
  </>
);
