/** The reason in one line, with a small picture of its strongest cause; pressing it opens the whole story. */

import { useState } from "react";
import type { SlateItem } from "../api/slates.ts";
import { useItem } from "../item/item-book.ts";
import { Picture } from "../item/picture.tsx";
import { useMessages } from "../state/language.ts";
import type { Showing } from "./card.tsx";
import { WhyDialog } from "./why-dialog.tsx";

export function ReasonLine({ place, showing }: { place: SlateItem; showing: Showing }) {
  const words = useMessages();
  const [isOpen, setOpen] = useState(false);
  const cause = useItem(place.reason.evidence[0]?.itemId);
  return (
    <>
      <button
        type="button"
        className="reason"
        aria-haspopup="dialog"
        aria-label={`${place.reason.text} ${words.card.whyLabel(place.item.title)}`}
        onClick={() => setOpen(true)}
      >
        {cause && (
          <span className="reason__cause" aria-hidden="true">
            <Picture item={cause} />
          </span>
        )}
        <span className="reason__text">
          <span className="reason__because">{place.reason.text}</span>
          <span className="reason__why">{words.card.why}</span>
        </span>
      </button>
      {isOpen && <WhyDialog place={place} showing={showing} onClose={() => setOpen(false)} />}
    </>
  );
}
