/** What decorates a room. */

import { bird, box, DARK, flower, Form, heart, LEAF, Line, METAL_DEEP, Motif, oval, PAPER, star, WOOD, WOOD_DEEP, type Draw } from "../brush.tsx";

export const clock: Draw = (b) => {
  const isAlarm = b.has("alarm");
  return (
    <>
      {isAlarm && (
        <>
          <Form brush={b} plain fill={b.deep} d="M40 62c0-34 40-36 48-20L54 74ZM160 62c0-34-40-36-48-20l34 32Z" />
          <Line d="M58 156l-14 16M142 156l14 16" stroke={b.deep} width={9} />
        </>
      )}
      <Form brush={b} d={oval(100, 104, 66)} />
      <circle cx="100" cy="104" r="50" fill={PAPER} />
      {Array.from({ length: 12 }, (_, i) => (
        <rect key={i} x="98.5" y="60" width="3" height={i % 3 ? 5 : 9} fill={DARK} transform={`rotate(${30 * i} 100 104)`} />
      ))}
      <Line d={b.hash % 2 ? "M100 104V76M100 104l20 12" : "M100 104l-16-18M100 104h30"} stroke={DARK} width={5} />
      <circle cx="100" cy="104" r="5" fill={b.base} />
    </>
  );
};

export const sign: Draw = (b) => (
  <>
    <path d="M52 68l48-42 48 42" fill="none" stroke={WOOD_DEEP} strokeWidth="4" />
    <circle cx="100" cy="26" r="5" fill={METAL_DEEP} />
    <Form brush={b} plain d={box(24, 66, 152, 88, 10)} />
    <path d={box(32, 74, 136, 72, 6)} fill="none" stroke={b.light} strokeWidth="3" />
    <Motif brush={b} x={62} y={110} size={18} fill={b.light} />
    <Line d="M92 98h58M92 112h46M92 126h54" stroke={b.light} width={6} />
  </>
);

export const frame: Draw = (b) => (
  <>
    <Form brush={b} d={box(36, 28, 128, 144, 8)} />
    <path d={box(56, 48, 88, 104, 2)} fill={PAPER} />
    <path d={box(64, 56, 72, 88, 1)} fill="#cfe3ee" />
    <path d="M64 144v-26l22-26 20 22 12-12 18 20v22Z" fill={LEAF} />
    <circle cx="118" cy="78" r="10" fill="#f6c75a" />
  </>
);

export const mirror: Draw = (b) => (
  <>
    <Form brush={b} d={b.has("heart") ? heart(100, 96, 74) : oval(100, 100, 62, 72)} />
    <path d={b.has("heart") ? heart(100, 94, 56) : oval(100, 100, 48, 58)} fill="#d7e8ef" />
    <path d="M72 112l42-52M86 130l46-58" stroke="#fff" strokeWidth="8" strokeLinecap="round" opacity=".75" />
  </>
);

export const wallArt: Draw = (b) => (
  <>
    <path d={box(30, 36, 140, 128, 3)} fill={PAPER} />
    <path d={box(40, 46, 120, 108, 2)} fill={b.light} />
    <path d="M40 154v-30c30-22 60 8 120-20v50Z" fill={b.base} />
    <circle cx="130" cy="74" r="14" fill={b.accent} />
    <Line d="M80 136c0-30-4-44 6-64" stroke={b.deep} width={4} />
    <path d={flower(88, 70, 11) + flower(70, 96, 8)} fill={b.deep} />
    <circle cx="88" cy="70" r="5" fill={b.accent} />
  </>
);

export const vase: Draw = (b) => (
  <>
    <Line d="M100 84C98 60 86 50 74 40M100 84c0-26 4-40 10-56M100 84c4-20 18-30 32-34" stroke={LEAF} width={4} />
    <path d={flower(72, 36, 10) + flower(136, 48, 9)} fill={b.accent} />
    <path d={flower(110, 26, 11)} fill={b.light} />
    <circle cx="110" cy="26" r="5" fill="#ecb84b" />
    <circle cx="72" cy="36" r="4.5" fill="#ecb84b" />
    <circle cx="136" cy="48" r="4" fill="#ecb84b" />
    <Form brush={b} d="M82 82h36c-4 18 28 30 28 58 0 20-16 32-46 32s-46-12-46-32c0-28 32-40 28-58Z" />
    <path d={oval(100, 82, 20, 5)} fill={b.deep} />
  </>
);

