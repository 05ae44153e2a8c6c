import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { Icon, type IconName } from "./icon.tsx";
import { placeBeside } from "./place-beside.ts";

export type MenuEntry = { icon: IconName; label: string; hint?: string; run: () => void };

type MenuButtonProps = { icon: IconName; label: string; title: string; entries: readonly MenuEntry[]; className?: string };

type End = "first" | "last";

/** A button that opens a menu: arrow keys, Home, End and first letters move in it, Escape and Tab leave it. */
export function MenuButton({ icon, label, title, entries, className = "" }: MenuButtonProps) {
  const [opened, setOpened] = useState<End | undefined>();
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  const close = () => {
    setOpened(undefined);
    button.current?.focus();
  };

  const openByKey = (event: KeyboardEvent) => {
    const end = { ArrowDown: "first", ArrowUp: "last" }[event.key] as End | undefined;
    if (!end) return;
    event.preventDefault();
    setOpened(end);
  };

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-haspopup="menu"
        aria-expanded={opened !== undefined}
        aria-controls={opened && id}
        aria-label={label}
        title={title}
        onClick={() => setOpened(opened ? undefined : "first")}
        onKeyDown={openByKey}
      >
        <Icon name={icon} />
      </button>
      {opened && (
        <Menu id={id} label={title} entries={entries} startAt={opened} opener={button} onLeave={() => setOpened(undefined)} onClose={close} />
      )}
    </>
  );
}

type MenuProps = {
  id: string;
  label: string;
  entries: readonly MenuEntry[];
  startAt: End;
  opener: { current: HTMLElement | null };
  /** The menu goes, and the focus is already elsewhere. */
  onLeave: () => void;
  /** The menu goes, and the focus goes back. */
  onClose: () => void;
};

function Menu({ id, label, entries, startAt, opener, onLeave, onClose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  const items = () => [...(list.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];

  useLayoutEffect(() => {
    const element = list.current;
    if (!element || !opener.current) return;
    element.showPopover(); // above everything, also where the list around it scrolls and would cut it off
    placeBeside(element, opener.current);
    items().at(startAt === "first" ? 0 : -1)?.focus({ preventScroll: true });
  }, [opener, startAt]);

  useEffect(() => {
    const leaveBeside = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!list.current?.contains(target) && !opener.current?.contains(target)) onLeave();
    };
    const keepBeside = () => {
      if (list.current && opener.current) placeBeside(list.current, opener.current);
    };
    document.addEventListener("pointerdown", leaveBeside);
    window.addEventListener("scroll", keepBeside, { capture: true, passive: true });
    window.addEventListener("resize", keepBeside);
    return () => {
      document.removeEventListener("pointerdown", leaveBeside);
      window.removeEventListener("scroll", keepBeside, { capture: true });
      window.removeEventListener("resize", keepBeside);
    };
  });

  const move = (event: KeyboardEvent) => {
    if (event.key === "Tab") return onLeave();
    const target = nextItem(items(), event.key);
    if (event.key !== "Escape" && !target) return;
    event.preventDefault();
    event.stopPropagation();
    if (target) target.focus();
    else onClose();
  };

  return (
    <div ref={list} id={id} role="menu" aria-label={label} popover="manual" className="menu" onKeyDown={move}>
      {entries.map((entry) => (
        <button
          key={entry.label}
          type="button"
          role="menuitem"
          tabIndex={-1}
          className="menu__entry"
          onClick={() => {
            onClose();
            entry.run();
          }}
        >
          <Icon name={entry.icon} />
          <span>
            {entry.label}
            {entry.hint && <span className="menu__hint">{entry.hint}</span>}
          </span>
        </button>
      ))}
    </div>
  );
}

/** Where a key leads from the item that has the focus; undefined for keys that are not the menu's. */
function nextItem(items: readonly HTMLElement[], key: string): HTMLElement | undefined {
  const now = items.findIndex((item) => item === document.activeElement);
  if (key === "ArrowDown") return items[(now + 1) % items.length];
  if (key === "ArrowUp") return items.at(now - 1);
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  if (key.length !== 1 || key === " ") return undefined;
  const after = [...items.slice(now + 1), ...items.slice(0, now + 1)];
  return after.find((item) => item.textContent?.toLowerCase().startsWith(key.toLowerCase()));
}
