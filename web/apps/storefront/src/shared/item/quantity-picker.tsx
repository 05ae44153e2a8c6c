import { IconButton } from "@daogou/ui";
import { useMessages } from "../state/language.ts";

type QuantityPickerProps = { quantity: number; title: string; onChange: (change: 1 | -1) => void };

export function QuantityPicker({ quantity, title, onChange }: QuantityPickerProps) {
  const words = useMessages();
  return (
    <div className="quantity" role="group" aria-label={words.product.quantity}>
      <IconButton icon="minus" label={words.cart.fewer(title)} onClick={() => onChange(-1)} />
      <output aria-live="polite">{quantity}</output>
      <IconButton icon="plus" label={words.cart.more(title)} onClick={() => onChange(1)} />
    </div>
  );
}
