import { useEffect, useId, useRef, type MouseEvent, type ReactNode } from "react";
import { IconButton } from "./button.tsx";

type DialogProps = {
  title: string;
  closeLabel: string;
  onClose: () => void;
  shape?: "dialog" | "drawer";
  children: ReactNode;
};

/**
 * A modal window while it is rendered. The browser's own `<dialog>` keeps the focus inside, makes the page behind
 * inert, closes on Escape and gives the focus back; we add closing by a click beside it.
 */
export function Dialog({ title, closeLabel, onClose, shape = "dialog", children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const opener = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  const closeBeside = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose();
  };

  return (
    <dialog
      ref={dialog}
      className={shape === "drawer" ? "dialog dialog--drawer" : "dialog"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={closeBeside}
    >
      <div className="dialog__head">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon="close" label={closeLabel} onClick={onClose} />
      </div>
      <div className="dialog__body">{children}</div>
    </dialog>
  );
}
