/** Toys, games, craft, sport and the very young. */

import { box, DARK, flower, Form, heart, LEAF, Line, METAL, METAL_DEEP, Motif, oval, PAPER, star, WOOD, WOOD_DEEP, type Draw } from "../brush.tsx";

export const softToy: Draw = (b) => {
  const isRabbit = b.has("rabbit", "bunny", "兔");
  return (
    <>
      {isRabbit ? (
        <Form brush={b} plain d={oval(78, 34, 12, 30) + oval(122, 34, 12, 30)} />
      ) : (
        <Form brush={b} plain fill={b.deep} d={oval(64, 46, 19) + oval(136, 46, 19)} />
      )}
      <Form brush={b} plain fill={b.deep} d={oval(58, 132, 20, 26) + oval(142, 132, 20, 26)} />
      <Form brush={b} d={oval(100, 134, 46, 40)} />
      <Form brush={b} plain d={oval(100, 78, 46, 42)} />
      <path d={oval(100, 92, 20, 15)} fill={b.light} />
      <path d={oval(82, 74, 5) + oval(118, 74, 5) + oval(100, 86, 6, 4)} fill={DARK} />
      <path d="M100 118c-16-12-26 8-2 4 24 4 18-16 2-4Z" fill={b.accent} />
      <Form brush={b} plain fill={b.deep} d={oval(74, 166, 20, 12) + oval(126, 166, 20, 12)} />
    </>
  );
};

export const doll: Draw = (b) => (
  <>
    <path d="M60 76c0-60 80-60 80 0v24H60Z" fill={b.accentDeep} />
    <circle cx="100" cy="72" r="32" fill="#f3d3b8" />
    <path d="M68 66c10-26 54-26 64 0-22 4-42-2-64 0Z" fill={b.accentDeep} />
    <path d={oval(88, 76, 3.5) + oval(112, 76, 3.5)} fill={DARK} />
    <path d={oval(78, 84, 5) + oval(122, 84, 5)} fill="#eda6b6" opacity=".8" />
    <Line d="M94 88q6 5 12 0" stroke="#c8453c" width={3} />
    <Form brush={b} d="M76 104h48l28 64c-30 8-74 8-104 0Z" />
    <path d="M76 104h48l6 14H70Z" fill={b.accent} />
  </>
);

export const russianDoll: Draw = (b) => (
  <>
    <Form brush={b} d="M100 24c30 0 40 22 36 46 18 16 26 40 22 70-2 22-22 32-58 32s-56-10-58-32c-4-30 4-54 22-70-4-24 6-46 36-46Z" />
    <circle cx="100" cy="64" r="24" fill="#f3d3b8" />
    <path d="M76 60c4-24 44-24 48 0-14-2-18-8-24-12-6 4-10 10-24 12Z" fill="#8a6249" />
    <path d={oval(92, 66, 3) + oval(108, 66, 3)} fill={DARK} />
    <path d={flower(100, 126, 18)} fill={b.accent} />
    <circle cx="100" cy="126" r="8" fill={b.light} />
  </>
);

export const blocks: Draw = (b) => (
  <>
    <Form brush={b} plain d={box(34, 110, 62, 62, 6)} />
    <Form brush={b} plain fill={b.accentDeep} d={box(102, 110, 62, 62, 6)} />
    <Form brush={b} plain fill={b.accent} d={box(68, 46, 62, 62, 6)} />
    <path d={heart(65, 142, 15)} fill={b.light} />
    <path d={star(133, 142, 17)} fill={PAPER} />
    <path d={oval(99, 77, 15)} fill={b.deep} />
  </>
);

export const bricks: Draw = (b) => (
  <>
    {[[26, 126, b.base, 0], [102, 126, b.accentDeep, 0], [60, 82, b.accent, 0], [78, 38, b.deep, 1]].map(([x, y, fill, small], i) => {
      const width = small ? 46 : 74;
      return (
        <g key={i}>
          <path d={box(Number(x) + 8, Number(y) - 8, 16, 12, 3) + box(Number(x) + width - 24, Number(y) - 8, 16, 12, 3)} fill={String(fill)} />
          <Form brush={b} plain fill={String(fill)} d={box(Number(x), Number(y), width, 44, 4)} />
        </g>
      );
    })}
  </>
);

