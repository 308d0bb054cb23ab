import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { describe, expect, test } from "vitest";
import { emptyDesign } from "#src/design/empty-design.ts";
import { testKinds } from "#src/design/test-designs.ts";
import { openConnection } from "./connection.ts";
import type { DesignCopy } from "./copy-slot.ts";
import { PlimsollDatabase } from "./database.ts";
import { createDesignStorage } from "./design-storage.ts";
import type { RememberedDesign, TextStore } from "./name-index.ts";
import type { SecondCopies } from "./second-copies.ts";
import { type RestoredDesign, withSecondCopies } from "./with-second-copies.ts";

/** Second copies that survive the database, as the browser's private files do. */
class MemoryCopies implements SecondCopies {
  readonly all = new Map<string, DesignCopy>();
  isRefusing = false;

  async keep(record: DesignCopy): Promise<void> {
    const { id, revision, createdAtMs, savedAtMs, trashedAtMs, text } = record;
    const before = this.all.get(id);
    const isOutdated =
      before !== undefined && (before.text === null ? revision <= before.revision : revision < before.revision);
    if (this.isRefusing || isOutdated) return;
    this.all.set(id, { id, revision, createdAtMs, savedAtMs, trashedAtMs, text });
  }

  async forget(id: string, revision: number): Promise<boolean> {
    if (this.isRefusing) return false;
    this.all.set(id, { id, revision, createdAtMs: 0, savedAtMs: 0, trashedAtMs: null, text: null });
    return true;
  }

  async find(id: string): Promise<DesignCopy | null> {
    return this.all.get(id) ?? null;
  }

  clear(id: string): void {
    this.all.delete(id);
  }

  async ids(): Promise<readonly string[]> {
    return [...this.all.keys()];
  }
}

class MemoryTexts implements TextStore {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
}

interface Browser {
  readonly factory: IDBFactory;
  readonly texts: MemoryTexts;
  readonly copies: MemoryCopies;
}

const newBrowser = (): Browser => ({ factory: new IDBFactory(), texts: new MemoryTexts(), copies: new MemoryCopies() });

/** What a start of the browser finds that has thrown its database away. */
const withoutDatabase = (browser: Browser): Browser => ({ ...browser, factory: new IDBFactory() });

function openTab(browser: Browser, copies: SecondCopies | null = browser.copies) {
  const vanished: RememberedDesign[] = [];
  const restored: RestoredDesign[] = [];
  const connection = openConnection({
    indexedDB: browser.factory,
    keyRange: IDBKeyRange,
    onStatus: () => {},
    beforeGivingUp: async () => {},
  });
  const database = createDesignStorage({
    connection,
    kinds: testKinds,
    clock: { nowMs: () => 1_700_000_000_000 },
    generateId: () => crypto.randomUUID(),
    names: browser.texts,
    copies,
    channel: null,
    onVanished: (designs) => vanished.push(...designs),
    onFirstSave: () => {},
  });
  const onRestored = (designs: readonly RestoredDesign[]) => restored.push(...designs);
  return { storage: withSecondCopies({ database, copies, kinds: testKinds, onRestored }), vanished, restored };
}

