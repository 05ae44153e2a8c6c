/** What is worn or carried. */

import { box, DARK, flower, Form, heart, Line, METAL, METAL_DEEP, Motif, oval, PAPER, star, WOOD_DEEP, type Draw } from "../brush.tsx";

const GOLD = "#d9b660";

export const bag: Draw = (b) => (
  <>
    <path d="M68 84c0-62 64-62 64 0" fill="none" stroke={b.deep} strokeWidth="9" />
    <Form brush={b} d="M34 78h132l10 86c1 5-3 8-8 8H32c-5 0-9-3-8-8Z" />
    {!b.pattern && <Motif brush={b} x={100} y={124} size={28} />}
  </>
);

export const handbag: Draw = (b) => (
  <>
    <path d="M62 88c0-56 76-56 76 0" fill="none" stroke={b.deep} strokeWidth="9" />
    <Form brush={b} d="M30 86c0-8 6-12 14-12h112c8 0 14 4 14 12l6 72c0 8-6 14-14 14H38c-8 0-14-6-14-14Z" />
    <path d="M30 86c0-8 6-12 14-12h112c8 0 14 4 14 12l2 18c-20 22-124 22-144 0Z" fill={b.deep} opacity=".8" />
    <path d={box(90, 106, 20, 22, 5)} fill={GOLD} />
  </>
);

export const purse: Draw = (b) => (
  <>
    <path d="M86 58c-8-16 6-22 8-8M114 58c8-16-6-22-8-8" fill={GOLD} stroke={GOLD} strokeWidth="7" strokeLinecap="round" />
    <Form brush={b} d="M42 76c14-20 102-20 116 0 26 44 16 96-58 96S16 120 42 76Z" />
    <path d="M42 76c14-20 102-20 116 0" fill="none" stroke={GOLD} strokeWidth="8" strokeLinecap="round" />
    {!b.pattern && <Motif brush={b} x={100} y={124} size={24} />}
  </>
);

export const washBag: Draw = (b) => (
  <>
    <Form brush={b} d="M24 92c0-16 12-24 30-24h92c18 0 30 8 30 24v52c0 18-12 28-30 28H54c-18 0-30-10-30-28Z" />
    <path d="M30 88h140" stroke={b.deep} strokeWidth="6" strokeDasharray="3 4" />
    <path d="M158 88l8 24-14 2-4-24Z" fill={GOLD} />
    {!b.pattern && <Motif brush={b} x={96} y={130} size={22} />}
  </>
);

export const lunchBag: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.deep} d="M52 52h96l8 26H44Z" />
    <Form brush={b} d={box(42, 70, 116, 102, 10)} />
    <path d="M84 52c0-22 32-22 32 0" fill="none" stroke={b.accent} strokeWidth="8" />
    {!b.pattern && <Motif brush={b} x={100} y={122} size={26} />}
  </>
);

export const backpack: Draw = (b) => (
  <>
    <path d="M84 40c0-22 32-22 32 0" fill="none" stroke={b.deep} strokeWidth="8" />
    <Form brush={b} plain fill={b.deep} d={box(28, 104, 24, 56, 10) + box(148, 104, 24, 56, 10)} />
    <Form brush={b} d="M46 88c0-34 20-52 54-52s54 18 54 52v68c0 10-6 16-16 16H62c-10 0-16-6-16-16Z" />
    <Form brush={b} plain fill={b.light} d={box(62, 108, 76, 50, 12)} />
    <path d="M66 122h68" stroke={b.deep} strokeWidth="4" />
    <path d={box(116, 120, 8, 16, 3)} fill={b.accent} />
  </>
);

export const suitcase: Draw = (b) => (
  <>
    <path d="M82 52V28h36v24" fill="none" stroke={METAL_DEEP} strokeWidth="7" />
    <path d={oval(62, 172, 8) + oval(138, 172, 8)} fill={DARK} />
    <Form brush={b} d={box(44, 50, 112, 118, 16)} />
    <path d="M68 54v110M90 54v110M112 54v110M134 54v110" stroke={b.deep} strokeWidth="3" opacity=".5" />
    <path d={box(86, 46, 28, 12, 4)} fill={b.deep} />
  </>
);

