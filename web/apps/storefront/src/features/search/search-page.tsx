/** What a search found: corrected, narrowed, sorted; and where it found nothing, something all the same. */

import { Icon, Notice } from "@daogou/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { categories } from "../../shared/api/items.ts";
import type { Asked, Found } from "../../shared/api/search.ts";
import { isNarrowed } from "../../shared/browse/address.ts";
import { BrowseList } from "../../shared/browse/browse-list.tsx";
import { useFacetWords } from "../../shared/browse/facet-panel.tsx";
import { useBrowsing } from "../../shared/browse/use-browsing.ts";
import { useFound } from "../../shared/browse/use-found.ts";
import { categoryPath, searchPath } from "../../shared/paths.ts";
import { Row } from "../../shared/slate/row.tsx";
import { useSlates } from "../../shared/slate/use-slates.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";
import { useSearchReport } from "./use-search-report.ts";

export function SearchPage() {
  const words = useMessages();
  const browsing = useBrowsing([], "relevance");
  if (browsing.asked.words === "" && !isNarrowed(browsing.asked)) {
    return (
      <>
        <title>{words.header.search}</title>
        <h1 className="visually-hidden">{words.header.search}</h1>
        <Notice title={words.search.start} />
        <Shelves />
      </>
    );
  }
  return <Results browsing={browsing} />;
}

function Results({ browsing }: { browsing: ReturnType<typeof useBrowsing> }) {
  const words = useMessages();
  const { asked, pages } = browsing;
  const found = useFound(asked, pages);
  const { data, isPlaceholderData } = found.first;
  const title = useTitle(asked);
  useSearchReport(asked, isPlaceholderData ? undefined : data);
  const isEmpty = data?.total === 0 && !isNarrowed(asked);
  return (
    <>
      <title>{title}</title>
      <header className="browse__head">
        <h1>{isEmpty ? words.search.nothing(asked.words) : title}</h1>
      </header>
      <BrowseList
        browsing={browsing}
        found={found}
        placement="search"
        count={words.search.count}
        said={data && !isPlaceholderData && <Said asked={asked} found={data} />}
        nothing={<Nothing />}
      />
    </>
  );
}

function useTitle(asked: Asked): string {
  const { search } = useMessages();
  const label = useFacetWords();
  if (asked.words !== "") return search.title(asked.words);
  const chosen = Object.entries(asked.facets).flatMap(([facet, values]) => values.map((value) => label.value(facet, value)));
  return chosen.join(" · ") || search.all;
}

/** What became of the words: searched otherwise than typed, better words, what was given up. */
function Said({ asked, found }: { asked: Asked; found: Found }) {
  const { search: words } = useMessages();
  const relaxed = found.relaxed.filter((one) => one.code !== "spelling" || found.corrected === undefined);
  if (found.corrected === undefined && found.suggestion === undefined && relaxed.length === 0) return null;
  return (
    <div className="said" role="note">
      {found.corrected !== undefined && <p>{words.corrected(found.corrected, asked.words)}</p>}
      {found.suggestion !== undefined && (
        <p>
          {words.didYouMean} <Link href={searchPath(found.suggestion)}>{found.suggestion}</Link>
        </p>
      )}
      {relaxed.map((one) => (
        <p key={one.code + one.text} className="said__relaxed">
          <Icon name="why" />
          {one.text}
        </p>
      ))}
    </div>
  );
}

function Nothing() {
  const words = useMessages();
  const { data } = useSlates([{ placement: "trending", limit: 12 }]);
  const slate = data?.[0];
  return (
    <>
      <p className="nothing__text">{words.search.nothingText}</p>
      <Shelves />
      {slate && <Row slate={slate} />}
    </>
  );
}

/** The outermost categories, to go on from. */
function Shelves() {
  const words = useMessages();
  const catalogue = useCatalogueWords();
  const { data = [] } = useQuery(categories(useLanguage()));
  const outer = data.filter((one) => one.path.length === 1 && one.count > 0);
  if (outer.length === 0) return null;
  return (
    <nav aria-label={words.search.shelves} className="nothing__shelves">
      <ul className="chips">
        {outer.map((one) => (
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
