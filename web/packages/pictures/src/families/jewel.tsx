/** What adorns. */

import { box, DARK, flower, Form, heart, Line, METAL, METAL_DEEP, Motif, oval, star, type Draw } from "../brush.tsx";

const GOLD = "#d9b660";

export const necklace: Draw = (b) => (
  <>
    <path d="M46 26c-10 70 20 108 54 108s64-38 54-108" fill="none" stroke={GOLD} strokeWidth="4" />
    {[[50, 70], [60, 96], [76, 118], [124, 118], [140, 96], [150, 70]].map(([x, y], i) => (
      <circle key={i} cx={x} cy={y} r={9 + (i === 2 || i === 3 ? 3 : 0)} fill={i % 2 ? b.light : b.base} />
    ))}
    <Form brush={b} plain d={b.has("heart") ? heart(100, 146, 24) : b.has("star") ? star(100, 148, 26) : oval(100, 146, 18, 24)} />
    <path d="M92 136q6-10 14-6" fill="none" stroke="#fff" strokeWidth="4" strokeLinecap="round" opacity=".7" />
  </>
);

export const earrings: Draw = (b) => (
  <>
    {[64, 136].map((x) => (
      <g key={x}>
        <path d={`M${x} 40c-14 0-14 22 0 24`} fill="none" stroke={GOLD} strokeWidth="4" />
        <circle cx={x} cy="74" r="9" fill={b.light} />
        <Form brush={b} plain d={b.has("heart") ? heart(x, 126, 26) : `M${x} 86c12 22 24 38 24 54a24 24 0 0 1-48 0c0-16 12-32 24-54Z`} />
        <path d={`M${x - 10} 136c0 8 4 13 10 15`} fill="none" stroke="#fff" strokeWidth="4" strokeLinecap="round" opacity=".7" />
      </g>
    ))}
  </>
);

export const bracelet: Draw = (b) => (
  <>
    {Array.from({ length: 14 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 14;
      const [x, y] = [100 + 62 * Math.cos(angle), 108 + 50 * Math.sin(angle)];
      return <circle key={i} cx={x.toFixed(1)} cy={y.toFixed(1)} r={i % 2 ? 13 : 16} fill={[b.base, b.light, b.deep][i % 3]} />;
    })}
    <path d={b.hash % 2 ? heart(100, 170, 15) : star(100, 168, 17)} fill={GOLD} />
  </>
);

export const ring: Draw = (b) => (
  <>
    <ellipse cx="100" cy="126" rx="44" ry="46" fill="none" stroke={GOLD} strokeWidth="12" />
    <Form brush={b} plain d="M66 54h68l18 22-52 44-52-44Z" />
    <path d="M48 76h104M66 54l14 22 20 44 20-44 14-22M80 76l20-22 20 22" fill="none" stroke="#fff" strokeWidth="2.5" opacity=".6" />
  </>
);

export const brooch: Draw = (b) => (
  <>
    <Form brush={b} plain d={b.has("star") ? star(100, 104, 70) : b.has("bow") ? "M100 104C60 50 24 60 28 104s34 50 72 0c38 50 68 44 72 0s-32-54-72 0Z" : flower(100, 104, 40)} />
    <circle cx="100" cy="104" r="20" fill={GOLD} />
    <circle cx="100" cy="104" r="11" fill={b.light} />
  </>
);

export const charm: Draw = (b) => (
  <>
    <path d="M100 66c-30-50 30-50 0 0" fill="none" stroke={METAL_DEEP} strokeWidth="6" />
    <path d={box(92, 64, 16, 12, 4)} fill={GOLD} />
    <circle cx="100" cy="92" r="15" fill={b.accent} />
    <Form brush={b} plain d={b.hash % 2 ? heart(100, 140, 30) : oval(100, 138, 24, 30)} />
    <Line d="M78 104v30M122 104v30" stroke={METAL_DEEP} width={3} />
    <path d={oval(78, 140, 8) + oval(122, 140, 8)} fill={b.light} />
  </>
);

export const keyring: Draw = (b) => (
  <>
    <circle cx="72" cy="58" r="28" fill="none" stroke={METAL_DEEP} strokeWidth="7" />
    <path d="M88 80l12 18" stroke={METAL_DEEP} strokeWidth="6" />
    <Form brush={b} d={b.has("heart") ? heart(120, 134, 42) : box(84, 96, 76, 76, 18)} />
    <Motif brush={b} x={121} y={132} size={20} />
  </>
);

export const hairAccessory: Draw = (b) => (
  <>
    <path d="M26 150c-4-120 152-120 148 0" fill="none" stroke={METAL_DEEP} strokeWidth="9" strokeLinecap="round" />
    <Form brush={b} d="M92 70C52 28 26 52 40 84c10 22 34 16 52 0ZM116 70c40-42 66-18 52 14-10 22-34 16-52 0Z" />
    <circle cx="104" cy="76" r="17" fill={b.accent} />
  </>
);

export const glasses: Draw = (b) => (
  <>
    <Line d="M18 92c16-10 24 0 26 6M182 92c-16-10-24 0-26 6M92 106q8-10 16 0" stroke={b.deep} width={8} />
    <path d={oval(66, 114, 32, 28) + oval(134, 114, 32, 28)} fill="#cfe3ee" stroke={b.base} strokeWidth="9" />
  </>
);

export const watch: Draw = (b) => (
  <>
    <Form brush={b} plain d="M72 20h56l6 44H66ZM66 136h68l-6 44H72Z" />
    <path d={box(52, 52, 96, 96, 26)} fill={DARK} />
    <path d={box(60, 60, 80, 80, 20)} fill="#16202a" />
    <circle cx="100" cy="100" r="26" fill="none" stroke={b.light} strokeWidth="6" strokeDasharray="120 164" transform="rotate(-90 100 100)" />
    <path d={heart(100, 102, 9)} fill="#ee8268" />
    <path d={box(147, 88, 8, 24, 4)} fill={METAL_DEEP} />
  </>
);

export const jewelleryBox: Draw = (b) => (
  <>
    <path d="M40 96V50c0-6 4-10 10-10h100c6 0 10 4 10 10v46Z" fill={b.deep} />
    <path d={box(52, 52, 96, 44, 4)} fill="#d7e8ef" />
    <Form brush={b} d={box(34, 94, 132, 78, 8)} />
    <path d="M34 130h132" stroke={b.deep} strokeWidth="4" />
    <circle cx="100" cy="112" r="6" fill={GOLD} />
    <circle cx="100" cy="150" r="6" fill={GOLD} />
    <path d={flower(100, 72, 9)} fill={METAL} />
  </>
);
