/** What may be asked of a search. */

export const ORDERS = ["relevance", "neutral", "price", "-price", "newest", "rating", "title"] as const;
export type Order = (typeof ORDERS)[number];

/** What is looked for; prices in minor units. */
export type Asked = {
  words: string;
  category: string[];
  facets: Record<string, string[]>;
  fromMinor?: number;
  toMinor?: number;
  isInStockOnly: boolean;
  order: Order;
};
