/** Items side by side, what differs first; rows that say the same of all are folded away. */

import { useState } from "react";
import { Link } from "wouter";
import type { GuideCard, Table } from "../../shared/api/guide.ts";
import { useItem } from "../../shared/item/item-book.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { itemPath } from "../../shared/paths.ts";
import { useMessages } from "../../shared/state/language.ts";

export function CompareTable({ table, cards }: { table: Table; cards: GuideCard[] }) {
  const { guide: words } = useMessages();
  const [isWhole, setWhole] = useState(false);
  const same = table.rows.filter((row) => !row.differs);
  const rows = isWhole ? table.rows : table.rows.filter((row) => row.differs);
  return (
    <div className="compare">
      <div className="compare__scroll" tabIndex={0} role="region" aria-label={words.compareTitle}>
        <table>
          <caption className="visually-hidden">{words.compareTitle}</caption>
          <thead>
            <tr>
              <td />
              {table.itemIds.map((id) => (
                <th key={id} scope="col">
                  <Head id={id} card={cards.find((one) => one.item.id === id)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.field} className={row.differs ? "compare__differs" : undefined}>
                <th scope="row">{row.label}</th>
                {row.values.map((value, place) => (
                  <td key={place}>{value === "" ? <span className="compare__none">{words.notStated}</span> : <bdi>{value}</bdi>}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {same.length > 0 && (
        <button type="button" className="compare__same" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? words.hideSame : words.showSame(same.length)}
        </button>
      )}
    </div>
  );
}

function Head({ id, card }: { id: string; card: GuideCard | undefined }) {
  const found = useItem(card ? undefined : id);
  const item = card?.item ?? found;
  if (!item) return <span>…</span>;
  return (
    <Link href={itemPath(id)} className="compare__head">
      <Picture item={item} />
      <bdi>{item.title}</bdi>
    </Link>
  );
}
