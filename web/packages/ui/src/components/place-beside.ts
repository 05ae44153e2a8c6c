const GAP = 6;
const EDGE = 8;

type Box = Pick<DOMRect, "left" | "right" | "top" | "bottom" | "width" | "height">;
type Size = { width: number; height: number };

/** Under the opener with right edges in line; above it, or further in, where the window has no room. Pixels. */
export function spotBeside(opener: Box, own: Size, view: Size): { left: number; top: number } {
  const hasRoomBelow = opener.bottom + GAP + own.height + EDGE <= view.height;
  const top = hasRoomBelow ? opener.bottom + GAP : Math.max(EDGE, opener.top - GAP - own.height);
  const left = Math.min(Math.max(EDGE, opener.right - own.width), Math.max(EDGE, view.width - own.width - EDGE));
  return { left, top };
}

export function placeBeside(element: HTMLElement, opener: HTMLElement): void {
  const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
  const { left, top } = spotBeside(opener.getBoundingClientRect(), element.getBoundingClientRect(), view);
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
}
