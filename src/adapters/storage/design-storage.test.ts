import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Design, DesignNode } from "#src/design/document.ts";
import { emptyDesign } from "#src/design/empty-design.ts";
import { testKinds } from "#src/design/test-designs.ts";
import { type ConnectionStatus, openConnection } from "./connection.ts";
import { PlimsollDatabase } from "./database.ts";
import { databaseName } from "./database-name.ts";
import { createDesignStorage } from "./design-storage.ts";
import { type RememberedDesign, readNameIndex, type TextStore } from "./name-index.ts";

function designWith(name: string, ...ids: string[]): Design {
  const nodes = new Map(ids.map((id): [string, DesignNode] => [id, { id, kind: "service" }]));
  return { ...emptyDesign(name), nodes };
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
}

const newBrowser = (): Browser => ({ factory: new IDBFactory(), texts: new MemoryTexts() });

function openTab(browser: Browser, onFlush: () => Promise<void> = async () => {}) {
  const statuses: ConnectionStatus[] = [];
  const vanished: RememberedDesign[] = [];
  const clock = { now: 1_700_000_000_000, nowMs: () => clock.now };
  const connection = openConnection({
    indexedDB: browser.factory,
    keyRange: IDBKeyRange,
    onStatus: (status) => statuses.push(status),
    beforeGivingUp: onFlush,
  });
  let next = 0;
  const storage = createDesignStorage({
    connection,
    kinds: testKinds,
    clock,
    generateId: () => `design-${browser.factory.toString().length}-${Math.max(0, next++)}-${crypto.randomUUID()}`,
    names: browser.texts,
    copies: null,
    channel: null,
    onVanished: (designs) => vanished.push(...designs),
    onFirstSave: () => {},
  });
  return { storage, connection, statuses, vanished, clock };
}

function stored<Value>(result: { ok: true; value: Value } | { ok: false; problem: { message: string } }): Value {
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

async function raw(browser: Browser): Promise<PlimsollDatabase> {
  const database = new PlimsollDatabase(browser.factory, IDBKeyRange);
  await database.open();
  return database;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a design in storage", () => {
  test("comes back as it was saved, and counts its saves", async () => {
    const { storage } = openTab(newBrowser());
    const created = stored(await storage.create(designWith("One", "api")));
    const saved = stored(await storage.save(created.id, designWith("Two", "api", "db"), created.revision));
    expect(saved.revision).toBe(created.revision + 1);
    const loaded = stored(await storage.load(created.id));
    expect(loaded.design).toEqual(designWith("Two", "api", "db"));
    expect(loaded.summary).toMatchObject({ name: "Two", nodeCount: 2, revision: saved.revision });
  });

  test("is not overwritten by a tab that has not seen the newest save", async () => {
    const browser = newBrowser();
    const first = openTab(browser);
    const second = openTab(browser);
    const { id, revision } = stored(await first.storage.create(designWith("Shared")));
    stored(await first.storage.save(id, designWith("First"), revision));
    const late = await second.storage.save(id, designWith("Second"), revision);
    expect(late).toMatchObject({ ok: false, problem: { code: "conflict", storedRevision: revision + 1 } });
    expect(stored(await second.storage.load(id)).design.name).toBe("First");
  });

  test("a save that is repeated because its answer was lost is the same save", async () => {
    const { storage } = openTab(newBrowser());
    const { id, revision } = stored(await storage.create(designWith("Once")));
    const first = stored(await storage.save(id, designWith("Twice"), revision));
    const again = stored(await storage.save(id, designWith("Twice"), revision));
    expect(again.revision).toBe(first.revision);
  });

  test("the last save of a page is handed over at once, and never over another tab's", async () => {
    const browser = newBrowser();
    const first = openTab(browser);
    const second = openTab(browser);
    const { id, revision } = stored(await first.storage.create(designWith("Open")));
    stored(await second.storage.load(id));
    const last = first.storage.saveLeaving(id, designWith("Last"), revision + 1);
    const late = second.storage.saveLeaving(id, designWith("Late"), revision + 1);
    expect(stored(await last).revision).toBe(revision + 1);
    expect((await late).ok).toBe(false);
    const { design, summary } = stored(await second.storage.load(id));
    expect(design.name).toBe("Last");
    expect(summary.createdAtMs).toBeGreaterThan(0);
  });

  test("keeps its order when the clock is set back ten years", async () => {
    const { storage, clock } = openTab(newBrowser());
    const { id, revision } = stored(await storage.create(designWith("Now")));
    clock.now -= 10 * 365 * 86_400_000;
    stored(await storage.save(id, designWith("Later"), revision));
    expect(stored(await storage.load(id)).design.name).toBe("Later");
    expect(stored(await storage.snapshots(id)).map((snapshot) => snapshot.revision)).toEqual([2, 1]);
  });

  test("is deleted only from the trash, together with its earlier states", async () => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const { id } = stored(await storage.create(designWith("Old")));
    expect((await storage.remove(id)).ok).toBe(false);
    stored(await storage.trash(id));
    expect(stored(await storage.list())[0]?.trashedAtMs).not.toBeNull();
    stored(await storage.restore(id));
    stored(await storage.trash(id));
    stored(await storage.remove(id));
    expect(stored(await storage.list())).toEqual([]);
    const database = await raw(browser);
    expect(await database.snapshots.count()).toBe(0);
    database.close();
  });

  test("can be renamed and copied without being opened", async () => {
    const { storage } = openTab(newBrowser());
    const { id } = stored(await storage.create(designWith("Name", "api")));
    stored(await storage.rename(id, "Other name"));
    const copy = stored(await storage.duplicate(id));
    expect(copy.id).not.toBe(id);
    expect(copy.name).toBe("Other name (copy)");
    expect(stored(await storage.load(copy.id)).design.nodes.size).toBe(1);
  });

  test("has earlier states to go back to, the newest fifty at least", async () => {
    const { storage } = openTab(newBrowser());
    let { id, revision } = stored(await storage.create(designWith("v1")));
    for (let version = 2; version <= 80; version += 1) {
      revision = stored(await storage.save(id, designWith(`v${version}`), revision)).revision;
    }
    const snapshots = stored(await storage.snapshots(id));
    expect(snapshots.length).toBeGreaterThanOrEqual(50);
    expect(snapshots.length).toBeLessThan(80);
    expect(stored(await storage.loadSnapshot(id, 60)).name).toBe("v60");
  });
});

