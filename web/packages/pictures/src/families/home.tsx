/** What hangs, stands and lies about the house. */

import { bird, box, DARK, flower, Form, GLASS, heart, LEAF, Line, METAL, METAL_DEEP, Motif, oval, PAPER, star, WOOD, WOOD_DEEP, type Draw } from "../brush.tsx";

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

export const lampshade: Draw = (b) => (
  <>
    <ellipse cx="100" cy="110" rx="80" ry="50" fill="#ffe3a1" opacity=".3" />
    <Form brush={b} d="M66 42h68l36 100c-40 12-100 12-140 0Z" />
    <Line d={Array.from({ length: 9 }, (_, i) => `M${36 + i * 16} ${148 + Math.round(5 * Math.sin((i / 8) * Math.PI))}v12`).join("")} stroke={b.accentDeep} width={4} />
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
