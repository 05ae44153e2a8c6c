import { useEffect, useRef, useSyncExternalStore, type RefObject } from "react";

const isNarrow = matchMedia("(max-width: 760px)");
const hasFingers = matchMedia("(pointer: coarse)");

function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      isNarrow.addEventListener("change", listener);
      return () => isNarrow.removeEventListener("change", listener);
    },
    () => isNarrow.matches,
  );
}

/**
 * Opens the dialog beside the page, or over it where it is narrow: then the page behind is inert. The focus goes to where
 * one types, except where that would bring up a keyboard of glass, and back to its opener in the end.
 */
export function useSheet(typing: RefObject<HTMLElement | null>) {
  const sheet = useRef<HTMLDialogElement>(null);
  const isModal = useIsNarrow();

  useEffect(() => {
    const opener = document.activeElement;
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected && opener !== document.body) opener.focus();
      else document.querySelector<HTMLElement>(".guide-button")?.focus();
    };
  }, []);

  useEffect(() => {
    const element = sheet.current;
    if (isModal) element?.showModal();
    else element?.show();
    const first = hasFingers.matches ? element?.querySelector<HTMLElement>("h2") : typing.current;
    first?.focus({ preventScroll: true });
    return () => element?.close();
  }, [isModal, typing]);

  return { sheet, isModal };
}
