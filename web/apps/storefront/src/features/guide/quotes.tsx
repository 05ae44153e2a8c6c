/** The shop's own words, marked as such, with where they stand. */

import { Link } from "wouter";
import type { Quote } from "../../shared/api/guide.ts";
import { itemPath } from "../../shared/paths.ts";
import { useMessages } from "../../shared/state/language.ts";

export function Quotes({ quotes, onFollow }: { quotes: Quote[]; onFollow?: () => void }) {
  return quotes.map((quote, place) => (
    <figure key={place} className="quote">
      <blockquote>
        <bdi>{quote.text}</bdi>
      </blockquote>
      <figcaption>
        <Source quote={quote} onFollow={onFollow} />
      </figcaption>
    </figure>
  ));
}

function Source({ quote, onFollow }: { quote: Quote; onFollow?: () => void }) {
  const { guide: words } = useMessages();
  const source = quote.source || words.shopSays;
  if (quote.itemId) {
    return (
      <Link href={itemPath(quote.itemId)} onClick={onFollow}>
        <bdi>{source}</bdi>
      </Link>
    );
  }
  if (!quote.url) return <bdi>{source}</bdi>;
  return (
    <a href={quote.url} rel="noopener noreferrer" target="_blank">
      <bdi>{source}</bdi>
    </a>
  );
}
