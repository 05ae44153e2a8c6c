import type { Item } from "../api/items.ts";
import { Card } from "../slate/card.tsx";
import { CardSkeletons } from "../slate/skeletons.tsx";

export function ItemGrid({ items }: { items: readonly Item[] }) {
  return (
    <ul className="grid">
      {items.map((item) => (
        <li key={item.id}>
          <Card item={item} />
        </li>
      ))}
    </ul>
  );
}

export function ItemGridSkeleton() {
  return (
    <ul className="grid" aria-busy="true">
      <CardSkeletons count={12} />
    </ul>
  );
}
