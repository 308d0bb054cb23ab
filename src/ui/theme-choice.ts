import { useSyncExternalStore } from "react";
import { applyTheme, type ThemeChoice } from "./kit/theme.ts";

/** Also read by the small script that sets the theme before the first paint. */
const key = "plimsoll.theme";
const listeners = new Set<() => void>();
let current: ThemeChoice | null = null;

function read(): ThemeChoice {
  try {
    const stored = localStorage.getItem(key);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

export function themeChoice(): ThemeChoice {
  current ??= read();
  return current;
}

export function chooseTheme(choice: ThemeChoice): void {
  current = choice;
  try {
    if (choice === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, choice);
  } catch {
    // The choice then lasts as long as the page.
  }
  applyTheme(choice);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, themeChoice, () => "system");
}
