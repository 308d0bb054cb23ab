import type { Design } from "#src/design/document.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import type { KindDirectory } from "#src/design/kind-directory.ts";
import type { DesignStorage } from "#src/session/ports.ts";
import { checksum } from "./checksum.ts";

/** The part of `localStorage` that is used. */
export type NoteStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

interface LeavingNote {
  readonly revision: number;
  readonly text: string;
  readonly checksum: string;
}

/** Browsers give a site about five million characters here; a longer design relies on the database alone. */
const longestNote = 1_500_000;

/**
 * A database write that a page begins as it goes away may still be cut off, or come after the next page has read. What is
 * written here is written before the call returns: the last edits of a page that is left stand in a note until the database
 * has them, and the next page takes them up. An older note than the record is thrown away.
 */
export function withLeavingNotes(storage: DesignStorage, store: NoteStore | null, kinds: KindDirectory): DesignStorage {
  if (store === null) return storage;

  function clear(id: string, upToRevision: number): void {
    const note = readNote(store, id);
    if (note !== null && note.revision <= upToRevision) forget(store, id);
  }

  return {
    ...storage,
    async saveLeaving(id, design, revision) {
      writeNote(store, id, design, revision);
      const saved = await storage.saveLeaving(id, design, revision);
      if (saved.ok) clear(id, revision);
      return saved;
    },
    noteLeaving: (id, design, revision) => writeNote(store, id, design, revision),
    async save(id, design, expectedRevision) {
      const saved = await storage.save(id, design, expectedRevision);
      if (saved.ok) clear(id, saved.value.revision);
      return saved;
    },
    async load(id) {
      const loaded = await storage.load(id);
      const note = readNote(store, id);
      if (!loaded.ok || note === null) return loaded;
      const left = note.revision > loaded.value.summary.revision ? readDesignFile(note.text, kinds) : null;
      if (left === null || !left.ok) {
        forget(store, id);
        return loaded;
      }
      const saved = await storage.save(id, left.value, loaded.value.summary.revision);
      // Somebody wrote in between: the record is newer than this reading, and is read again.
      if (!saved.ok) return saved.problem.code === "conflict" ? storage.load(id) : loaded;
      forget(store, id);
      return { ok: true, value: { design: left.value, summary: saved.value } };
    },
    async remove(id) {
      const removed = await storage.remove(id);
      if (removed.ok) forget(store, id);
      return removed;
    },
  };
}

const keyOf = (id: string): string => `plimsoll.leaving.${id}`;

function writeNote(store: NoteStore | null, id: string, design: Design, revision: number): void {
  const text = printDesignFile(design);
  if (text.length > longestNote) return;
  try {
    store?.setItem(keyOf(id), JSON.stringify({ revision, text, checksum: checksum(text) }));
  } catch {
    // Full or forbidden: the database write that follows is what there is.
  }
}

function readNote(store: NoteStore | null, id: string): LeavingNote | null {
  try {
    const parsed: unknown = JSON.parse(store?.getItem(keyOf(id)) ?? "null");
    return isNote(parsed) && checksum(parsed.text) === parsed.checksum ? parsed : null;
  } catch {
    return null;
  }
}

function forget(store: NoteStore | null, id: string): void {
  try {
    store?.removeItem(keyOf(id));
  } catch {
    // A note that stays is older than the record and is passed over.
  }
}

function isNote(value: unknown): value is LeavingNote {
  return (
    typeof value === "object" &&
    value !== null &&
    "revision" in value &&
    typeof value.revision === "number" &&
    "text" in value &&
    typeof value.text === "string" &&
    "checksum" in value &&
    typeof value.checksum === "string"
  );
}
