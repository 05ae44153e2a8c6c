/** Review and buy; no payment and no address, and it says so. */

import { Button, formatPrice, Notice } from "@daogou/ui";
import { useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import { useFilledCart } from "../../shared/item/use-filled-cart.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { donePath } from "../../shared/paths.ts";
import { cart } from "../../shared/state/cart.ts";
import { useMessages } from "../../shared/state/language.ts";
import { tracker } from "../../shared/tracking/tracker.ts";
import { placeOrder } from "./order.ts";

type Buying = { kind: "reviewing" } | { kind: "saving" };

export function CheckoutPage() {
  const words = useMessages();
  const filled = useFilledCart();
  const [buying, setBuying] = useState<Buying>({ kind: "reviewing" });
  const [, navigate] = useLocation();

  useEffect(() => {
    const timer = setTimeout(() => {
      const items = cart.get().map(({ itemId, quantity }) => ({ item_id: itemId, quantity }));
      if (items.length > 0) void tracker.track("begin_checkout", { items });
    });
    return () => clearTimeout(timer);
  }, []);

  const buy = async () => {
    setBuying({ kind: "saving" });
    const { order, isStored } = await placeOrder(filled);
    navigate(donePath(order.transactionId), { state: { isStored } });
  };

  if (filled.isEmpty && buying.kind === "reviewing") {
    return (
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
    );
  }

  return (
    <div className="checkout">
      <title>{words.checkout.title}</title>
      <h1 className="page__title">{words.checkout.title}</h1>
      <section className="checkout__order" aria-label={words.checkout.review}>
        <h2>{words.checkout.review}</h2>
        <ul>
          {filled.lines.map(({ item, quantity }) => (
            <li key={item.id}>
              <span className="cart-line__picture">
                <Picture item={item} />
              </span>
              <span>
                {item.title} × {quantity}
              </span>
              <span>{formatPrice((item.priceMinor ?? 0) * quantity, item.currency, words.locale)}</span>
            </li>
          ))}
        </ul>
        <p className="cart-total">
          <span>{words.cart.total}</span>
          <strong>{formatPrice(filled.totalMinor, filled.currency, words.locale)}</strong>
        </p>
      </section>
      <section className="checkout__buy">
        <span className="badge badge--guide">{words.checkout.demo}</span>
        <p>{words.checkout.demoText}</p>
        <Button look="primary" wide disabled={buying.kind === "saving" || filled.lines.length === 0} onClick={() => void buy()}>
          {buying.kind === "saving" ? words.checkout.buying : words.checkout.buy}
        </Button>
      </section>
    </div>
  );
}
