/** Whether this item stands in the shopper's own list, and why or why not. */

import { Button, Dialog, Icon } from "@daogou/ui";
import { useState } from "react";
import type { Item } from "../../shared/api/items.ts";
import { useShop } from "../../shared/api/shop.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { FullExplanation } from "../../shared/slate/full-explanation.tsx";
import { useMessages } from "../../shared/state/language.ts";

const LIST = "home_for_you";

export function AskWhy({ item }: { item: Item }) {
  const words = useMessages();
  const shop = useShop();
  const [isOpen, setOpen] = useState(false);
  if (!shop?.placements.includes(LIST)) return null;
  return (
    <>
      <Button look="text" className="product__why" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Icon name="why" />
        {words.why.ask}
      </Button>
      {isOpen && (
        <Dialog title={words.why.askTitle} closeLabel={words.close} onClose={() => setOpen(false)}>
          <div className="why">
            <div className="why__item">
              <Picture item={item} />
              <p className="why__reason">{item.title}</p>
            </div>
            <FullExplanation itemId={item.id} placement={LIST} />
          </div>
        </Dialog>
      )}
    </>
  );
}
