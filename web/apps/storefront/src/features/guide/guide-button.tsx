/** The way to the guide from every page: a button, and Alt+G. The talk itself comes in its own file. */

import { Icon } from "@daogou/ui";
import { lazy, Suspense, useEffect } from "react";
import { useMessages } from "../../shared/state/language.ts";
import { talk, useTalk } from "../../shared/state/talk.ts";

const GuidePanel = lazy(async () => ({ default: (await import("./guide-panel.tsx")).GuidePanel }));

export function GuideButton() {
  const { guide: words } = useMessages();
  const { isOpen } = useTalk();

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyG") return;
      event.preventDefault();
      talk.change({ isOpen: !talk.get().isOpen });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  return (
    <>
      <button
        type="button"
        className="guide-button"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-keyshortcuts="Alt+G"
        title={words.openHint}
        hidden={isOpen}
        onClick={() => talk.change({ isOpen: true })}
      >
        <Icon name="guide" />
        <span>{words.open}</span>
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <GuidePanel />
        </Suspense>
      )}
    </>
  );
}
