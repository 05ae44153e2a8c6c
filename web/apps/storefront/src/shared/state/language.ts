import { LANGUAGES, preferredLanguage, type Language, type Messages } from "@daogou/ui";
import { stored, useStored } from "./stored.ts";

export const language = stored<Language>(
  "language",
  preferredLanguage(navigator.languages),
  (value) => value === "en" || value === "zh",
);

export function useLanguage(): Language {
  return useStored(language);
}

export function useMessages(): Messages {
  return LANGUAGES[useLanguage()];
}
