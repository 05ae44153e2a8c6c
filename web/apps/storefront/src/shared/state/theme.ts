import { useSyncExternalStore } from "react";
import { stored, useStored } from "./stored.ts";

type Theme = "light" | "dark";

/** null follows the system. */
export const theme = stored<Theme | null>("theme", null, (value) => value === "light" || value === "dark");

const systemDark = matchMedia("(prefers-color-scheme: dark)");

function onSystemChange(listener: () => void): () => void {
  systemDark.addEventListener("change", listener);
  return () => systemDark.removeEventListener("change", listener);
}

/** The theme that shows now: the chosen one, else the system's. */
export function useTheme(): Theme {
  const chosen = useStored(theme);
  const isSystemDark = useSyncExternalStore(onSystemChange, () => systemDark.matches);
  return chosen ?? (isSystemDark ? "dark" : "light");
}

export function chooseTheme(next: Theme): void {
  theme.set(next);
  document.documentElement.dataset.theme = next;
}
