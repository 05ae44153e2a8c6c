/** The shop window and one shelf per placement, all from one call. */

import { Icon, Notice } from "@daogou/ui";
import { useQuery } from "@tanstack/react-query";
import { someItems } from "../../shared/api/items.ts";
import type { Slate } from "../../shared/api/slates.ts";
import { useShop } from "../../shared/api/shop.ts";
import { Failure } from "../../shared/failure.tsx";
import { useLiveSlates } from "../../shared/live/use-live-slates.ts";
import { Card } from "../../shared/slate/card.tsx";
import { Row, Shelf } from "../../shared/slate/row.tsx";
import { ShelfSkeleton } from "../../shared/slate/skeletons.tsx";
import { useAsked, useSlates } from "../../shared/slate/use-slates.ts";
import { lastLook } from "../../shared/state/last-look.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { personalisation } from "../../shared/state/person.ts";
import { recentItems } from "../../shared/state/recent.ts";
import { useStored } from "../../shared/state/stored.ts";
import { NewcomerStrip } from "./newcomer-strip.tsx";
import { ShopWindow, WINDOW_PLACES, WindowSkeleton } from "./shop-window.tsx";

const HOME = [
  { placement: "home_for_you", limit: 16 },
  { placement: "recently_viewed", limit: 12 },
  { placement: "buy_again", limit: 12 },
  { placement: "trending", limit: 12 },
  { placement: "new_arrivals", limit: 12 },
];

/** With personalisation off there is no history to ask the server about. */
const HOME_FOR_EVERYONE = HOME.filter(({ placement }) => placement !== "recently_viewed" && placement !== "buy_again");

export function HomePage() {
  const words = useMessages();
  const language = useLanguage();
  const shop = useShop();
  const isPersonalised = useStored(personalisation);
  const placements = isPersonalised ? HOME : HOME_FOR_EVERYONE;
  const { data, error, refetch, isPlaceholderData } = useSlates(placements);
  const live = useLiveSlates(useAsked(placements), data !== undefined && !isPlaceholderData);
  const title = <title>{shop?.name[language] ?? shop?.name.en ?? "Daogou"}</title>;

  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <>
        {title}
        <WindowSkeleton />
        <ShelfSkeleton label={words.loading} />
        <ShelfSkeleton label={words.loading} />
      </>
    );
  }

  const found = data.filter((slate): slate is Slate => slate !== undefined && slate.items.length > 0);
  const forYou = found.find((slate) => slate.placement === "home_for_you");
  if (found.length === 0) return <Notice title={words.window.emptyTitle}>{words.window.emptyText}</Notice>;
  const look = lastLook();
  const cause = look && forYou?.items.some((one) => one.reason.evidence.some((e) => e.itemId === look.itemId)) ? look : undefined;

  return (
    <div className={isPlaceholderData ? "home home--renewing" : "home"} aria-busy={isPlaceholderData}>
      {title}
      {forYou && <ShopWindow slate={forYou} cause={cause} live={live} />}
      {isPersonalised && <NewcomerStrip isNewcomer={forYou?.isPersonalized === false} />}
      {shelvesBelow(found, forYou).map((slate) => (
        <Row
          key={slate.placement}
          slate={slate}
          freshCause={slate.placement === forYou?.placement ? cause?.itemId : undefined}
          live={slate.placement === forYou?.placement ? undefined : live}
        />
      ))}
      {!isPersonalised && <RecentOnDevice />}
    </div>
  );
}

/** The slates under the window, without what stands in it; a rest that is all filler only repeats the trending shelf. */
function shelvesBelow(found: readonly Slate[], forYou: Slate | undefined): Slate[] {
  const inWindow = new Set(forYou?.items.slice(0, WINDOW_PLACES).map((place) => place.item.id));
  return found.flatMap((slate) => {
    if (slate === forYou) {
      const rest = slate.items.slice(WINDOW_PLACES);
      return rest.every((place) => place.isFiller) ? [] : [{ ...slate, items: rest }];
    }
    return [{ ...slate, items: slate.items.filter((place) => !(place.source === "trending" && inWindow.has(place.item.id))) }];
  });
}

function RecentOnDevice() {
  const words = useMessages();
  const language = useLanguage();
  const ids = useStored(recentItems);
  const { data = [] } = useQuery(someItems(ids.slice(0, 12), language));
  if (data.length === 0) return null;
  const note = (
    <span className="badge badge--plain">
      <Icon name="shield" />
      {words.window.onThisDevice}
    </span>
  );
  return (
    <Shelf title={words.rows.recently_viewed} note={note}>
      {data.map((item) => (
        <li key={item.id}>
          <Card item={item} />
        </li>
      ))}
    </Shelf>
  );
}
