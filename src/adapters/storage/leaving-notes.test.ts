import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, test } from "vitest";
import { emptyDesign } from "#src/design/empty-design.ts";
import { testKinds } from "#src/design/test-designs.ts";
import { openConnection } from "./connection.ts";
import { createDesignStorage } from "./design-storage.ts";
import { type NoteStore, withLeavingNotes } from "./leaving-notes.ts";

class MemoryNotes implements NoteStore {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

function openTab(factory: IDBFactory, notes: NoteStore) {
  const connection = openConnection({
    indexedDB: factory,
    keyRange: IDBKeyRange,
    onStatus: () => {},
    beforeGivingUp: async () => {},
  });
  const clock = { nowMs: () => 1_700_000_000_000 };
  let made = 0;
  const plain = createDesignStorage({
    connection,
    kinds: testKinds,
    clock,
    generateId: () => {
      made += 1;
      return `design-${made}`;
    },
    names: null,
    copies: null,
    channel: null,
    onVanished: () => {},
    onFirstSave: () => {},
  });
  return { plain, storage: withLeavingNotes(plain, notes, testKinds) };
}

function stored<Value>(result: { ok: true; value: Value } | { ok: false; problem: { message: string } }): Value {
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

/** A tab whose last write never reaches the database. */
function cutOff(tab: ReturnType<typeof openTab>, notes: NoteStore) {
  return withLeavingNotes({ ...tab.plain, saveLeaving: () => new Promise(() => {}) }, notes, testKinds);
}

describe("leaving notes", () => {
  test("the last edits of a page whose database write was cut off are there for the next page, and stored", async () => {
    const factory = new IDBFactory();
    const notes = new MemoryNotes();
    const first = openTab(factory, notes);
    const { id, revision } = stored(await first.storage.create(emptyDesign("before")));
    void cutOff(first, notes).saveLeaving(id, emptyDesign("after"), revision + 1);
    const next = openTab(factory, notes);
    const loaded = stored(await next.storage.load(id));
    expect(loaded.design.name).toBe("after");
    expect(loaded.summary.revision).toBe(revision + 1);
    expect(notes.items.size).toBe(0);
    expect(stored(await next.plain.load(id)).design.name).toBe("after");
  });

  test("a note alone, where the right to write is not yet had, is taken up as well", async () => {
    const notes = new MemoryNotes();
    const tab = openTab(new IDBFactory(), notes);
    const { id, revision } = stored(await tab.storage.create(emptyDesign("before")));
    tab.storage.noteLeaving(id, emptyDesign("after"), revision + 1);
    expect(stored(await tab.storage.load(id)).design.name).toBe("after");
  });

  test("a write that did reach the database leaves no note", async () => {
    const notes = new MemoryNotes();
    const tab = openTab(new IDBFactory(), notes);
    const { id, revision } = stored(await tab.storage.create(emptyDesign("before")));
    stored(await tab.storage.saveLeaving(id, emptyDesign("after"), revision + 1));
    expect(notes.items.size).toBe(0);
    expect(stored(await tab.storage.load(id)).design.name).toBe("after");
  });

  test("a note older than the record, or a damaged one, changes nothing and goes", async () => {
    const notes = new MemoryNotes();
    const tab = openTab(new IDBFactory(), notes);
    const { id, revision } = stored(await tab.storage.create(emptyDesign("one")));
    void cutOff(tab, notes).saveLeaving(id, emptyDesign("late"), revision + 1);
    stored(await tab.plain.save(id, emptyDesign("two"), revision));
    expect(stored(await tab.storage.load(id)).design.name).toBe("two");
    expect(notes.items.size).toBe(0);

    void cutOff(tab, notes).saveLeaving(id, emptyDesign("later"), revision + 9);
    for (const [key, text] of notes.items) notes.items.set(key, text.replace("later", "forged"));
    expect(stored(await tab.storage.load(id)).design.name).toBe("two");
  });

  test("a store that refuses does not stand in the way", async () => {
    const refusing: NoteStore = {
      getItem: () => {
        throw new Error("forbidden");
      },
      setItem: () => {
        throw new Error("full");
      },
      removeItem: () => {
        throw new Error("forbidden");
      },
    };
    const tab = openTab(new IDBFactory(), refusing);
    const { id, revision } = stored(await tab.storage.create(emptyDesign("before")));
    stored(await tab.storage.saveLeaving(id, emptyDesign("after"), revision + 1));
    expect(stored(await tab.storage.load(id)).design.name).toBe("after");
  });
});