export const artificialFlower: Draw = (b) => (
  <>
    <Line d="M100 172C98 140 102 110 100 84" stroke={LEAF} width={6} />
    <path d="M100 140c-30 4-44-14-46-32 26-2 42 10 46 32ZM100 126c26 0 40-14 42-30-22-2-38 8-42 30Z" fill={LEAF} />
    <Form brush={b} plain d={flower(100, 64, 30)} />
    <path d={flower(100, 64, 16)} fill={b.light} opacity=".8" />
    <circle cx="100" cy="64" r="12" fill={b.accent} />
  </>
);

export const woodLetters: Draw = (b) => (
  <>
    <Form brush={b} plain d="M18 62h20v36h18V62h20v108H56v-46H38v46H18Z" />
    <path d={heart(104, 112, 26)} fill={b.accent} />
    <Form brush={b} plain fill={b.deep} d="M140 62h42v20h-22v22h20v20h-20v26h22v20h-42Z" />
  </>
);

export const ornament: Draw = (b) => (
  <>
    <Form brush={b} plain fill={WOOD} d={box(56, 152, 88, 20, 6)} />
    <Form brush={b} d="M44 104c8-44 58-58 84-22l34-8-24 24c0 40-26 56-54 56s-44-22-40-50Z" />
    <path d="M66 108c20-16 40-8 44 18-22 10-40 2-44-18Z" fill={b.deep} opacity=".55" />
    <circle cx="120" cy="92" r="4.5" fill={DARK} />
    <path d="M136 92l16-4-12 14Z" fill="#ecb84b" />
  </>
);

export const hangingDecoration: Draw = (b) => {
  const forms = [heart(100, 112, 52), star(100, 116, 62), oval(100, 116, 46, 54), bird(104, 112, 56)];
  const chosen = b.has("heart", "hearts") ? 0 : b.has("star", "stars") ? 1 : b.has("egg", "eggs", "ball") ? 2 : b.has("bird", "birds", "dove") ? 3 : b.hash % 4;
  return (
    <>
      <Line d="M100 14v54" stroke={WOOD_DEEP} width={3} />
      <path d="M100 40c-18-14-26 2-2 4 24 2 18-16 2-4Z" fill={b.accent} />
      <Form brush={b} d={forms[chosen]!} />
      {!b.pattern && chosen !== 3 && <Motif brush={b} x={100} y={112} size={18} />}
    </>
  );
};

export const bauble: Draw = (b) => (
  <>
    <Line d="M100 16v30" stroke={WOOD_DEEP} width={3} />
    <path d={box(86, 44, 28, 18, 4)} fill="#d9b660" />
    <Form brush={b} d={oval(100, 114, 56)} />
    <path d="M46 106c36 14 72 14 108 0v16c-36 14-72 14-108 0Z" fill={b.accent} opacity=".85" />
    <path d="M70 86c6-12 16-18 26-20" fill="none" stroke="#fff" strokeWidth="7" strokeLinecap="round" opacity=".65" />
  </>
);

export const wreath: Draw = (b) => (
  <>
    <circle cx="100" cy="106" r="50" fill="none" stroke={LEAF} strokeWidth="26" />
    {Array.from({ length: 16 }, (_, i) => (
      <path key={i} d="M100 38q12 10 0 26-12-16 0-26Z" fill={i % 2 ? "#5f8a5c" : "#8fb786"} transform={`rotate(${22.5 * i} 100 106) rotate(24 100 50)`} />
    ))}
    {[20, 95, 170, 245, 320].map((turn) => (
      <circle key={turn} cx="100" cy="56" r="7" fill={b.base} transform={`rotate(${turn} 100 106)`} />
    ))}
    <path d="M100 156c-26-20-38 10-4 6 -14 10-16 18-20 26l24-14 24 14c-4-8-6-16-20-26 34 4 22-26-4-6Z" fill={b.base} />
  </>
);

