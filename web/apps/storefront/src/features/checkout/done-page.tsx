import { Icon, Notice } from "@daogou/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { someItems } from "../../shared/api/items.ts";
import { Picture } from "../../shared/item/picture.tsx";
import { itemPath } from "../../shared/paths.ts";
import { Row } from "../../shared/slate/row.tsx";
import { useSlates } from "../../shared/slate/use-slates.ts";
import { useLanguage, useMessages } from "../../shared/state/language.ts";
import { useStored } from "../../shared/state/stored.ts";
import { orders, type Order } from "./order.ts";

export function DonePage({ transactionId }: { transactionId: string }) {
  const words = useMessages();
  const order = useStored(orders).find((one) => one.transactionId === transactionId);
  if (!order) {
    return (
      <Notice
        title={words.done.missing}
        action={
          <Link href="/" className="button button--primary">
            {words.backHome}
          </Link>
        }
      >
        {words.done.missingText}
      </Notice>
    );
  }
  return <Done order={order} />;
}

function Done({ order }: { order: Order }) {
  const words = useMessages();
  const language = useLanguage();
  const ids = order.lines.map((line) => line.itemId);
  const { data: items = [] } = useQuery(someItems(ids, language));
  const { data } = useSlates([{ placement: "item_bought_together", item_ids: ids, exclude: ids, limit: 12 }]);
  const slate = data?.[0];
  const isStored = (history.state as { isStored?: boolean } | null)?.isStored !== false;
  return (
    <>
      <title>{words.done.title}</title>
      <section className="done">
        <span className="done__mark" aria-hidden="true">
          <Icon name="check" />
        </span>
        <h1>{words.done.title}</h1>
        <p>{isStored ? words.done.saved : words.done.kept}</p>
        <p className="done__number">
          {words.done.number}: <code>{order.transactionId.slice(0, 10)}</code>
        </p>
        <ul className="done__items">
          {items.map((item) => (
            <li key={item.id}>
              <Link href={itemPath(item.id)} title={item.title} aria-label={item.title}>
                <Picture item={item} />
              </Link>
            </li>
          ))}
        </ul>
        <Link href="/" className="button button--primary">
          {words.done.onwards}
        </Link>
      </section>
      {slate && <Row slate={{ ...slate, title: words.done.together }} anchors={ids} />}
    </>
  );
}
