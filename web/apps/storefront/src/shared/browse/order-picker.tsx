import { useId } from "react";
import { ORDERS, type Order } from "../api/asked.ts";
import { useMessages } from "../state/language.ts";

/** The id of the line that says what the neutral order is. */
export const NEUTRAL_HELP = "neutral-help";

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
        aria-describedby={order === "neutral" ? NEUTRAL_HELP : undefined}
        onChange={(event) => onChange(event.target.value as Order)}
      >
        {ORDERS.map((one) => (
          <option key={one} value={one}>
            {search.orders[one]}
          </option>
        ))}
      </select>
    </div>
  );
}
