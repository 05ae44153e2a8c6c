import { formatPrice, IconButton, toast } from "@daogou/ui";
import { Link } from "wouter";
import { Picture } from "../../shared/item/picture.tsx";
import { QuantityPicker } from "../../shared/item/quantity-picker.tsx";
import { itemPath } from "../../shared/paths.ts";
import { addToCart, takeFromCart } from "../../shared/state/cart.ts";
import { useMessages } from "../../shared/state/language.ts";
import type { FilledCart, FilledLine } from "../../shared/item/use-filled-cart.ts";

export function CartLines({ filled, onFollow }: { filled: FilledCart; onFollow?: () => void }) {
  return (
    <ul className="cart-lines">
      {filled.lines.map((line) => (
        <Line key={line.item.id} line={line} onFollow={onFollow} />
      ))}
    </ul>
  );
}

function Line({ line: { item, quantity }, onFollow }: { line: FilledLine; onFollow?: () => void }) {
  const words = useMessages();
  const change = (by: 1 | -1) => (by === 1 ? addToCart(item) : takeFromCart(item, 1));
  const remove = () => {
    takeFromCart(item, quantity);
    toast(words.cart.removed, { action: { label: words.undo, run: () => addToCart(item, quantity) } });
  };
  return (
    <li className="cart-line">
      <span className="cart-line__picture">
        <Picture item={item} />
      </span>
      <div className="cart-line__text">
        <Link href={itemPath(item.id)} onClick={onFollow}>
          {item.title}
        </Link>
        <div className="cart-line__tools">
          <QuantityPicker quantity={quantity} title={item.title} onChange={change} />
          <IconButton icon="trash" label={words.cart.remove(item.title)} onClick={remove} />
        </div>
      </div>
      <span className="cart-line__price">{formatPrice((item.priceMinor ?? 0) * quantity, item.currency, words.locale)}</span>
    </li>
  );
}

export function CartTotal({ filled }: { filled: FilledCart }) {
  const words = useMessages();
  return (
    <p className="cart-total">
      <span>{words.cart.total}</span>
      <strong>{formatPrice(filled.totalMinor, filled.currency, words.locale)}</strong>
    </p>
  );
}
