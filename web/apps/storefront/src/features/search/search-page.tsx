import { Notice } from "@daogou/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSearch } from "wouter";
import { itemPage, type Sort } from "../../shared/api/items.ts";
import { Failure } from "../../shared/failure.tsx";
import { ItemGrid, ItemGridSkeleton } from "../../shared/browse/item-grid.tsx";
import { Pages } from "../../shared/browse/pages.tsx";
import { SortPicker } from "../../shared/browse/sort-picker.tsx";
import { Row } from "../../shared/slate/row.tsx";
import { useSlates } from "../../shared/slate/use-slates.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { tracker } from "../../shared/tracking/tracker.ts";

const PER_PAGE = 24;

export function SearchPage() {
  const term = new URLSearchParams(useSearch()).get("q")?.trim() ?? "";
  const words = useMessages();
  if (term === "") return <Notice title={words.search.start} />;
  return <Results key={term} term={term} />;
}

function Results({ term }: { term: string }) {
  const words = useMessages();
  const language = useLanguage();
  const [sort, setSort] = useState<Sort>("newest");
  const [page, setPage] = useState(0);
  const search = { q: term, sort, offset: page * PER_PAGE, limit: PER_PAGE };
  const { data, error, refetch } = useQuery({ ...itemPage(search, language), placeholderData: keepPreviousData });

  useEffect(() => {
    const timer = setTimeout(() => void tracker.track("search", { search_term: term }));
    return () => clearTimeout(timer);
  }, [term]);

  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <title>{words.search.title(term)}</title>
      <header className="browse__head">
        <h1>{words.search.title(term)}</h1>
        {data && data.total > 0 && (
          <div className="browse__tools">
            <p role="status">{words.search.count(data.total)}</p>
            <SortPicker sort={sort} onChange={(next) => (setSort(next), setPage(0))} />
          </div>
        )}
      </header>
      {!data && <ItemGridSkeleton />}
      {data && data.total > 0 && <ItemGrid items={data.items} />}
      {data && <Pages page={page} pageCount={Math.ceil(data.total / PER_PAGE)} onPage={setPage} />}
      {data?.total === 0 && <Nothing term={term} />}
    </>
  );
}

function Nothing({ term }: { term: string }) {
  const words = useMessages();
  const { data } = useSlates([{ placement: "trending", limit: 12 }]);
  const slate = data?.[0];
  return (
    <>
      <Notice title={words.search.nothing(term)}>{words.search.nothingText}</Notice>
      {slate && <Row slate={slate} />}
    </>
  );
}
