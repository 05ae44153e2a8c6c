/** "Not for me" on a card: this one item, less of its kind, or nothing of it. */

import { MenuButton, toast, type MenuEntry } from "@daogou/ui";
import type { Item } from "../api/items.ts";
import type { Attribution } from "../state/cart.ts";
import { dismiss, undoDismiss, UNDO_MS, useDismissed } from "../state/dismissed.ts";
import { useMessages } from "../state/language.ts";
import { personalisation } from "../state/person.ts";
import { useStored } from "../state/stored.ts";
import { plainest } from "../wishes/tag-words.ts";
import { useWish } from "../wishes/use-wish.ts";
import { useCatalogueWords } from "../words/use-catalogue-words.ts";

export function CardMenu({ item, from }: { item: Item; from: Attribution }) {
  const { card, wishes, undo } = useMessages();
  const catalogue = useCatalogueWords();
  const isPersonalised = useStored(personalisation);
  const isTurnedDown = useDismissed().includes(item.id);
  const say = useWish();
  const name = plainest(item, catalogue);

  const hide = () => {
    nextInList()?.focus();
    dismiss(item.id, from);
    toast(card.dismissed, { action: { label: undo, run: () => undoDismiss(item.id) }, forMs: UNDO_MS });
  };

  const entries: MenuEntry[] = [];
  if (!isTurnedDown) entries.push({ icon: "notForMe", label: wishes.notThis, hint: wishes.notThisHint, run: hide });
  if (isPersonalised && name !== undefined) {
    const wish = (choice: "less" | "never") => () => say({ itemId: item.id, choice, name });
    entries.push(
      { icon: "fewer", label: wishes.less, hint: wishes.lessHint(name), run: wish("less") },
      { icon: "never", label: wishes.never, hint: wishes.neverHint(name), run: wish("never") },
    );
  }
  if (entries.length === 0) return null;
  return <MenuButton icon="notForMe" label={card.notForMeLabel(item.title)} title={card.notForMe} entries={entries} className="card__menu" />;
}

/** Where the focus goes when its card leaves; in a plain list it stays. */
function nextInList(): HTMLElement | null | undefined {
  const place = document.activeElement?.closest("[data-placement] li");
  return (place?.nextElementSibling ?? place?.previousElementSibling)?.querySelector<HTMLElement>(".card__menu");
}
