/** Readers for answers of unknown shape: they take what is right and name what is missing. */

export type Fields = Record<string, unknown>;

export class UnexpectedAnswer extends Error {
  override name = "UnexpectedAnswer";
}

export function fields(value: unknown, what: string): Fields {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Fields;
  throw new UnexpectedAnswer(`${what} is not an object`);
}

export function list<T>(value: unknown, what: string, read: (one: unknown) => T): T[] {
  if (Array.isArray(value)) return value.map(read);
  throw new UnexpectedAnswer(`${what} is not a list`);
}

export function listOrEmpty<T>(value: unknown, read: (one: unknown) => T): T[] {
  return Array.isArray(value) ? value.map(read) : [];
}

export function text(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw new UnexpectedAnswer(`${what} is not a text`);
}

export const textOr = (value: unknown, other: string): string => (typeof value === "string" ? value : other);

export const textOrNone = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

export const numberOr = (value: unknown, other: number): number => (typeof value === "number" ? value : other);

export const numberOrNone = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