describe("damage", () => {
  const damages: readonly (readonly [string, Record<string, unknown>])[] = [
    ["truncated text", { text: '{"format": "plims' }],
    ["no text", { text: null }],
    ["an unknown kind", { text: '{"format":"plimsoll","version":1,"nodes":[{"id":"a","kind":"spaceship"}]}' }],
    [
      "an edge without ends",
      { text: '{"format":"plimsoll","version":1,"edges":[{"id":"a","source":"x","target":"y"}]}' },
    ],
    ["a checksum that does not fit", { checksum: "1-00000000" }],
    ["wrong types", { name: 7, savedAtMs: "yesterday", nodeCount: null }],
  ];
  test.each(damages)("%s: the record is kept, the others stay listed", async (_, damage) => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const broken = stored(await storage.create(designWith("Broken", "api")));
    const whole = stored(await storage.create(designWith("Whole", "api")));
    const database = await raw(browser);
    const before = await database.designs.get(broken.id);
    await database.table("designs").put({ ...before, ...damage });
    const damaged = await database.designs.get(broken.id);
    expect(stored(await storage.list()).map((summary) => summary.id)).toContain(whole.id);
    expect(stored(await storage.load(whole.id)).design.name).toBe("Whole");
    const loaded = await storage.load(broken.id);
    if ("text" in damage || "checksum" in damage) {
      expect(loaded).toMatchObject({ ok: false, problem: { code: "unreadable", text: damaged?.text ?? "" } });
      expect((await storage.rename(broken.id, "New")).ok).toBe(false);
    }
    expect(await database.designs.get(broken.id)).toEqual(damaged);
    database.close();
  });

  test("a record of a newer version is neither opened nor written", async () => {
    const browser = newBrowser();
    const { storage } = openTab(browser);
    const { id, revision } = stored(await storage.create(designWith("Newer")));
    const database = await raw(browser);
    await database.designs.update(id, { recordVersion: 99 });
    expect(await storage.load(id)).toMatchObject({ ok: false, problem: { code: "newer-version" } });
    expect(await storage.save(id, designWith("Older"), revision)).toMatchObject({ problem: { code: "newer-version" } });
    expect((await database.designs.get(id))?.revision).toBe(revision);
    database.close();
  });
});