export const car: Draw = (b) => (
  <>
    <path d="M132 60l20-40" stroke={METAL_DEEP} strokeWidth="3" />
    <Form brush={b} plain d="M18 126c0-14 10-20 26-22l22-32c4-6 8-8 16-8h36c10 0 14 4 20 12l18 28c18 2 28 8 28 24v20c0 4-2 6-6 6H24c-4 0-6-2-6-6Z" />
    <path d="M72 102l16-24h16v24ZM112 78h12l18 24h-30Z" fill="#cfe3ee" />
    <path d={box(20, 124, 18, 12, 5)} fill="#ffe3a1" />
    {[62, 142].map((x) => (
      <g key={x}>
        <circle cx={x} cy="154" r="22" fill={DARK} />
        <circle cx={x} cy="154" r="10" fill={METAL} />
      </g>
    ))}
  </>
);

export const game: Draw = (b) => (
  <>
    <Form brush={b} d={box(22, 44, 156, 96, 8)} />
    <path d={box(34, 56, 132, 72, 4)} fill={PAPER} />
    {Array.from({ length: 10 }, (_, i) => (
      <rect key={i} x={40 + (i % 5) * 25} y={i < 5 ? 62 : 100} width="20" height="20" rx="4" fill={[b.base, b.accent, b.light, b.deep][i % 4]} />
    ))}
    <g transform="rotate(14 142 146)">
      <path d={box(116, 120, 50, 50, 10)} fill={PAPER} />
      <path d={box(116, 120, 50, 50, 10)} fill={b.shade} />
      <path d={oval(129, 133, 5) + oval(153, 133, 5) + oval(141, 145, 5) + oval(129, 157, 5) + oval(153, 157, 5)} fill={DARK} />
    </g>
    <path d="M46 172c0-16 6-20 10-26a13 13 0 1 1 18 0c4 6 10 10 10 26Z" fill={b.accentDeep} />
  </>
);

export const playingCards: Draw = (b) => (
  <>
    <g transform="rotate(-16 100 170)">
      <Form brush={b} d={box(46, 36, 86, 124, 10)} />
    </g>
    <g transform="rotate(10 100 170)">
      <Form brush={b} plain fill={PAPER} d={box(66, 38, 86, 124, 10)} />
      <path d={heart(109, 100, 26)} fill="#d2493f" />
      <path d={heart(82, 58, 8) + heart(136, 142, 8)} fill="#d2493f" />
    </g>
  </>
);

export const puzzle: Draw = (b) => (
  <>
    <Form brush={b} d="M34 40h62c-10 20 30 20 20 0h52v52c-20-10-20 30 0 20v58h-56c10-20-30-20-20 0H34v-56c20 10 20-30 0-20Z" />
    <path d="M100 56v110M34 104h132" stroke={b.deep} strokeWidth="3" strokeDasharray="0" opacity=".5" />
    <Motif brush={b} x={136} y={140} size={14} />
  </>
);

export const craftKit: Draw = (b) => (
  <>
    <Form brush={b} d={heart(92, 92, 56)} />
    <path d={heart(92, 91, 47)} fill="none" stroke={b.accent} strokeWidth="3" strokeDasharray="7 6" />
    <path d="M120 168l48-104" stroke={METAL_DEEP} strokeWidth="4" strokeLinecap="round" />
    <path d="M122 164c-30 20-60-14-90 6" fill="none" stroke={b.accentDeep} strokeWidth="3" />
    <path d={oval(40, 150, 12)} fill={b.accent} />
  </>
);

