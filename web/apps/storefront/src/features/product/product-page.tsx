/** One item: its picture, facts and variants, and what goes with it. */

import { Notice } from "@daogou/ui";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "wouter";
import { ApiError } from "../../shared/api/http.ts";
import { oneItem, type Item } from "../../shared/api/items.ts";
import { toMajor } from "@daogou/ui";
import type { Slate } from "../../shared/api/slates.ts";
import { Failure } from "../../shared/failure.tsx";
import { Picture } from "../../shared/item/picture.tsx";
import { Price } from "../../shared/item/price.tsx";
import { Row } from "../../shared/slate/row.tsx";
import { ShelfSkeleton } from "../../shared/slate/skeletons.tsx";
import { useSlates } from "../../shared/slate/use-slates.ts";
import type { Attribution } from "../../shared/state/cart.ts";
import { rememberLook } from "../../shared/state/last-look.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { rememberViewed } from "../../shared/state/recent.ts";
import { useCatalogueWords } from "../../shared/words/use-catalogue-words.ts";
import { Trail } from "../../shared/trail.tsx";
import { tracker } from "../../shared/tracking/tracker.ts";
import { AskWhy } from "./ask-why.tsx";
import { BuyBox } from "./buy-box.tsx";
import { Facts } from "./facts.tsx";
import { Variants } from "./variants.tsx";

export function ProductPage({ id }: { id: string }) {
  const words = useMessages();
  const language = useLanguage();
  const { data: item, error, refetch } = useQuery(oneItem(id, language));

  if (error instanceof ApiError && error.code === "not_found") return <Gone />;
  if (error && !item) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!item) return <ProductSkeleton label={words.loading} />;
  return <Product item={item} />;
}

function Gone() {
  const words = useMessages();
  return (
    <Notice
      title={words.product.gone}
      action={
        <Link href="/" className="button button--primary">
          {words.backHome}
        </Link>
      }
    >
      {words.product.goneText}
    </Notice>
  );
}

function Product({ item }: { item: Item }) {
  const words = useMessages();
  const catalogue = useCatalogueWords();
  const from = arrival();
  useView(item, from);
  return (
    <>
      <title>{item.title}</title>
      <Trail path={item.categories[0] ?? []} />
      <article className="product">
        <figure className="product__picture">
          <Picture item={item} />
          <figcaption>{words.product.drawn}</figcaption>
        </figure>
        <div className="product__text">
          {item.brand && <p className="product__brand">{catalogue.name(item.brand)}</p>}
          <h1>{item.title}</h1>
          <Price item={item} />
          {item.description && <p className="product__description">{item.description}</p>}
          <Variants item={item} />
          <BuyBox item={item} from={from} />
          <AskWhy item={item} />
          <Facts item={item} />
        </div>
      </article>
      <Companions item={item} />
    </>
  );
}

function Companions({ item }: { item: Item }) {
  const words = useMessages();
  const anchors = [item.id];
  const { data } = useSlates([
    { placement: "item_bought_together", item_ids: anchors, limit: 8 },
    { placement: "item_similar", item_ids: anchors, limit: 12 },
    { placement: "item_also_viewed", item_ids: anchors, limit: 12 },
  ]);
  if (!data) return <ShelfSkeleton label={words.loading} />;
  const found = data.filter((slate): slate is Slate => slate !== undefined);
  return found.map((slate) => <Row key={slate.placement} slate={slate} anchors={anchors} />);
}

/** The list that was followed to this page, as its link wrote it into the browser's history. */
function arrival(): Attribution {
  const state: unknown = history.state;
  if (typeof state !== "object" || state === null) return {};
  const { recommendationId, placement } = state as Record<string, unknown>;
  return {
    recommendationId: typeof recommendationId === "string" ? recommendationId : undefined,
    placement: typeof placement === "string" ? placement : undefined,
  };
}

/** Report the view once per visit of this page. */
function useView(item: Item, from: Attribution): void {
  const { id, title, priceMinor, currency } = item;
  const { recommendationId, placement } = from;
  useEffect(() => {
    const timer = setTimeout(() => {
      rememberViewed(id);
      rememberLook({ itemId: id, title });
      void tracker.track("view_item", {
        items: [{ item_id: id, price: priceMinor === undefined ? undefined : toMajor(priceMinor, currency) }],
        currency,
        recommendation_id: recommendationId,
        placement,
      });
    });
    return () => clearTimeout(timer);
    // The title changes with the language: that is not another view.
  }, [id]);
}

function ProductSkeleton({ label }: { label: string }) {
  return (
    <div className="product" aria-busy="true" aria-label={label}>
      <span className="skeleton product__picture product__picture--skeleton" />
      <div className="product__text">
        <span className="skeleton skeleton--heading" />
        <span className="skeleton skeleton--line" />
        <span className="skeleton skeleton--short" />
      </div>
    </div>
  );
}
