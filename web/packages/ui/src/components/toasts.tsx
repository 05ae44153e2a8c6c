import { useEffect, useSyncExternalStore } from "react";
import { Button, IconButton } from "./button.tsx";

export type Toast = { id: number; text: string; action?: { label: string; run: () => void }; forMs: number };

const TOAST_MS = 5_000;
let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function show(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Say something in passing; at most three are kept. */
export function toast(text: string, options: { action?: Toast["action"]; forMs?: number } = {}): number {
  const id = nextId++;
  const others = toasts.filter((one) => one.text !== text || one.action !== undefined);
  show([...others, { id, text, action: options.action, forMs: options.forMs ?? TOAST_MS }].slice(-3));
  return id;
}

export function dismissToast(id: number): void {
  show(toasts.filter((one) => one.id !== id));
}

export function Toasts({ closeLabel }: { closeLabel: string }) {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((one) => (
        <ToastLine key={one.id} toast={one} closeLabel={closeLabel} />
      ))}
    </div>
  );
}

function ToastLine({ toast: { id, text, action, forMs }, closeLabel }: { toast: Toast; closeLabel: string }) {
  useEffect(() => {
    const timer = setTimeout(() => dismissToast(id), forMs);
    return () => clearTimeout(timer);
  }, [id, forMs]);

  return (
    <div className="toast">
      <span>{text}</span>
      {action && (
        <Button
          look="text"
          onClick={() => {
            action.run();
            dismissToast(id);
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon="close" label={closeLabel} onClick={() => dismissToast(id)} />
    </div>
  );
}