export const sewingKit: Draw = (b) => (
  <>
    <path d={box(34, 50, 62, 14, 5) + box(34, 142, 62, 14, 5)} fill={WOOD} />
    <Form brush={b} d={box(42, 62, 46, 82, 4)} />
    <path d="M42 78l46 8M42 94l46 8M42 110l46 8M42 126l46 8" stroke={b.deep} strokeWidth="3" />
    <g transform="rotate(20 140 110)">
      <circle cx="126" cy="154" r="15" fill="none" stroke={b.accentDeep} strokeWidth="7" />
      <circle cx="160" cy="154" r="15" fill="none" stroke={b.accentDeep} strokeWidth="7" />
      <path d="M132 140l22-86 4 4-14 84ZM154 140l-22-86-4 4 14 84Z" fill={METAL_DEEP} />
    </g>
  </>
);

export const patch: Draw = (b) => (
  <>
    <Form brush={b} d={oval(82, 86, 52)} />
    <circle cx="82" cy="86" r="45" fill="none" stroke={PAPER} strokeWidth="3" strokeDasharray="6 5" />
    <Motif brush={b} x={82} y={86} size={24} />
    <Form brush={b} plain fill={b.accentDeep} d={star(142, 134, 40)} />
  </>
);

export const ball: Draw = (b) => (
  <>
    <Form brush={b} d={oval(100, 106, 66)} />
    <path d="M42 76c36 20 80 20 116 0M42 138c36-20 80-20 116 0M100 40v132" fill="none" stroke={b.deep} strokeWidth="5" />
  </>
);

export const tent: Draw = (b) => (
  <>
    <Line d="M14 172L104 40M104 40l82 132" stroke={WOOD_DEEP} width={4} />
    <Form brush={b} d="M100 46l82 126H18Z" />
    <path d="M100 46l36 126H66Z" fill={b.deep} />
    <path d="M100 70l4 102H66Z" fill={b.light} />
    <circle cx="164" cy="46" r="13" fill="#f6d77a" />
  </>
);

export const sleepingBag: Draw = (b) => (
  <>
    <Form brush={b} d="M60 54c0-24 80-24 80 0l8 86c0 20-16 32-48 32s-48-12-48-32Z" />
    <path d={oval(100, 60, 30, 17)} fill={b.deep} />
    <path d={oval(100, 64, 22, 11)} fill={PAPER} />
    <path d="M100 78v90" stroke={b.accent} strokeWidth="4" strokeDasharray="4 3" />
    <path d="M54 104h92M53 134h94" stroke={b.deep} strokeWidth="2.5" opacity=".5" />
  </>
);

export const mat: Draw = (b) => (
  <>
    <Form brush={b} plain d="M62 146h122v20c0 4-2 6-6 6H62Z" />
    <Form brush={b} d="M24 116c0-30 52-30 52 0v56H50c-16 0-26-10-26-26Z" />
    <circle cx="50" cy="136" r="36" fill={b.base} />
    <circle cx="50" cy="136" r="36" fill={b.shade} />
    <path d="M50 112a24 24 0 1 1-24 24c0-12 8-18 18-18s16 8 16 16-6 12-12 12" fill="none" stroke={b.deep} strokeWidth="5" strokeLinecap="round" />
  </>
);

export const dumbbell: Draw = (b) => (
  <g transform="rotate(-18 100 110)">
    <path d={box(60, 100, 80, 18, 6)} fill={METAL_DEEP} />
    <Form brush={b} plain d={box(34, 66, 34, 86, 10) + box(132, 66, 34, 86, 10)} />
    <Form brush={b} plain fill={b.deep} d={box(16, 82, 20, 54, 8) + box(164, 82, 20, 54, 8)} />
  </g>
);

export const bicycle: Draw = (b) => (
  <>
    <circle cx="52" cy="130" r="38" fill="none" stroke={DARK} strokeWidth="7" />
    <circle cx="150" cy="130" r="38" fill="none" stroke={DARK} strokeWidth="7" />
    <Line d="M52 130l30-58h54l14 58M82 72l18 58H52M100 130l36-58M136 72l-6-24h20M82 72l-6-18" stroke={b.base} width={8} />
    <path d="M58 50h36c0 8-30 10-36 0Z" fill={DARK} />
    <circle cx="100" cy="130" r="9" fill={METAL_DEEP} />
  </>
);