export const travelWallet: Draw = (b) => (
  <>
    <path d="M136 46c30-30 46 10 22 20" fill="none" stroke={b.deep} strokeWidth="5" />
    <Form brush={b} d={box(46, 36, 104, 136, 12)} />
    <path d={box(62, 56, 72, 44, 5)} fill={PAPER} />
    <Line d="M72 70h50M72 82h34" stroke={METAL_DEEP} width={4} />
    <Motif brush={b} x={98} y={136} size={18} />
  </>
);

export const umbrella: Draw = (b) => (
  <>
    <Line d="M100 30V18M100 96v54c0 22-30 22-30 2" stroke={WOOD_DEEP} width={6} />
    <Form brush={b} d="M16 102c0-46 38-76 84-76s84 30 84 76c-14-14-32-14-42 0-12-16-30-16-42 0-12-16-30-16-42 0-10-14-28-14-42 0Z" />
    <path d="M100 26c-26 16-40 44-42 76M100 26c26 16 40 44 42 76M100 26v76" fill="none" stroke={b.deep} strokeWidth="2.5" opacity=".5" />
  </>
);

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

export const scarf: Draw = (b) => (
  <>
    <Form brush={b} fill={b.deep} plain d="M108 96l38 66-34 12-26-68Z" />
    <Form brush={b} d="M66 100h40l-6 72H60Z" />
    <path d="M100 34c40 0 62 18 62 40s-22 40-62 40-62-18-62-40 22-40 62-40Zm0 24c-22 0-34 6-34 15s12 15 34 15 34-6 34-15-12-15-34-15Z" fill={b.base} />
    {b.pattern && <path d="M100 34c40 0 62 18 62 40s-22 40-62 40-62-18-62-40 22-40 62-40Zm0 24c-22 0-34 6-34 15s12 15 34 15 34-6 34-15-12-15-34-15Z" fill={b.pattern} />}
    <path d="M42 82c14 18 36 24 58 24s44-6 58-24" fill="none" stroke={b.deep} strokeWidth="4" opacity=".5" />
    <Line d="M64 172v9M74 172v9M84 172v9M94 172v9" stroke={b.deep} width={3} />
  </>
);

export const glasses: Draw = (b) => (
  <>
    <Line d="M18 92c16-10 24 0 26 6M182 92c-16-10-24 0-26 6M92 106q8-10 16 0" stroke={b.deep} width={8} />
    <path d={oval(66, 114, 32, 28) + oval(134, 114, 32, 28)} fill="#cfe3ee" stroke={b.base} strokeWidth="9" />
  </>
);

export const dress: Draw = (b) => (
  <>
    <Form brush={b} d="M76 30c4 14 44 14 48 0l12 4c-2 22-8 34-8 50 12 24 30 52 34 82-30 10-94 10-124 0 4-30 22-58 34-82 0-16-6-28-8-50Z" />
    <path d="M72 82h56v10H72Z" fill={b.accent} />
  </>
);

export const skirt: Draw = (b) => (
  <>
    <Form brush={b} d="M68 46h64l34 112c-36 16-96 16-132 0Z" />
    <path d="M66 42h68v14H66Z" fill={b.deep} />
    <Line d="M80 62l-16 96M100 62v104M120 62l16 96" stroke={b.deep} width={2.5} />
  </>
);

export const tshirt: Draw = (b) => (
  <>
    <Form brush={b} d="M72 36c10 14 46 14 56 0l30 10 24 38-26 18-12-16v82c0 3-2 4-4 4H60c-2 0-4-1-4-4V86l-12 16-26-18 24-38Z" />
    <path d="M72 36c10 14 46 14 56 0" fill="none" stroke={b.deep} strokeWidth="6" />
    {!b.pattern && b.hash % 2 === 0 && <Motif brush={b} x={100} y={104} size={20} />}
  </>
);

