import { Button, toast } from "@daogou/ui";
import { useState } from "react";
import type { Item } from "../../shared/api/items.ts";
import { QuantityPicker } from "../../shared/item/quantity-picker.tsx";
import { addToCart, type Attribution } from "../../shared/state/cart.ts";
import { useMessages } from "../../shared/state/language.ts";

export function BuyBox({ item, from }: { item: Item; from: Attribution }) {
  const words = useMessages();
  const [quantity, setQuantity] = useState(1);
  const isSoldOut = item.availability === "out_of_stock";
  const add = () => {
    addToCart(item, quantity, from);
    toast(words.product.added);
    setQuantity(1);
  };
  return (
    <div className="buy-box">
      <QuantityPicker quantity={quantity} title={item.title} onChange={(change) => setQuantity(Math.max(1, quantity + change))} />
      <Button look="primary" disabled={isSoldOut} onClick={add}>
        {isSoldOut ? words.card.soldOut : words.product.add}
      </Button>
    </div>
  );
}
