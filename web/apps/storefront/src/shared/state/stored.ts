/** Small pieces of state that live in localStorage and are shared by the whole page and by other tabs. */

import { useSyncExternalStore } from "react";
import { keptUnder } from "../base.ts";

export type Stored<T> = {
  get(): T;
  set(next: T): void;
  subscribe(listener: () => void): () => void;
};

export function stored<T>(name: string, fallback: T, isValid: (value: unknown) => boolean): Stored<T> {
  const key = `${keptUnder}.${name}`;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };

  const read = (): T => {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
      return value !== null && isValid(value) ? (value as T) : fallback;
    } catch {
      return fallback;
    }
  };

  let current = read();
  window.addEventListener("storage", (event) => {
    if (event.key !== key) return;
    current = read();
    tell();
  });

  return {
    get: () => current,
    set(next) {
      current = next;
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // No room or no storage: the page still works until it is closed.
      }
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStored<T>(state: Stored<T>): T {
  return useSyncExternalStore(state.subscribe, state.get);
}