export const shirt: Draw = (b) => (
  <>
    <Form brush={b} d="M74 38l26 14 26-14 30 10 20 84-22 6-10-40v70c0 3-2 4-4 4H60c-2 0-4-1-4-4V98l-10 40-22-6 20-84Z" />
    <path d="M74 38l26 16 26-16-10 34-16-14-16 14Z" fill={b.light} />
    <Line d="M100 60v108" stroke={b.deep} width={2} />
    <path d={oval(106, 88, 3) + oval(106, 112, 3) + oval(106, 136, 3)} fill={b.deep} />
  </>
);

export const sweater: Draw = (b) => (
  <>
    <Form brush={b} d="M72 40c10 10 46 10 56 0l30 12 22 92-22 8-14-50v62c0 5-3 8-8 8H64c-5 0-8-3-8-8v-62l-14 50-22-8 22-92Z" />
    <path d="M72 40c10 10 46 10 56 0l4 10c-16 12-48 12-64 0Z" fill={b.deep} />
    <path d="M56 156h88v8c0 5-3 8-8 8H64c-5 0-8-3-8-8Z" fill={b.deep} />
    {!b.pattern && <path d="M58 92l14 12 14-12 14 12 14-12 14 12 14-12v12l-14 12-14-12-14 12-14-12-14 12-14-12Z" fill={b.accent} />}
  </>
);

export const coat: Draw = (b) => (
  <>
    <Form brush={b} d="M74 32l26 18 26-18 28 14 24 96-22 8-12-44v62c0 3-2 4-4 4H60c-2 0-4-1-4-4v-62l-12 44-22-8 24-96Z" />
    <path d="M74 32l26 40-20 20-16-50ZM126 32l-26 40 20 20 16-50Z" fill={b.deep} />
    <Line d="M100 74v96" stroke={b.deep} width={3} />
    <path d={oval(90, 106, 4) + oval(90, 130, 4) + oval(110, 106, 4) + oval(110, 130, 4)} fill={b.light} />
  </>
);

export const trousers: Draw = (b) => (
  <>
    <Form brush={b} d="M62 30h76l14 138c0 3-2 4-4 4h-30c-3 0-4-2-5-4l-13-84-13 84c0 2-2 4-5 4H52c-2 0-4-1-4-4Z" />
    <path d="M61 30h78l2 14H59Z" fill={b.deep} />
    <Line d="M100 44v30M70 50c2 12-2 18-10 20M130 50c-2 12 2 18 10 20" stroke={b.deep} width={3} />
  </>
);

export const pyjamas: Draw = (b) => (
  <>
    <Form brush={b} d="M72 22l28 12 28-12 26 8 16 56-18 6-10-24v30H58V68L48 92l-18-6 16-56Z" />
    <Form brush={b} d="M60 104h80l8 66h-34l-14-40-14 40H52Z" />
    <Line d="M100 36v62" stroke={b.accentDeep} width={3} />
    <path d={oval(107, 54, 3) + oval(107, 76, 3)} fill={b.accentDeep} />
  </>
);

export const underwear: Draw = (b) => (
  <>
    <Form brush={b} d="M36 60h128l8 88c-20 10-40 8-54 2l-18-36-18 36c-14 6-34 8-54-2Z" />
    <path d="M35 58h130l2 20H33Z" fill={b.deep} />
    <Line d="M58 68h26" stroke={b.light} width={5} />
  </>
);

export const socks: Draw = (b) => (
  <>
    {[0, 52].map((x, i) => (
      <g key={x}>
        <Form brush={b} fill={i ? b.deep : b.base} plain={i === 1} d={`M${46 + x} 34h36v70c0 12 26 18 26 40 0 16-12 26-30 26-20 0-32-12-32-34Z`} />
        <path d={`M${46 + x} 34h36v16h-36ZM${92 + x} 120c10 8 16 14 16 24 0 16-12 26-30 26 0-20 4-38 14-50Z`} fill={b.accent} />
      </g>
    ))}
  </>
);

