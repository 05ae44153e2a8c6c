import { Dialog } from "@daogou/ui";
import { Link } from "wouter";
import { useFilledCart } from "../../shared/item/use-filled-cart.ts";
import { useMessages } from "../../shared/state/language.ts";
import { CartLines, CartTotal } from "./cart-lines.tsx";

export function CartDrawer({ onClose }: { onClose: () => void }) {
  const words = useMessages();
  const filled = useFilledCart();
  return (
    <Dialog shape="drawer" title={words.cart.title} closeLabel={words.close} onClose={onClose}>
      {filled.isEmpty ? (
        <div className="notice">
          <h3>{words.cart.empty}</h3>
          <p>{words.cart.emptyText}</p>
        </div>
      ) : (
        <div className="cart-drawer">
          <CartLines filled={filled} onFollow={onClose} />
          <div className="cart-drawer__foot">
            <CartTotal filled={filled} />
            <Link href="/checkout" className="button button--primary button--wide" onClick={onClose}>
              {words.cart.checkout}
            </Link>
            <Link href="/cart" className="button button--quiet button--wide" onClick={onClose}>
              {words.cart.view}
            </Link>
          </div>
        </div>
      )}
    </Dialog>
  );
}
