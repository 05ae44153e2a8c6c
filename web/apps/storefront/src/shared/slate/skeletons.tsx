/** Grey shapes in the place of what is on its way. */

export function CardSkeletons({ count }: { count: number }) {
  return Array.from({ length: count }, (_, i) => (
    <li key={i} className="card card--skeleton" aria-hidden="true">
      <span className="skeleton card__picture" />
      <span className="skeleton skeleton--line" />
      <span className="skeleton skeleton--short" />
    </li>
  ));
}

export function ShelfSkeleton({ label }: { label: string }) {
  return (
    <section className="shelf" aria-busy="true" aria-label={label}>
      <div className="shelf__head">
        <span className="skeleton skeleton--heading" />
      </div>
      <ul className="shelf__track">
        <CardSkeletons count={6} />
      </ul>
    </section>
  );
}

/** A page of items whose own file is on its way. */
export function PageSkeleton() {
  return (
    <div aria-busy="true" className="page-skeleton">
      <span className="skeleton skeleton--heading" />
      <ul className="grid">
        <CardSkeletons count={10} />
      </ul>
    </div>
  );
}
