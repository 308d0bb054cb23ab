import { useSyncExternalStore } from "react";

export type PictureTheme = "light" | "dark";

const listeners = new Set<() => void>();
/** Light until chosen: most pictures end up on paper or in a document. */
let chosen: PictureTheme = "light";

/** The colours of exported pictures, apart from those of the screen. */
export function pictureTheme(): PictureTheme {
  return chosen;
}

export function choosePictureTheme(theme: PictureTheme): void {
  chosen = theme;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePictureTheme(): PictureTheme {
  return useSyncExternalStore(subscribe, pictureTheme);
}
