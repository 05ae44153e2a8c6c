import { useId } from "react";
import { SORTS, type Sort } from "../api/items.ts";
import { useMessages } from "../state/language.ts";

export function SortPicker({ sort, onChange }: { sort: Sort; onChange: (sort: Sort) => void }) {
  const { category: words } = useMessages();
  const id = useId();
  return (
    <div className="sort">
      <label htmlFor={id}>{words.sort}</label>
      <select id={id} className="input" value={sort} onChange={(event) => onChange(event.target.value as Sort)}>
        {SORTS.map((one) => (
          <option key={one} value={one}>
            {words.sorts[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
