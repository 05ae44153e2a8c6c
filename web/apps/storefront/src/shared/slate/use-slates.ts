import { useQuery } from "@tanstack/react-query";
import { slates, type SlateRequest } from "../api/slates.ts";
import { useShop } from "../api/shop.ts";
import { useWho } from "../api/who.ts";
import { useDismissed } from "../state/dismissed.ts";
import { useLanguage } from "../state/language.ts";

/** Slates for several placements by one call; placements that the shop does not have are left out. */
export function useSlates(requests: readonly SlateRequest[]) {
  const shop = useShop();
  const who = useWho();
  const language = useLanguage();
  const dismissed = useDismissed();
  const known = shop ? requests.filter(({ placement }) => shop.placements.length === 0 || shop.placements.includes(placement)) : [];
  const asked = known.map((request) => withoutDismissed(request, dismissed));
  return useQuery(slates(asked, who, language));
}

function withoutDismissed(request: SlateRequest, dismissed: readonly string[]): SlateRequest {
  const exclude = [...(request.exclude ?? []), ...dismissed];
  return exclude.length > 0 ? { ...request, exclude } : request;
}
