import { useRoute } from "wouter";
import { useWho } from "../../shared/api/who.ts";
import { useLanguage } from "../../shared/state/language.ts";
import type { Speaker } from "./ask.ts";

export function useSpeaker(): Speaker {
  const language = useLanguage();
  const [isItem, place] = useRoute("/p/:id");
  return { ...useWho(), language, itemId: isItem ? decodeURIComponent(place.id) : undefined };
}
