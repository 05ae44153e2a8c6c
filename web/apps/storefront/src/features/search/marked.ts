/** A text in pieces, those that were typed apart from the others. */

export type Piece = { text: string; isTyped: boolean };

export function marked(text: string, typed: string): Piece[] {
  const words = typed
    .trim()
    .split(/\s+/)
    .filter((one) => one !== "")
    .map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return [{ text, isTyped: false }];
  const pattern = new RegExp(`(${words.join("|")})`, "giu");
  return text
    .split(pattern)
    .map((piece, place) => ({ text: piece, isTyped: place % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}