export const stroller: Draw = (b) => (
  <>
    <Line d="M60 148l60-50M132 148L84 100M150 60c14-2 22-10 30-22" stroke={METAL_DEEP} width={7} />
    <Form brush={b} plain fill={b.light} d="M42 82c4-46 48-62 76-38l-18 38Z" />
    <Form brush={b} d="M36 80h116c0 36-20 50-56 50-34 0-58-14-60-50Z" />
    {[62, 134].map((x) => (
      <g key={x}>
        <circle cx={x} cy="154" r="18" fill={DARK} />
        <circle cx={x} cy="154" r="8" fill={METAL} />
      </g>
    ))}
  </>
);

export const babyBottle: Draw = (b) => (
  <>
    <path d="M88 40c-4-24 28-24 24 0l10 16H78Z" fill="#f3cfa6" />
    <Form brush={b} plain d={box(66, 54, 68, 22, 6)} />
    <path d="M70 76h60c10 16 4 22 4 40v42c0 8-6 14-14 14H80c-8 0-14-6-14-14v-42c0-18-6-24 4-40Z" fill="#e9f3f5" />
    <path d="M66 112h68v46c0 8-6 14-14 14H80c-8 0-14-6-14-14Z" fill={PAPER} />
    <Line d="M112 92h14M112 110h14M112 128h14M112 146h14" stroke={b.deep} width={4} />
  </>
);

export const bodysuit: Draw = (b) => (
  <>
    <Form brush={b} d="M72 36c8 16 48 16 56 0l32 16 10 34-24 8-6-6c0 30 4 50-6 60-14 2-20 10-22 22H88c-2-12-8-20-22-22-10-10-6-30-6-60l-6 6-24-8 10-34Z" />
    <path d="M72 36c8 16 48 16 56 0" fill="none" stroke={b.accent} strokeWidth="6" />
    {!b.pattern && <Motif brush={b} x={100} y={104} size={20} />}
    <path d={oval(92, 164, 2.5) + oval(100, 165, 2.5) + oval(108, 164, 2.5)} fill={b.deep} />
  </>
);

export const nappies: Draw = (b) => (
  <>
    <Form brush={b} plain fill={PAPER} d="M32 70h136l-8 40c-16 10-24 30-26 54-20 8-48 8-68 0-2-24-10-44-26-54Z" />
    <path d="M32 70h136l-4 20H36Z" fill={b.light} />
    <path d={box(58, 74, 22, 12, 4) + box(120, 74, 22, 12, 4)} fill={b.base} />
    <Motif brush={b} x={100} y={126} size={18} fill={b.base} />
  </>
);

export const instrument: Draw = (b) => (
  <>
    <path d={oval(100, 130, 44, 40) + oval(100, 88, 34, 30)} fill={b.base} />
    <path d={oval(100, 130, 44, 40) + oval(100, 88, 34, 30)} fill={b.shade} />
    <path d={box(93, 14, 14, 96, 3)} fill={WOOD_DEEP} />
    <circle cx="100" cy="112" r="16" fill={DARK} />
    <Line d="M96 20v124M104 20v124" stroke={PAPER} width={1.5} />
    <path d={box(82, 142, 36, 8, 2)} fill={LEAF} />
  </>
);

export const magnet: Draw = (b) => (
  <>
    <path d={box(22, 30, 156, 142, 10)} fill="#dfe5ea" />
    {[[66, 72, b.base], [134, 66, b.accentDeep], [70, 130, b.accent], [132, 126, b.deep]].map(([x, y, fill], i) => (
      <path key={i} d={[oval(Number(x), Number(y), 24), heart(Number(x), Number(y), 24), star(Number(x), Number(y), 28), flower(Number(x), Number(y), 17)][(i + b.hash) % 4]} fill={String(fill)} />
    ))}
  </>
);
