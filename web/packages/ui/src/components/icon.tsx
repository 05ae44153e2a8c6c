/** Line icons on a 24 × 24 grid, drawn with the text's colour. */

const PATHS = {
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.6-1.9L20 20",
  cart: "M5 8h14l-1.2 10.2a2 2 0 0 1-2 1.8H8.2a2 2 0 0 1-2-1.8L5 8Zm3.5 0V7a3.5 3.5 0 0 1 7 0v1",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8.5c.6-3.7 3.7-6 7.5-6s6.9 2.3 7.5 6",
  sun: "M12 16.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM12 2.5v2m0 15v2m9.5-9.5h-2m-15 0h-2m16.2-6.7-1.4 1.4M6.7 17.3l-1.4 1.4m13.4 0-1.4-1.4M6.7 6.7 5.3 5.3",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
  globe: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0 0c2.3-2.4 3.5-5.4 3.5-9S14.3 5.4 12 3c-2.3 2.4-3.5 5.4-3.5 9s1.2 6.6 3.5 9ZM3.4 9.5h17.2M3.4 14.5h17.2",
  close: "M6 6l12 12M18 6 6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  left: "M14.5 6 8.5 12l6 6",
  right: "M9.5 6l6 6-6 6",
  up: "M12 19V5.5M6.5 11 12 5.5l5.5 5.5",
  down: "M12 5v13.5M6.5 13l5.5 5.5 5.5-5.5",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  check: "M5 12.5l4.5 4.5L19 7.5",
  notForMe: "M12 20s-7.5-4.6-7.5-10.2A4.2 4.2 0 0 1 12 7.5a4.2 4.2 0 0 1 7.5 2.3C19.5 15.4 12 20 12 20ZM4 4l16 16",
  more: "M5.5 12h.1m6.4 0h.1m6.4 0h.1",
  fewer: "M4 6h16M7 11h10M12 15v5m0 0-2.5-2.5M12 20l2.5-2.5",
  never: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM5.7 5.7l12.6 12.6",
  back: "M9 14 4.5 9.5 9 5M5 9.5h9a5.5 5.5 0 0 1 0 11h-3",
  renew: "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9m0-4.5V9H15",
  taste: "M12 3.5l2.1 6.4 6.4 2.1-6.4 2.1L12 20.5l-2.1-6.4L3.5 12l6.4-2.1L12 3.5Z",
  why: "M9.2 9.3a2.9 2.9 0 1 1 4.3 2.5c-.9.5-1.5 1.1-1.5 2.2m0 3v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z",
  trash: "M5 7h14M10 7V4.5h4V7m-7.5 0 .8 12.5h9.4L17.5 7M10.2 10.5v5.5m3.6-5.5v5.5",
  filter: "M4 6.5h16M7 12h10M10 17.5h4",
  shield: "M12 3l7 2.8v5.4c0 4.4-2.9 7.9-7 9.8-4.1-1.9-7-5.4-7-9.8V5.8L12 3Z",
  offline: "M4 4l16 16M8.5 16.2a5 5 0 0 1 6.8-.3M5.3 12.7A9.5 9.5 0 0 1 10 10.2m4 .1c1.7.4 3.3 1.2 4.7 2.4M2.5 9.2a14 14 0 0 1 5-3M12 20v.1m-1-15A14 14 0 0 1 21.5 9.2",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
