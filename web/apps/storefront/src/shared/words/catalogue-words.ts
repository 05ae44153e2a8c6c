/** What a catalogue's slugs and English names are called in the shopper's language. */

import type { Language } from "@daogou/ui";

type Both = Partial<Record<Language, string>>;

export type Table = {
  names: Record<string, string>;
  labels: Record<string, Both>;
  values: Record<string, Record<string, Both>>;
  patterns: Record<string, Both>;
  words: Record<string, string>;
};

export const NO_WORDS: Table = { names: {}, labels: {}, values: {}, patterns: {}, words: {} };

export type CatalogueWords = {
  /** A category, kind or brand by its English name. */
  name(english: string): string;
  /** What an attribute is called. */
  label(attribute: string): string;
  /** How a value of an attribute reads. */
  value(attribute: string, value: string): string;
};

export function catalogueWords({ names, labels, values, patterns, words }: Table, language: Language): CatalogueWords {
  const chinese = (word: string) => (language === "zh" ? words[word] : undefined);
  return {
    name: (english) => (language === "zh" ? names[english] : undefined) ?? english,
    label: (attribute) => labels[attribute]?.[language] ?? chinese(attribute) ?? readable(attribute),
    value(attribute, value) {
      const pattern = patterns[attribute]?.[language];
      if (pattern) return pattern.replace("{}", value);
      const known = values[attribute]?.[value]?.[language] ?? chinese(value);
      return readable(known ?? value);
    },
  };
}

/** "hot_water_bottle" → "Hot water bottle". */
function readable(slug: string): string {
  const words = slug.replace(/[_-]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
