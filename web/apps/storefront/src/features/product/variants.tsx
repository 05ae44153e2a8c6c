import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { itemPage, type Item } from "../../shared/api/items.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { itemPath } from "../../shared/paths.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import type { CatalogueWords } from "../../shared/words/catalogue-words.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";

const MOST_SHOWN = 10;

/** The other items of the same group, found among those of the same kind. */
export function Variants({ item }: { item: Item }) {
  const words = useMessages();
  const language = useLanguage();
  const catalogue = useCatalogueWords();
  const category = (item.categories[0] ?? []).join(" > ");
  const search = itemPage({ category, sort: "title", limit: 200 }, language);
  const { data } = useQuery({ ...search, enabled: item.groupId !== undefined && category !== "" });
  const others = (data?.items ?? []).filter((one) => one.groupId === item.groupId && one.id !== item.id);
  if (item.groupId === undefined || others.length === 0) return null;
  return (
    <section className="variants">
      <h2>{words.product.variants}</h2>
      <ul>
        {others.slice(0, MOST_SHOWN).map((one) => (
          <li key={one.id}>
            <Link href={itemPath(one.id)} title={one.title} aria-label={one.title}>
              <Picture item={one} />
              <span>{variantName(one, catalogue)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What sets a variant apart: its colour or size where it has one. */
function variantName(item: Item, catalogue: CatalogueWords): string {
  const name = ["colour", "size"].find((one) => item.attributes[one]?.[0] !== undefined);
  return name ? catalogue.value(name, item.attributes[name]![0]!) : item.title;
}