describe("the database and other tabs", () => {
  test("a page whose database was upgraded elsewhere stores its edits, lets go and writes no more", async () => {
    const browser = newBrowser();
    let flushed = 0;
    const tab = openTab(browser, async () => {
      flushed += 1;
    });
    const { id, revision } = stored(await tab.storage.create(designWith("Before")));
    await new Promise<void>((resolve, reject) => {
      const request = browser.factory.open(databaseName, 20);
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
      request.onerror = () => reject(request.error);
    });
    expect(flushed).toBe(1);
    expect(tab.statuses.at(-1)).toEqual({ state: "newer-version" });
    const refused = await tab.storage.save(id, designWith("After"), revision);
    expect(refused).toMatchObject({ ok: false, problem: { code: "newer-version" } });
  });

  test("a database of a newer version can be read but not written", async () => {
    const browser = newBrowser();
    const before = openTab(browser);
    const { id, revision } = stored(await before.storage.create(designWith("Kept")));
    before.connection.close();
    await new Promise<void>((resolve) => {
      const request = browser.factory.open(databaseName, 20);
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
    });
    const old = openTab(browser);
    expect(stored(await old.storage.load(id)).design.name).toBe("Kept");
    expect(await old.storage.save(id, designWith("Lost"), revision)).toMatchObject({
      problem: { code: "newer-version" },
    });
    expect(await old.storage.create(designWith("New"))).toMatchObject({ problem: { code: "newer-version" } });
    expect(stored(await old.storage.load(id)).design.name).toBe("Kept");
  });

  test("a connection that the browser closed is opened again", async () => {
    const browser = newBrowser();
    const opened: IDBDatabase[] = [];
    const open = browser.factory.open.bind(browser.factory);
    vi.spyOn(browser.factory, "open").mockImplementation((name, version) => {
      const request = open(name, version);
      request.addEventListener("success", () => opened.push(request.result));
      return request;
    });
    const { storage } = openTab(browser);
    const { id, revision } = stored(await storage.create(designWith("Here")));
    for (const connection of opened) connection.close();
    expect(stored(await storage.save(id, designWith("Still here"), revision)).revision).toBe(revision + 1);
    expect(stored(await storage.load(id)).design.name).toBe("Still here");
  });

  test("designs that were stored once and are gone are named", async () => {
    const browser = newBrowser();
    const before = openTab(browser);
    stored(await before.storage.create(designWith("Precious")));
    before.connection.close();
    const after = openTab({ factory: new IDBFactory(), texts: browser.texts });
    expect(stored(await after.storage.list())).toEqual([]);
    expect(after.vanished.map((design) => design.name)).toEqual(["Precious"]);
    expect(readNameIndex(browser.texts)).toEqual([]);
  });

  test("a watcher hears of every change until it leaves", async () => {
    const { storage } = openTab(newBrowser());
    const seen: number[] = [];
    const stop = storage.watch((designs) => seen.push(designs.length));
    stored(await storage.create(designWith("A")));
    await vi.waitFor(() => expect(seen.at(-1)).toBe(1));
    stop();
    stored(await storage.create(designWith("B")));
    expect(stored(await storage.list()).length).toBe(2);
    expect(seen.at(-1)).toBe(1);
  });
});

describe("a browser without room", () => {
  /** As a full disk shows itself: the transaction aborts with the cause inside. */
  function failPuts(browser: Browser, times: number): { failed: number } {
    const state = { failed: 0 };
    const probe = browser.factory;
    const open = probe.open.bind(probe);
    vi.spyOn(probe, "open").mockImplementation((name, version) => {
      const request = open(name, version);
      request.addEventListener("success", () => {
        const database = request.result;
        const transaction = database.transaction.bind(database);
        database.transaction = (stores, mode, choices) => {
          const started = transaction(stores, mode, choices);
          const isSave = mode === "readwrite" && started.objectStoreNames.length === 2;
          const objectStore = started.objectStore.bind(started);
          started.objectStore = (name) => {
            const store = objectStore(name);
            const put = store.put.bind(store);
            store.put = (value, key) => {
              const written = put(value, key);
              if (!isSave || name !== "snapshots" || state.failed >= times) return written;
              state.failed += 1;
              written.addEventListener("success", () => {
                Object.defineProperty(started, "error", { value: new DOMException("full", "QuotaExceededError") });
                started.abort();
              });
              return written;
            };
            return store;
          };
          return started;
        };
      });
      return request;
    });
    return state;
  }

  test("makes room once and tries again", async () => {
    const browser = newBrowser();
    const before = openTab(browser);
    const { id, revision } = stored(await before.storage.create(designWith("Full")));
    before.connection.close();
    const state = failPuts(browser, 1);
    const { storage } = openTab(browser);
    expect(stored(await storage.save(id, designWith("Stored"), revision)).revision).toBe(revision + 1);
    expect(state.failed).toBe(1);
  });

  test("says so when there is still none, and what was stored stays", async () => {
    const browser = newBrowser();
    const before = openTab(browser);
    const { id, revision } = stored(await before.storage.create(designWith("Safe")));
    before.connection.close();
    failPuts(browser, 100);
    const { storage } = openTab(browser);
    expect(await storage.save(id, designWith("Lost"), revision)).toMatchObject({
      ok: false,
      problem: { code: "quota" },
    });
    expect(stored(await storage.load(id)).design.name).toBe("Safe");
  });
});
