import { queryOptions, useQuery } from "@tanstack/react-query";
import { useLanguage } from "../state/language.ts";
import { catalogueWords, NO_WORDS, type CatalogueWords, type Table } from "./catalogue-words.ts";

/** The demo shops' words; they come in a file of their own, after the page. */
const table = queryOptions({
  queryKey: ["catalogue-words"],
  queryFn: async (): Promise<Table> => (await import("./catalogue-words.json")).default,
  staleTime: Infinity,
});

export function useCatalogueWords(): CatalogueWords {
  const language = useLanguage();
  const { data } = useQuery(table);
  return catalogueWords(data ?? NO_WORDS, language);
}
