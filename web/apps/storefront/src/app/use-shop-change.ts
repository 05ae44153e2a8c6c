import { useEffect } from "react";
import { useShop } from "../shared/api/shop.ts";
import { cart } from "../shared/state/cart.ts";
import { userId } from "../shared/state/person.ts";
import { recentItems } from "../shared/state/recent.ts";
import { stored } from "../shared/state/stored.ts";

const lastShop = stored<string | null>("shop", null, (value) => typeof value === "string");

/** One address can serve different shops on different days: a cart from one must not turn up in another. */
export function useShopChange(): void {
  const id = useShop()?.id;
  useEffect(() => {
    if (id === undefined || lastShop.get() === id) return;
    if (lastShop.get() !== null) {
      cart.set([]);
      recentItems.set([]);
      userId.set(null);
    }
    lastShop.set(id);
  }, [id]);
}
