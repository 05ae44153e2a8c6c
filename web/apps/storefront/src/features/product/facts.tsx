import type { Item } from "../../shared/api/items.ts";
import { attributeValue } from "../../shared/item/attribute-words.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";

export function Facts({ item }: { item: Item }) {
  const { product: words } = useMessages();
  const language = useLanguage();
  const rows: [string, string][] = [];
  for (const [name, values] of Object.entries(item.attributes)) {
    if (values.length === 0) continue;
    const shown = values.map((value) => attributeValue(value, language)).join(language === "zh" ? "、" : ", ");
    rows.push([words.attributeNames[name] ?? attributeValue(name, language), shown]);
  }
  if (item.brand) rows.unshift([words.brand, item.brand]);
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
