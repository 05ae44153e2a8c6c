import { useId } from "react";
import { ORDERS, type Order } from "../api/search.ts";
import { useMessages } from "../state/language.ts";

/** The orders of a list. The neutral one stands beside ours and says what it is. */
export function OrderPicker({ order, onChange }: { order: Order; onChange: (order: Order) => void }) {
  const { category, search } = useMessages();
  const id = useId();
  return (
    <div className="sort">
      <label htmlFor={id}>{category.sort}</label>
      <select
        id={id}
        className="input"
        value={order}
        aria-describedby={order === "neutral" ? `${id}-help` : undefined}
        onChange={(event) => onChange(event.target.value as Order)}
      >
        {ORDERS.map((one) => (
          <option key={one} value={one}>
            {search.orders[one]}
          </option>
        ))}
      </select>
      {order === "neutral" && (
        <span id={`${id}-help`} className="visually-hidden">
          {search.neutralHelp}
        </span>
      )}
    </div>
  );
}
