import { useQuery } from "@tanstack/react-query";
import { slates, type SlateRequest } from "../api/slates.ts";
import { useShop } from "../api/shop.ts";
import { useWho, type Who } from "../api/who.ts";
import { useDismissed } from "../state/dismissed.ts";
import { useLanguage } from "../state/language.ts";

export type Asked = { requests: SlateRequest[]; who: Who; language: string };

/** Slates for several placements by one call; placements that the shop does not have are left out. */
export function useSlates(requests: readonly SlateRequest[]) {
  const { requests: asked, who, language } = useAsked(requests);
  return useQuery(slates(asked, who, language));
}

/** What is asked of the server: placements that it has, without what was turned down a moment ago. */
export function useAsked(requests: readonly SlateRequest[]): Asked {
  const shop = useShop();
  const who = useWho();
  const language = useLanguage();
  const dismissed = useDismissed();
  const known = shop ? requests.filter(({ placement }) => shop.placements.length === 0 || shop.placements.includes(placement)) : [];
  return { requests: known.map((request) => withoutDismissed(request, dismissed)), who, language };
}

function withoutDismissed(request: SlateRequest, dismissed: readonly string[]): SlateRequest {
  const exclude = [...(request.exclude ?? []), ...dismissed];
  return exclude.length > 0 ? { ...request, exclude } : request;
}
