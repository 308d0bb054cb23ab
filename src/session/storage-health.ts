import { createStore, type StoreApi } from "zustand/vanilla";

/** What the screen says about the browser's storage as a whole. */
export interface StorageHealth {
  readonly connection: "open" | "blocked" | "newer-version" | "unavailable";
  readonly message: string | null;
  /** Designs that this browser stored once and no longer has. */
  readonly vanished: readonly { readonly id: string; readonly name: string; readonly savedAtMs: number }[];
  /** Designs that the browser had lost, or the last edits of, and that came back from their second copy. */
  readonly restored: readonly { readonly id: string; readonly name: string }[];
  /** Whether the browser has promised not to throw the designs away when it runs short of room. */
  readonly persistence: "unknown" | "promised" | "not-promised";
}

export function createStorageHealth(): StoreApi<StorageHealth> {
  return createStore<StorageHealth>(() => ({
    connection: "open",
    message: null,
    vanished: [],
    restored: [],
    persistence: "unknown",
  }));
}