export const garland: Draw = (b) => (
  <>
    <Line d="M14 56c36 70 136 70 172 0" stroke={WOOD_DEEP} width={3} />
    {[[40, 92], [72, 112], [104, 118], [136, 110], [164, 88]].map(([x, y], i) => (
      <path key={x} d={b.has("star", "stars") ? star(x!, y! + 6, 20) : b.has("egg") ? oval(x!, y! + 6, 13, 17) : b.hash % 2 ? heart(x!, y! + 6, 17) : flower(x!, y! + 6, 11)} fill={[b.base, b.accent, b.deep][i % 3]} />
    ))}
  </>
);

export const christmasTree: Draw = (b) => (
  <>
    <path d={box(88, 150, 24, 22, 3)} fill={WOOD_DEEP} />
    <Form brush={b} plain d="M100 30l34 44h-16l30 40h-18l30 40H40l30-40H52l30-40H66Z" />
    <path d={star(100, 30, 15)} fill="#f0c04f" />
    <path d={oval(84, 92, 6) + oval(118, 106, 6) + oval(78, 132, 6) + oval(120, 140, 6) + oval(102, 72, 5)} fill={b.accent} />
  </>
);

export const stocking: Draw = (b) => (
  <>
    <path d="M74 30a12 12 0 0 1 24 0" fill="none" stroke={WOOD_DEEP} strokeWidth="4" />
    <Form brush={b} d="M66 60h62v58c14 10 38 12 38 32 0 16-14 22-34 22H92c-18 0-26-10-26-26Z" />
    <Form brush={b} plain fill={PAPER} d={box(58, 34, 78, 32, 10)} />
    <path d="M140 128c14 4 26 10 26 22 0 16-14 22-34 22-2-18 0-34 8-44Z" fill={b.accent} />
  </>
);

export const trinketBox: Draw = (b) => (
  <>
    <Form brush={b} d={b.has("heart") ? "M100 172C20 122 40 78 70 82c14 2 24 10 30 18 6-8 16-16 30-18 30-4 50 40-30 90Z" : "M44 102h112v48c0 14-24 22-56 22s-56-8-56-22Z"} />
    <Form brush={b} plain fill={b.light} d="M40 104c0-30 26-46 60-46s60 16 60 46c-34 12-86 12-120 0Z" />
    <circle cx="100" cy="52" r="10" fill={b.accent} />
    <Motif brush={b} x={100} y={138} size={16} />
  </>
);

export const moneyBox: Draw = (b) => (
  <>
    <path d={box(62, 146, 18, 26, 5) + box(122, 146, 18, 26, 5)} fill={b.deep} />
    <Form brush={b} d="M34 114c0-36 30-54 64-54 16 0 28 4 38 10l22-12-4 28c6 6 10 12 12 18h14v32h-18c-10 16-32 26-64 26-38 0-64-18-64-48Z" />
    <path d={box(82, 68, 40, 8, 4)} fill={b.deep} />
    <circle cx="144" cy="104" r="5" fill={DARK} />
    <circle cx="102" cy="46" r="15" fill="#f0c04f" />
  </>
);

export const memoBoard: Draw = (b) => (
  <>
    <Form brush={b} plain fill={WOOD} d={box(22, 42, 156, 124, 8)} />
    <path d={box(34, 54, 132, 100, 3)} fill={b.has("blackboard", "chalkboard") ? "#3d4b48" : b.light} />
    <path d={box(48, 68, 40, 40, 2)} fill="#fbe08a" transform="rotate(-5 68 88)" />
    <path d={box(108, 76, 42, 34, 2)} fill={PAPER} transform="rotate(4 128 92)" />
    <circle cx="68" cy="70" r="5" fill={b.accentDeep} />
    <circle cx="128" cy="78" r="5" fill={b.base} />
    <Line d="M54 130h60" stroke={PAPER} width={5} />
  </>
);
