/** A design as remembered outside the database. */
export interface RememberedDesign {
  readonly id: string;
  readonly name: string;
  readonly savedAtMs: number;
  readonly revision: number;
}

/** The part of `localStorage` that is used; absent where the browser forbids it. */
export type TextStore = Pick<Storage, "getItem" | "setItem">;

const key = "plimsoll.designs";

/**
 * A small list of names beside the database: when the browser has thrown the database away, the application can notice
 * and say so instead of showing an empty home screen. It holds no designs, and failing to write it loses nothing.
 */
export function readNameIndex(store: TextStore | null): readonly RememberedDesign[] {
  try {
    const parsed: unknown = JSON.parse(store?.getItem(key) ?? "[]");
    return Array.isArray(parsed) ? parsed.filter(isRemembered) : [];
  } catch {
    return [];
  }
}

export function writeNameIndex(store: TextStore | null, designs: readonly RememberedDesign[]): void {
  try {
    const rows = designs.map(({ id, name, savedAtMs, revision }) => ({ id, name, savedAtMs, revision }));
    store?.setItem(key, JSON.stringify(rows));
  } catch {
    // Full or forbidden: the index is a convenience.
  }
}

function isRemembered(item: unknown): item is RememberedDesign {
  return (
    typeof item === "object" &&
    item !== null &&
    "id" in item &&
    typeof item.id === "string" &&
    "name" in item &&
    typeof item.name === "string" &&
    "savedAtMs" in item &&
    typeof item.savedAtMs === "number" &&
    "revision" in item &&
    typeof item.revision === "number"
  );
}
