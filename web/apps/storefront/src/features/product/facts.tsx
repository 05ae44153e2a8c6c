import type { Item } from "../../shared/api/items.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";

export function Facts({ item }: { item: Item }) {
  const { product: words } = useMessages();
  const language = useLanguage();
  const catalogue = useCatalogueWords();
  const rows: [string, string][] = [];
  for (const [name, values] of Object.entries(item.attributes)) {
    if (values.length === 0 || name === "description_source") continue;
    const shown = values.map((value) => catalogue.value(name, value)).join(language === "zh" ? "、" : ", ");
    rows.push([catalogue.label(name), shown]);
  }
  if (item.brand) rows.unshift([words.brand, catalogue.name(item.brand)]);
  rows.push([words.itemNumber, item.id]);
  return (
    <section className="facts" aria-label={words.details}>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
