/** Why an item is here: what the answer itself said, and on request the recommender's whole reckoning. */

import { Button, Dialog, Icon } from "@daogou/ui";
import { useState } from "react";
import { Link } from "wouter";
import type { Evidence, SlateItem } from "../api/slates.ts";
import { useItem } from "../item/item-book.ts";
import { Picture } from "../item/picture.tsx";
import { itemPath } from "../paths.ts";
import { useMessages } from "../state/language.ts";
import type { Showing } from "./card.tsx";
import { FullExplanation } from "./full-explanation.tsx";
import { ShareBar } from "./share-bar.tsx";

/** Lists that somebody asked for by words or category: their reason is all there is to tell. */
const ASKED_FOR = ["search", "category"];

type WhyDialogProps = { place: SlateItem; showing: Showing; onClose: () => void };

export function WhyDialog({ place, showing, onClose }: WhyDialogProps) {
  const words = useMessages();
  const [isFull, setFull] = useState(false);
  const { evidence } = place.reason;
  const named = evidence.reduce((sum, one) => sum + one.share, 0);

  return (
    <Dialog title={words.why.title} closeLabel={words.close} onClose={onClose}>
      <div className="why">
        <div className="why__item">
          <Picture item={place.item} />
          <div>
            <p className="why__title">{place.item.title}</p>
            <p className="why__reason">{place.reason.text}</p>
          </div>
        </div>
        {place.isFiller && <p className="why__note">{words.why.filler}</p>}
        {!place.isFiller && evidence.length === 0 && <p className="why__note">{words.why.general}</p>}
        {evidence.length > 0 && (
          <section>
            <h3>{words.why.evidence}</h3>
            <ul className="why__evidence">
              {evidence.map((one) => (
                <EvidenceLine key={`${one.itemId}|${one.event}`} evidence={one} onFollow={onClose} />
              ))}
              {named > 0 && named < 0.995 && (
                <li className="evidence evidence--rest">
                  <span className="evidence__name">{words.why.rest}</span>
                  <ShareBar share={1 - named} isFaint />
                </li>
              )}
            </ul>
          </section>
        )}
        {isFull ? (
          <FullExplanation itemId={place.item.id} placement={showing.placement} anchors={showing.anchors} />
        ) : (
          <div className="why__actions">
            {!ASKED_FOR.includes(showing.placement) && <Button onClick={() => setFull(true)}>{words.why.full}</Button>}
            <Link href="/personalisation" className="button button--text" onClick={onClose}>
              <Icon name="shield" />
              {words.privacy.settings}
            </Link>
          </div>
        )}
      </div>
    </Dialog>
  );
}

export function EvidenceLine({ evidence, onFollow }: { evidence: Evidence; onFollow?: () => void }) {
  const words = useMessages();
  const item = useItem(evidence.itemId || undefined);
  const title = item?.title ?? evidence.title;
  return (
    <li className="evidence">
      <span className="evidence__picture" aria-hidden="true">
        {item && <Picture item={item} />}
      </span>
      <span className="evidence__name">
        <Link href={itemPath(evidence.itemId)} onClick={onFollow}>
          {title}
        </Link>
        {evidence.event && words.why.events[evidence.event] && (
          <span className="evidence__event">{words.why.events[evidence.event]}</span>
        )}
      </span>
      <ShareBar share={evidence.share} />
    </li>
  );
}
