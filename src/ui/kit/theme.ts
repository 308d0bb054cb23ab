import { useSyncExternalStore } from "react";

export type ThemeChoice = "light" | "dark" | "system";

/** Sets the theme of the whole page; "system" leaves it to prefers-color-scheme. */
export function applyTheme(choice: ThemeChoice): void {
  if (choice === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = choice;
}

/** The values of custom properties (names with their dashes) as they stand at this element, for drawing on a canvas. */
export function readTokens<Name extends string>(element: Element, names: readonly Name[]): Record<Name, string> {
  const style = getComputedStyle(element);
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(name).trim()])) as Record<Name, string>;
}

let version = 0;
const listeners = new Set<() => void>();

function announce(): void {
  version += 1;
  for (const listener of listeners) listener();
}

let stopWatching: (() => void) | null = null;

function watch(): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(announce);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  system.addEventListener("change", announce);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", announce);
  };
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) stopWatching = watch();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stopWatching?.();
  };
}

/** A number that changes whenever the theme does: a reason to read the tokens again. */
export function useThemeVersion(): number {
  return useSyncExternalStore(
    subscribe,
    () => version,
    () => 0,
  );
}
