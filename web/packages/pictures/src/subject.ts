/** What a drawing needs to know of an item. */
export type Subject = {
  id: string;
  title: string;
  /** Slug of the product's kind, such as "hot_water_bottle". */
  type?: string;
  colour?: string;
  /** Names of its category, outermost first. */
  category?: string;
  /** Patterns, motifs and themes named by the catalogue. */
  words?: readonly string[];
};

/** FNV-1a: the same id always gives the same drawing, on every machine. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