function stored<Value>(result: { ok: true; value: Value } | { ok: false; problem: { message: string } }): Value {
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

async function records(browser: Browser) {
  const database = new PlimsollDatabase(browser.factory, IDBKeyRange);
  await database.open();
  const all = { designs: await database.designs.toArray(), snapshots: await database.snapshots.toArray() };
  database.close();
  return all;
}

describe("after the database was lost", () => {
  test("every design is back in the list as it was last stored, and that is told once", async () => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const one = stored(await storage.create(emptyDesign("One")));
    stored(await storage.save(one.id, emptyDesign("One, edited"), one.revision));
    const two = stored(await storage.create(emptyDesign("Two")));
    stored(await storage.rename(two.id, "Two, renamed"));
    stored(await storage.duplicate(two.id));
    const three = stored(await storage.create(emptyDesign("Three")));
    stored(await storage.trash(three.id));
    const four = stored(await storage.create(emptyDesign("Four")));
    stored(await storage.trash(four.id));
    stored(await storage.restore(four.id));
    const before = await records(browser);

    const next = withoutDatabase(browser);
    const tab = openTab(next);
    const list = stored(await tab.storage.list());
    expect(list.map(({ name }) => name).sort()).toEqual([
      "Four",
      "One, edited",
      "Three",
      "Two, renamed",
      "Two, renamed (copy)",
    ]);
    expect((await records(next)).designs).toEqual(before.designs);
    for (const { id, revision, text } of before.designs) {
      const snapshot = (await records(next)).snapshots.find((found) => found.designId === id);
      expect(snapshot).toMatchObject({ revision, text });
    }
    expect(tab.restored.length).toBe(5);
    expect(tab.vanished).toEqual([]);
    expect(openTab(next).restored).toEqual([]);
  });

  test("a design is found by its id, and the others come back with it", async () => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const { id } = stored(await storage.create(emptyDesign("One")));
    stored(await storage.create(emptyDesign("Two")));
    const next = withoutDatabase(browser);
    const tab = openTab(next);
    expect(stored(await tab.storage.load(id)).design.name).toBe("One");
    expect((await records(next)).designs.length).toBe(2);
  });

  test("a page that has the design open goes on saving it", async () => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const { id, revision } = stored(await storage.create(emptyDesign("One")));
    const next = openTab(withoutDatabase(browser));
    expect(stored(await next.storage.save(id, emptyDesign("Two"), revision)).revision).toBe(revision + 1);
    expect(browser.copies.all.get(id)?.revision).toBe(revision + 1);
  });

  test("a page whose copy was behind goes on too, and one that has not seen the newest copy is told", async () => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const { id, revision } = stored(await storage.create(emptyDesign("One")));
    const ahead = openTab(withoutDatabase(browser));
    expect(stored(await ahead.storage.save(id, emptyDesign("Ten"), revision + 9)).name).toBe("Ten");
    stored(await ahead.storage.save(id, emptyDesign("Eleven"), revision + 1));
    const late = openTab(withoutDatabase(browser));
    const refused = await late.storage.save(id, emptyDesign("Late"), revision);
    expect(refused).toMatchObject({ ok: false, problem: { code: "conflict" } });
  });

  test("a design that was deleted for good stays deleted", async () => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const { id } = stored(await storage.create(emptyDesign("Secret")));
    stored(await storage.trash(id));
    stored(await storage.remove(id));
    const tab = openTab(withoutDatabase(browser));
    expect(stored(await tab.storage.list())).toEqual([]);
    expect((await tab.storage.load(id)).ok).toBe(false);
    expect(tab.vanished).toEqual([]);
    expect(browser.copies.all.size).toBe(0);
  });

  test("what has no copy, or one that no validator lets in, is missed by name", async () => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const { id } = stored(await storage.create(emptyDesign("Damaged")));
    const copy = browser.copies.all.get(id);
    if (copy === undefined) throw new Error("There is no copy");
    browser.copies.all.set(id, {
      ...copy,
      text: '{"format":"plimsoll","version":1,"nodes":[{"id":"a","kind":"spaceship"}]}',
    });
    const tab = openTab(withoutDatabase(browser));
    expect(stored(await tab.storage.list())).toEqual([]);
    expect(tab.vanished.map(({ name }) => name)).toEqual(["Damaged"]);
  });
});

describe("in step", () => {
  test("a record that is older than its copy is replaced when it is loaded", async () => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const { id, revision } = stored(await storage.create(emptyDesign("One")));
    const before = await records(browser);
    stored(await storage.save(id, emptyDesign("Two"), revision));
    const database = new PlimsollDatabase(browser.factory, IDBKeyRange);
    await database.designs.bulkPut(before.designs);
    database.close();
    const tab = openTab(browser);
    expect(stored(await tab.storage.load(id)).design.name).toBe("Two");
    expect(tab.restored.map(({ name }) => name)).toEqual(["Two"]);
  });

  test("designs without a copy get one, and copies that are behind are brought up to date", async () => {
    const browser = newBrowser();
    const plain = openTab(browser, null);
    const one = stored(await plain.storage.create(emptyDesign("One")));
    const tab = openTab(browser);
    stored(await tab.storage.list());
    await expect.poll(() => browser.copies.all.get(one.id)?.revision).toBe(1);
    stored(await plain.storage.save(one.id, emptyDesign("Two"), 1));
    stored(await tab.storage.load(one.id));
    await expect.poll(() => browser.copies.all.get(one.id)?.revision).toBe(2);
  });

  test("a deletion that could not be written to the copy does not happen", async () => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const { id } = stored(await storage.create(emptyDesign("One")));
    expect((await storage.remove(id)).ok).toBe(false);
    expect(browser.copies.all.get(id)?.text).not.toBeNull();
    stored(await storage.trash(id));
    browser.copies.isRefusing = true;
    expect(await storage.remove(id)).toMatchObject({ ok: false, problem: { code: "unavailable" } });
    expect(stored(await storage.list()).length).toBe(1);
    browser.copies.isRefusing = false;
    stored(await storage.remove(id));
  });

  test("a deletion that was cut off leaves the design in the trash", async () => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const { id, revision } = stored(await storage.create(emptyDesign("One")));
    stored(await storage.trash(id));
    await browser.copies.forget(id, revision);
    const tab = openTab(browser);
    expect(stored(await tab.storage.list())[0]?.trashedAtMs).not.toBeNull();
    stored(await tab.storage.restore(id));
    stored(await tab.storage.save(id, emptyDesign("Again"), revision));
    expect(browser.copies.all.get(id)?.text).toContain("Again");
  });
});
