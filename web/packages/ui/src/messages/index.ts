import { en, type Messages } from "./en.ts";
import { zhCn } from "./zh-cn.ts";

export type { Messages } from "./en.ts";

/** Short tags, as the API and `<html lang>` use them. */
export type Language = "en" | "zh";

export const LANGUAGES: Record<Language, Messages> = { en, zh: zhCn };

/** The first language of the browser that we have, else English. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const short = tag.slice(0, 2).toLowerCase();
    if (short === "zh" || short === "en") return short;
  }
  return "en";
}
