/** A list that can be narrowed and sorted: what a category and a search have in common. */

import { Button, Dialog, Icon, Notice } from "@daogou/ui";
import { useRef, useState, type ReactNode } from "react";
import { PER_PAGE, type Found } from "../api/search.ts";
import { Failure } from "../failure.tsx";
import { Card } from "../slate/card.tsx";
import { CardSkeletons } from "../slate/skeletons.tsx";
import { useMessages } from "../state/language.ts";
import { isNarrowed, widened } from "./address.ts";
import { Chosen } from "./chosen.tsx";
import { FacetPanel } from "./facet-panel.tsx";
import { OrderPicker } from "./order-picker.tsx";
import type { BrowsingState } from "./use-browsing.ts";
import type { FoundPages } from "./use-found.ts";

type BrowseListProps = {
  browsing: BrowsingState;
  found: FoundPages;
  placement: string;
  count: (total: number) => string;
  /** What is said about the answer, above the list. */
  said?: ReactNode;
  /** Where nothing is found although nothing is chosen. */
  nothing: ReactNode;
};

export function BrowseList({ browsing, found, placement, count, said, nothing }: BrowseListProps) {
  const words = useMessages();
  const { asked, ask } = browsing;
  const { data, error, refetch, isPlaceholderData } = found.first;
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  const hasSide = !data || data.total > 0 || isNarrowed(asked);
  return (
    <>
      {(!data || data.total > 0) && (
        <div className="browse__tools">
          <p role="status">{data && !isPlaceholderData ? count(data.total) : words.loading}</p>
          {data && <FacetDialog browsing={browsing} found={data} />}
          <OrderPicker order={asked.order} onChange={(order) => ask({ ...asked, order })} />
        </div>
      )}
      {asked.order === "neutral" && data && data.total > 0 && (
        <p className="browse__neutral">
          <Icon name="shield" />
          {words.search.neutralHelp}
        </p>
      )}
      {said}
      {data && <Chosen asked={asked} currency={data.price?.currency ?? data.places[0]?.item.currency ?? "GBP"} onAsk={ask} />}
      <div className={hasSide ? "browse" : undefined}>
        {hasSide && (
          <aside className="browse__side" aria-label={words.category.filters}>
            {data ? <FacetPanel found={data} asked={asked} onAsk={ask} /> : <SideSkeleton />}
          </aside>
        )}
        <div aria-busy={!data || isPlaceholderData}>
          {!data && (
            <ul className="grid">
              <CardSkeletons count={12} />
            </ul>
          )}
          {data && data.total > 0 && <Places found={found} placement={placement} searchTerm={asked.words} isOld={isPlaceholderData} />}
          {data && data.total > 0 && <More browsing={browsing} found={found} total={data.total} />}
          {data?.total === 0 &&
            (isNarrowed(asked) ? (
              <Notice title={words.category.nothing} action={<Button onClick={() => ask(widened(asked))}>{words.category.clear}</Button>}>
                {words.category.nothingText}
              </Notice>
            ) : (
              nothing
            ))}
        </div>
      </div>
    </>
  );
}

type PlacesProps = { found: FoundPages; placement: string; searchTerm: string; isOld: boolean };

function Places({ found, placement, searchTerm, isOld }: PlacesProps) {
  return (
    <ul className={isOld ? "grid grid--old" : "grid"} data-placement={placement}>
      {found.places.map(({ place, recommendationId }) => (
        <li key={place.item.id}>
          <Card item={place.item} place={place} showing={{ recommendationId, placement, searchTerm: searchTerm || undefined }} />
        </li>
      ))}
      {found.isLoadingMore && <CardSkeletons count={4} />}
    </ul>
  );
}

function More({ browsing, found, total }: { browsing: BrowsingState; found: FoundPages; total: number }) {
  const { search: words } = useMessages();
  const status = useRef<HTMLParagraphElement>(null);
  const shown = Math.min(found.places.length, total);
  if (total <= PER_PAGE) return null;
  const hasMore = browsing.pages * PER_PAGE < total;
  return (
    <div className="more">
      <p ref={status} tabIndex={-1}>
        {words.shown(shown, total)}
      </p>
      <progress className="more__bar" max={total} value={shown} aria-hidden="true" />
      {found.moreFailed ? (
        <Failure error={found.moreFailed} onRetry={found.retryMore} />
      ) : (
        hasMore && (
          <Button
            disabled={found.isLoadingMore}
            onClick={() => {
              browsing.showPages(browsing.pages + 1);
              status.current?.focus({ preventScroll: true });
            }}
          >
            {words.more}
          </Button>
        )
      )}
    </div>
  );
}

/** The filters for small screens, behind a button. */
function FacetDialog({ browsing, found }: { browsing: BrowsingState; found: Found }) {
  const words = useMessages();
  const [isOpen, setOpen] = useState(false);
  const { facets, fromMinor, toMinor, isInStockOnly } = browsing.asked;
  const chosen =
    Object.values(facets).flat().length + Number(fromMinor !== undefined || toMinor !== undefined) + Number(isInStockOnly);
  return (
    <>
      <Button className="browse__filter-button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name="filter" />
        {words.category.filters}
        {chosen > 0 && <span className="count-dot">{chosen}</span>}
      </Button>
      {isOpen && (
        <Dialog title={words.category.filters} closeLabel={words.close} onClose={() => setOpen(false)}>
          <FacetPanel found={found} asked={browsing.asked} onAsk={browsing.ask} />
          <div className="sheet__foot">
            <Button look="primary" wide onClick={() => setOpen(false)}>
              {words.category.show(found.total)}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function SideSkeleton() {
  return (
    <div className="filters" aria-hidden="true">
      {Array.from({ length: 7 }, (_, i) => (
        <span key={i} className={`skeleton ${i % 3 ? "skeleton--line" : "skeleton--heading"}`} />
      ))}
    </div>
  );
}
