/** A category: the shelves below it, and its items to narrow and sort. */

import { Notice } from "@daogou/ui";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "wouter";
import { ApiError } from "../../shared/api/http.ts";
import { categories, type Category } from "../../shared/api/items.ts";
import { BrowseList } from "../../shared/browse/browse-list.tsx";
import { useBrowsing } from "../../shared/browse/use-browsing.ts";
import { useFound } from "../../shared/browse/use-found.ts";
import { categoryPath } from "../../shared/paths.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { tracker } from "../../shared/tracking/tracker.ts";
import { Trail } from "../../shared/trail.tsx";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";

export function CategoryPage({ path }: { path: string[] }) {
  return <Browse key={path.join(" > ")} path={path} />;
}

function Browse({ path }: { path: string[] }) {
  const words = useMessages();
  const language = useLanguage();
  const catalogue = useCatalogueWords();
  const title = catalogue.name(path.at(-1) ?? "");
  const browsing = useBrowsing(path, "newest");
  const found = useFound(browsing.asked, browsing.pages);
  const children = useChildren(path, language);
  const { data, error } = found.first;
  useListView(path, data?.recommendationId);

  const isGone = error instanceof ApiError && error.status === 422 && !data;
  return (
    <>
      <title>{title}</title>
      <Trail path={path} />
      <header className="browse__head">
        <h1>{title}</h1>
        <Children children={children} />
      </header>
      {isGone ? <Gone /> : <BrowseList browsing={browsing} found={found} placement="category" count={words.category.count} nothing={<Gone />} />}
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

function Gone() {
  const { category: words, backHome } = useMessages();
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

/** Report the list once, when its first page has come. */
function useListView(path: string[], recommendationId: string | undefined): void {
  const isThere = recommendationId !== undefined;
  useEffect(() => {
    if (!isThere) return;
    const timer = setTimeout(() => {
      void tracker.track("view_item_list", {
        placement: "category",
        recommendation_id: recommendationId,
        context: { category: path.join(" > ") },
      });
    });
    return () => clearTimeout(timer);
    // The path is this component's key, so it cannot change here; narrowing the list is not seeing another one.
  }, [isThere]);
}