export const sneaker: Draw = (b) => (
  <>
    <path d="M18 146h166c4 0 6 3 6 8 0 12-8 18-20 18H34c-12 0-18-10-16-26Z" fill={PAPER} />
    <Form brush={b} plain d="M22 92c10 4 22 2 30-6l18-20 42 40c14 12 40 14 60 20 12 4 16 12 16 24H18c-4-20-2-40 4-58Z" />
    <path d="M22 92c10 4 22 2 30-6l10 12c-8 16-22 24-44 22Z" fill={b.deep} />
    <Line d="M84 82l-14 12M98 94l-14 14M112 106l-14 14" stroke={PAPER} width={5} />
    <path d="M52 146c8-22 30-30 58-26 12 10 18 18 20 26Z" fill={b.accent} opacity=".9" />
  </>
);

export const leatherShoe: Draw = (b) => (
  <>
    <path d="M18 150h160c6 0 10 4 10 10v6H62v6H18Z" fill={DARK} />
    <Form brush={b} plain d="M20 88c22 6 44 4 62-4l28 30c20 6 46 6 62 16 8 6 10 12 10 20H20Z" />
    <path d="M82 84l28 30c-18 8-34 4-46-8Z" fill={b.deep} />
    <Line d="M84 100l14-8M96 110l14-6" stroke={b.light} width={4} />
  </>
);

export const heels: Draw = (b) => (
  <>
    <Form brush={b} plain d="M24 66c24 8 36 22 52 44 18 24 44 34 84 38 16 2 24 8 24 18h-72c-30 0-50-24-62-46l-14 52H26c6-40 2-76-2-106Z" />
    <path d="M24 66c24 8 36 22 52 44l-16 8C48 96 36 84 24 80Z" fill={b.deep} />
  </>
);

export const sandal: Draw = (b) => (
  <>
    <Form brush={b} plain fill={WOOD_DEEP} d="M16 146c40-8 80-6 168 0 6 14-4 26-18 26H34c-14 0-20-12-18-26Z" />
    <path d="M104 148c4-40 46-44 62-2l-20 2c-8-18-20-18-24 0ZM30 148c0-36 34-64 54-40 10 14 12 28 10 40H80c2-18-2-30-12-30s-20 14-22 30Z" fill={b.base} />
    <circle cx="76" cy="106" r="7" fill={GOLD} />
  </>
);

export const boot: Draw = (b) => (
  <>
    <path d="M52 156h120c6 0 10 4 10 10v6H52Z" fill={DARK} />
    <Form brush={b} plain d="M54 30h58l2 66c6 18 58 14 66 44 2 6 2 12 2 18H52Z" />
    <path d="M54 30h58v16H54Z" fill={b.deep} />
    <path d="M82 46v40" stroke={b.deep} strokeWidth="12" opacity=".6" />
  </>
);

export const belt: Draw = (b) => (
  <>
    <Form brush={b} plain d="M40 66c70-30 140 10 134 58-6 40-100 50-128 24l12-18c24 14 80 8 84-12 2-26-44-44-94-32Z" />
    <path d={box(24, 58, 44, 46, 8)} fill="none" stroke={GOLD} strokeWidth="10" />
    <Line d="M46 81h36" stroke={GOLD} width={6} />
    <path d={oval(106, 76, 4) + oval(126, 84, 4) + oval(144, 98, 4)} fill={DARK} />
  </>
);

export const slipper: Draw = (b) => (
  <>
    <Form brush={b} plain fill={b.light} d="M18 140c20-10 140-16 162 0 8 20-4 32-24 32H40c-18 0-28-14-22-32Z" />
    <Form brush={b} d="M84 146c2-36 30-60 60-50 28 10 42 30 38 56-30 8-68 6-98-6Z" />
    <path d={heart(136, 122, 15)} fill={b.accent} />
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
