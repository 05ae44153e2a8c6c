/** A category: its own shelves below it, sorting, paging and filters. */

import { Button, Dialog, Icon, Notice } from "@daogou/ui";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { categories, itemPage, wholeCategory, type Category, type Item, type Sort } from "../../shared/api/items.ts";
import { ItemGrid, ItemGridSkeleton } from "../../shared/browse/item-grid.tsx";
import { Pages } from "../../shared/browse/pages.tsx";
import { SortPicker } from "../../shared/browse/sort-picker.tsx";
import { Failure } from "../../shared/failure.tsx";
import { categoryPath } from "../../shared/paths.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { tracker } from "../../shared/tracking/tracker.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";
import { Trail } from "../../shared/trail.tsx";
import { FilterPanel } from "./filter-panel.tsx";
import { isNarrowed, NO_FILTERS, passes, sorted, type Filters } from "./filters.ts";

const PER_PAGE = 24;

export function CategoryPage({ path }: { path: string[] }) {
  return <Browse key={path.join(" > ")} path={path} />;
}

function Browse({ path }: { path: string[] }) {
  const words = useMessages();
  const language = useLanguage();
  const catalogue = useCatalogueWords();
  const name = path.join(" > ");
  const title = catalogue.name(path.at(-1) ?? "");
  const [sort, setSort] = useState<Sort>("newest");
  const [page, setPage] = useState(0);
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const isFiltered = isNarrowed(filters);

  const search = { category: name, sort, offset: page * PER_PAGE, limit: PER_PAGE };
  const onePage = useQuery({ ...itemPage(search, language), placeholderData: keepPreviousData });
  const whole = useQuery({ ...wholeCategory(name, language), enabled: onePage.isSuccess });
  const children = useChildren(path, language);
  useListView(path, onePage.data?.items);

  const passing = isFiltered ? sorted((whole.data ?? []).filter((item) => passes(item, filters)), sort, words.locale) : [];
  const items = isFiltered ? passing.slice(page * PER_PAGE, (page + 1) * PER_PAGE) : onePage.data?.items;
  const total = isFiltered ? passing.length : (onePage.data?.total ?? 0);
  const change = (next: Filters) => {
    setFilters(next);
    setPage(0);
  };

  if (onePage.error && !onePage.data) return <Failure error={onePage.error} onRetry={() => void onePage.refetch()} />;
  return (
    <>
      <title>{title}</title>
      <Trail path={path} />
      <header className="browse__head">
        <h1>{title}</h1>
        <Children children={children} />
        <div className="browse__tools">
          <p role="status">{words.category.count(total)}</p>
          <FilterDialog items={whole.data ?? []} filters={filters} onChange={change} total={total} />
          <SortPicker sort={sort} onChange={(next) => (setSort(next), setPage(0))} />
        </div>
      </header>
      <div className="browse">
        <aside className="browse__side" aria-label={words.category.filters}>
          {whole.data && <FilterPanel items={whole.data} filters={filters} onChange={change} />}
        </aside>
        <div>
          {!items && <ItemGridSkeleton />}
          {items && items.length > 0 && <ItemGrid items={items} />}
          {items && items.length === 0 && <Nothing isFiltered={isFiltered} onClear={() => change(NO_FILTERS)} />}
          <Pages page={page} pageCount={Math.ceil(total / PER_PAGE)} onPage={setPage} />
        </div>
      </div>
    </>
  );
}

function useChildren(path: string[], language: string): Category[] {
  const { data = [] } = useQuery(categories(language));
  return data.filter((one) => one.path.length === path.length + 1 && path.every((part, i) => one.path[i] === part));
}

function Children({ children }: { children: Category[] }) {
  const words = useMessages();
  const catalogue = useCatalogueWords();
  if (children.length === 0) return null;
  return (
    <nav aria-label={words.category.within}>
      <ul className="chips">
        {children.map((one) => (
          <li key={one.name}>
            <Link href={categoryPath(one.path)} className="chip">
              {catalogue.name(one.name)} <span>{one.count}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The filters for small screens, behind a button. */
function FilterDialog(props: { items: Item[]; filters: Filters; onChange: (filters: Filters) => void; total: number }) {
  const words = useMessages();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button className="browse__filter-button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name="filter" />
        {words.category.filters}
      </Button>
      {isOpen && (
        <Dialog title={words.category.filters} closeLabel={words.close} onClose={() => setOpen(false)}>
          <FilterPanel items={props.items} filters={props.filters} onChange={props.onChange} />
          <Button look="primary" wide onClick={() => setOpen(false)}>
            {words.category.show(props.total)}
          </Button>
        </Dialog>
      )}
    </>
  );
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  const { category: words, backHome } = useMessages();
  if (!isFiltered) {
    return (
      <Notice
        title={words.gone}
        action={
          <Link href="/" className="button button--primary">
            {backHome}
          </Link>
        }
      />
    );
  }
  return (
    <Notice title={words.nothing} action={<Button onClick={onClear}>{words.clear}</Button>}>
      {words.nothingText}
    </Notice>
  );
}

/** Report the list once, when its first page has come. */
function useListView(path: string[], items: Item[] | undefined): void {
  const isThere = items !== undefined;
  useEffect(() => {
    if (!isThere) return;
    const timer = setTimeout(() => {
      void tracker.track("view_item_list", { placement: "category", context: { category: path.join(" > ") } });
    });
    return () => clearTimeout(timer);
    // The path is this component's key, so it cannot change here.
  }, [isThere]);
}
