import { IconButton } from "@daogou/ui";
import { useMessages } from "../state/language.ts";
import { pageNumbers } from "./page-numbers.ts";

type PagesProps = { page: number; pageCount: number; onPage: (page: number) => void };

/** Page numbers from 0; the ends and the neighbours of the present page are always offered. */
export function Pages({ page, pageCount, onPage }: PagesProps) {
  const words = useMessages();
  if (pageCount <= 1) return null;
  const go = (next: number) => {
    onPage(next);
    window.scrollTo({ top: 0 });
  };
  return (
    <nav className="pages" aria-label={words.category.pages}>
      <IconButton icon="left" label={words.category.previous} disabled={page === 0} onClick={() => go(page - 1)} />
      {pageNumbers(page, pageCount).map((number, index) =>
        number === "gap" ? (
          <span key={`gap-${index}`} aria-hidden="true">
            …
          </span>
        ) : (
          <button
            key={number}
            type="button"
            className="pages__number"
            aria-label={words.category.page(number + 1)}
            aria-current={number === page ? "page" : undefined}
            onClick={() => go(number)}
          >
            {number + 1}
          </button>
        ),
      )}
      <IconButton icon="right" label={words.category.next} disabled={page === pageCount - 1} onClick={() => go(page + 1)} />
    </nav>
  );
}
