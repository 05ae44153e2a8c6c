import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import { categories } from "../../shared/api/items.ts";
import { categoryPath } from "../../shared/paths.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";

/** The outermost categories, as one line that scrolls sideways where it does not fit. */
export function CategoryNav() {
  const words = useMessages();
  const catalogue = useCatalogueWords();
  const { data = [] } = useQuery(categories(useLanguage()));
  const [location] = useLocation();
  const outer = data.filter((category) => category.path.length === 1 && category.count > 0);
  return (
    <nav className="category-nav" aria-label={words.header.categories}>
      <ul>
        {outer.map((category) => {
          const path = categoryPath(category.path);
          const isHere = location === path || location.startsWith(`${path}/`);
          return (
            <li key={category.name}>
              <Link href={path} aria-current={isHere ? "page" : undefined}>
                {catalogue.name(category.name)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
