import { Notice } from "@daogou/ui";
import { useEffect } from "react";
import { Link } from "wouter";
import { useFilledCart } from "../../shared/item/use-filled-cart.ts";
import { Row } from "../../shared/slate/row.tsx";
import { useSlates } from "../../shared/slate/use-slates.ts";
import { cart, useCart } from "../../shared/state/cart.ts";
import { useMessages } from "../../shared/state/language.ts";
import { tracker } from "../../shared/tracking/tracker.ts";
import { CartLines, CartTotal } from "./cart-lines.tsx";

export function CartPage() {
  const words = useMessages();
  const filled = useFilledCart();

  useEffect(() => {
    const timer = setTimeout(() => {
      const items = cart.get().map(({ itemId, quantity }) => ({ item_id: itemId, quantity }));
      if (items.length > 0) void tracker.track("view_cart", { items });
    });
    return () => clearTimeout(timer);
  }, []);

  return (
    <>
      <title>{words.cart.title}</title>
      <h1 className="page__title">{words.cart.title}</h1>
      {filled.isEmpty ? (
        <Notice
          title={words.cart.empty}
          action={
            <Link href="/" className="button button--primary">
              {words.backHome}
            </Link>
          }
        >
          {words.cart.emptyText}
        </Notice>
      ) : (
        <div className="cart-page">
          <CartLines filled={filled} />
          <aside className="cart-page__side">
            <CartTotal filled={filled} />
            <Link href="/checkout" className="button button--primary button--wide">
              {words.cart.checkout}
            </Link>
          </aside>
        </div>
      )}
      <AddOns />
    </>
  );
}

function AddOns() {
  const ids = useCart().map((line) => line.itemId);
  const { data } = useSlates(ids.length > 0 ? [{ placement: "cart_addon", cart: ids, limit: 12 }] : []);
  const slate = data?.[0];
  return slate && ids.length > 0 ? <Row slate={slate} /> : null;
}
