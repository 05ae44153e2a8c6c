export { Drawing } from "./drawing.tsx";
export { drawOf } from "./kinds.ts";
export type { Subject } from "./subject.ts";
