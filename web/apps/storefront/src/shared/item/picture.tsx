/** An item's drawn picture; the drawings arrive in their own file, after the page itself. */

import type { Subject } from "@daogou/pictures";
import { lazy, Suspense } from "react";
import type { Item } from "../api/items.ts";

const Drawing = lazy(async () => ({ default: (await import("@daogou/pictures")).Drawing }));

/** Variants that differ by a known colour share everything else of their picture. */
export function subjectOf(item: Item): Subject {
  const isColoured = item.attributes.colour?.[0] !== undefined;
  return {
    id: isColoured ? (item.groupId ?? item.id) : item.id,
    title: item.title,
    type: item.attributes.product_type?.[0],
    colour: item.attributes.colour?.[0],
    category: (item.categories[0] ?? [item.category]).join(" "),
    words: [...(item.attributes.pattern ?? []), ...(item.attributes.motif ?? []), ...(item.attributes.theme ?? [])],
  };
}

/** `tile` puts the item on a tinted ground; without it the ground is transparent. */
export function Picture({ item, tile = true }: { item: Item; tile?: boolean }) {
  return (
    <span className={tile ? "picture picture--tile" : "picture"}>
      <Suspense fallback={null}>
        <Drawing subject={subjectOf(item)} hasTile={tile} />
      </Suspense>
    </span>
  );
}
