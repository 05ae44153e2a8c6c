import { Link } from "wouter";
import { categoryPath } from "./paths.ts";
import { useMessages } from "./state/language.ts";
import { useCatalogueWords } from "./words/use-catalogue-words.ts";

/** Where this page lies in the category tree. */
export function Trail({ path }: { path: readonly string[] }) {
  const words = useMessages();
  const catalogue = useCatalogueWords();
  return (
    <nav className="trail" aria-label={words.header.categories}>
      <ol>
        <li>
          <Link href="/">{words.home}</Link>
        </li>
        {path.map((name, depth) => (
          <li key={depth}>
            <Link href={categoryPath(path.slice(0, depth + 1))}>{catalogue.name(name)}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
