import { fail, type Result, succeed } from "#src/base/result.ts";
import type { Design } from "#src/design/document.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import type { KindDirectory } from "#src/design/kind-directory.ts";
import type { Clock, DesignStorage, DesignSummary, StorageProblem } from "#src/session/ports.ts";
import { checksum } from "./checksum.ts";
import type { Connection } from "./connection.ts";
import { type DesignRecord, type PlimsollDatabase, recordVersion, type SnapshotRecord } from "./database.ts";
import { type RememberedDesign, readNameIndex, type TextStore, writeNameIndex } from "./name-index.ts";
import { type SnapshotLimits, snapshotsToForget, tightLimits, usualLimits } from "./snapshot-policy.ts";
import { isConnectionError, newerRecord, notFound, outOfRoom, problemOf, unavailable } from "./storage-problems.ts";

/** The part of `BroadcastChannel` that is used. */
export interface Channel {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

export interface DesignStorageOptions {
  readonly connection: Connection;
  readonly kinds: KindDirectory;
  readonly clock: Clock;
  readonly generateId: () => string;
  readonly names: TextStore | null;
  /** Tells other tabs that the list changed; null where the browser has none. */
  readonly channel: Channel | null;
  /** Designs that the browser once stored and no longer has, told once when the list is first read. */
  readonly onVanished: (designs: readonly RememberedDesign[]) => void;
  /** After the first save: the moment to ask the browser to keep the data. */
  readonly onFirstSave: () => void;
}

type Outcome<Value> = Result<Value, StorageProblem>;

/** A save slower than this is read back and compared. */
const slowSaveMs = 100;
const savesBetweenPrunings = 25;

export function createDesignStorage(options: DesignStorageOptions): DesignStorage {
  const { connection, kinds, clock } = options;
  const listeners = new Set<() => void>();
  const savesSincePruning = new Map<string, number>();
  const verified = new Set<string>();
  /** What a save must repeat without having read the record: when the design was created. */
  const creationMs = new Map<string, number>();
  let hasSaved = false;
  let hasLookedForVanished = false;

  if (options.channel !== null) options.channel.onmessage = () => tellListeners();

  function tellListeners(): void {
    for (const listener of listeners) listener();
  }

  function announce(): void {
    options.channel?.postMessage({ changed: "designs" });
    tellListeners();
  }

  function remember(summary: DesignSummary | null, id: string): void {
    const others = readNameIndex(options.names).filter((row) => row.id !== id);
    writeNameIndex(options.names, summary === null ? others : [...others, summary]);
  }

  async function list(): Promise<Outcome<readonly DesignSummary[]>> {
    const read = await connection.read(async (database) => succeed(await readableRecords(database)));
    if (!read.ok) return read;
    const summaries = read.value.map(summaryOf).sort((left, right) => right.savedAtMs - left.savedAtMs);
    if (!hasLookedForVanished) {
      hasLookedForVanished = true;
      const stored = new Set(summaries.map((summary) => summary.id));
      const vanished = readNameIndex(options.names).filter((row) => !stored.has(row.id));
      if (vanished.length > 0) options.onVanished(vanished);
      writeNameIndex(options.names, summaries);
    }
    return succeed(summaries);
  }

  /** Writes with one more try after making room; a full disk leaves what was stored untouched. */
  async function write<Value>(work: (database: PlimsollDatabase) => Promise<Outcome<Value>>): Promise<Outcome<Value>> {
    const first = await connection.write(work);
    if (first.ok || first.problem.code !== "quota") return first;
    const pruned = await connection.write(async (database) => {
      const ids = await database.designs.toCollection().primaryKeys();
      for (const id of ids) await forgetSnapshots(database, id, tightLimits);
      return succeed(null);
    });
    return pruned.ok ? connection.write(work) : fail(outOfRoom);
  }

  async function insert(design: Design): Promise<Outcome<DesignSummary>> {
    const nowMs = clock.nowMs();
    const record = recordOf(options.generateId(), design, 1, nowMs, nowMs, null);
    const stored = await write(async (database) => {
      await database.transaction("rw", database.designs, database.snapshots, async () => {
        await database.designs.add(record);
        await database.snapshots.put(snapshotOf(record));
      });
      return readBack(database, record);
    });
    if (stored.ok) afterWrite(stored.value);
    return stored;
  }

  function afterWrite(summary: DesignSummary): void {
    creationMs.set(summary.id, summary.createdAtMs);
    remember(summary, summary.id);
    announce();
    if (!hasSaved) {
      hasSaved = true;
      options.onFirstSave();
    }
  }

  async function save(id: string, design: Design, expectedRevision: number): Promise<Outcome<DesignSummary>> {
    const text = printDesignFile(design);
    const sum = checksum(text);
    const startedMs = clock.nowMs();
    const outcome = await write(async (database) => {
      const written = await database.transaction("rw", database.designs, database.snapshots, async () => {
        const stored = await database.designs.get(id);
        if (stored === undefined) return fail(notFound(id));
        if (stored.recordVersion > recordVersion) return fail(newerRecord);
        // The same text at the next revision is this very save, whose answer was lost with the connection.
        if (stored.revision === expectedRevision + 1 && stored.checksum === sum && stored.text === text) {
          return succeed(stored);
        }
        if (stored.revision !== expectedRevision) return fail(conflict(stored.revision));
        const record: DesignRecord = {
          ...describe(design),
          id,
          revision: expectedRevision + 1,
          recordVersion,
          text,
          checksum: sum,
          savedAtMs: startedMs,
          createdAtMs: stored.createdAtMs,
          trashedAtMs: stored.trashedAtMs,
        };
        await database.designs.put(record);
        await database.snapshots.put(snapshotOf(record));
        return succeed(record);
      });
      if (!written.ok) return written;
      const isSlow = Math.abs(clock.nowMs() - startedMs) > slowSaveMs;
      if (isSlow || !verified.has(id)) {
        const kept = await readBack(database, written.value);
        if (!kept.ok) return kept;
        verified.add(id);
      }
      return succeed(summaryOf(written.value));
    });
    if (outcome.ok) {
      afterWrite(outcome.value);
      await pruneNowAndThen(id);
    }
    return outcome;
  }

  async function saveLeaving(id: string, design: Design, revision: number): Promise<Outcome<DesignSummary>> {
    const database = connection.writable();
    const createdAtMs = creationMs.get(id);
    if (database === null || createdAtMs === undefined) return save(id, design, revision - 1);
    const record = recordOf(id, design, revision, clock.nowMs(), createdAtMs, null);
    try {
      await writeAtOnce(database.backendDB(), record, snapshotOf(record));
    } catch (error) {
      return fail(problemOf(error));
    }
    afterWrite(summaryOf(record));
    return succeed(summaryOf(record));
  }

  async function pruneNowAndThen(id: string): Promise<void> {
    const saves = (savesSincePruning.get(id) ?? 0) + 1;
    savesSincePruning.set(id, saves % savesBetweenPrunings);
    if (saves < savesBetweenPrunings) return;
    // A pruning that fails is made up for by the next one.
    await connection.write(async (database) => {
      await forgetSnapshots(database, id, usualLimits);
      return succeed(null);
    });
  }

  /** Changes a record in one transaction, whatever its revision is. */
  async function alter(
    id: string,
    change: (record: DesignRecord) => Outcome<DesignRecord>,
  ): Promise<Outcome<DesignSummary>> {
    const outcome = await write((database) =>
      database.transaction("rw", database.designs, database.snapshots, async () => {
        const stored = await database.designs.get(id);
        if (stored === undefined) return fail(notFound(id));
        if (stored.recordVersion > recordVersion) return fail(newerRecord);
        const changed = change(stored);
        if (!changed.ok) return changed;
        await database.designs.put(changed.value);
        if (changed.value.revision !== stored.revision) await database.snapshots.put(snapshotOf(changed.value));
        return succeed(summaryOf(changed.value));
      }),
    );
    if (outcome.ok) afterWrite(outcome.value);
    return outcome;
  }

  async function load(id: string): Promise<Outcome<{ readonly design: Design; readonly summary: DesignSummary }>> {
    const read = await connection.read(async (database) => {
      const record = await database.designs.get(id);
      return record === undefined ? fail(notFound(id)) : succeed(record);
    });
    if (!read.ok) return read;
    const design = designOf(read.value);
    creationMs.set(id, read.value.createdAtMs);
    return design.ok ? succeed({ design: design.value, summary: summaryOf(read.value) }) : design;
  }

  function designOf(record: DesignRecord): Outcome<Design> {
    if (record.recordVersion > recordVersion) return fail(newerRecord);
    const text = typeof record.text === "string" ? record.text : "";
    const design = readDesignFile(text, kinds);
    if (design.ok && record.checksum === checksum(text)) return design;
    const message = design.ok
      ? "The stored design is not the one that was written: it was damaged."
      : "The stored design cannot be read. Nothing has been changed; its text can be downloaded.";
    return fail({ code: "unreadable", message, text, problems: design.ok ? [] : design.problem });
  }

  return {
    list,
    watch(listener) {
      const tell = () => {
        void list().then((result) => {
          if (result.ok && listeners.has(tell)) listener(result.value);
        });
      };
      listeners.add(tell);
      tell();
      return () => listeners.delete(tell);
    },
    create: insert,
    load,
    save,
    saveLeaving,
    noteLeaving: () => {},
    rename: (id, name) =>
      alter(id, (record) => {
        const design = designOf(record);
        if (!design.ok) return design;
        const renamed = { ...design.value, name };
        const { createdAtMs, trashedAtMs, revision } = record;
        return succeed(recordOf(id, renamed, revision + 1, clock.nowMs(), createdAtMs, trashedAtMs));
      }),
    async duplicate(id) {
      const loaded = await load(id);
      if (!loaded.ok) return loaded;
      return insert({ ...loaded.value.design, name: `${loaded.value.design.name} (copy)` });
    },
    trash: (id) => alter(id, (record) => succeed({ ...record, trashedAtMs: clock.nowMs() })),
    restore: (id) => alter(id, (record) => succeed({ ...record, trashedAtMs: null })),
    async remove(id) {
      const outcome = await write((database) =>
        database.transaction("rw", database.designs, database.snapshots, async () => {
          const stored = await database.designs.get(id);
          if (stored === undefined) return fail(notFound(id));
          if (stored.trashedAtMs === null) return fail(unavailable("only a design in the trash can be deleted"));
          await database.designs.delete(id);
          await database.snapshots.where("[designId+revision]").between([id, -Infinity], [id, Infinity]).delete();
          return succeed(null);
        }),
      );
      if (outcome.ok) {
        remember(null, id);
        announce();
      }
      return outcome;
    },
    snapshots: (id) =>
      connection.read(async (database) => {
        const marks = await snapshotMarks(database, id);
        return succeed(marks.reverse().map(({ revision, savedAtMs }) => ({ revision, savedAtMs })));
      }),
    async loadSnapshot(id, revision) {
      const read = await connection.read(async (database) => {
        const snapshot = await database.snapshots.get([id, revision]);
        return snapshot === undefined ? fail(notFound(`${id}, version ${revision}`)) : succeed(snapshot.text);
      });
      if (!read.ok) return read;
      const design = readDesignFile(read.value, kinds);
      if (design.ok) return design;
      const message = "This earlier version cannot be read.";
      return fail({ code: "unreadable", message, text: read.value, problems: design.problem });
    },
  };
}

/**
 * Hands both records to the browser before it returns, and asks for the commit at once: nothing is left for the page to do.
 * The snapshot is added, not put: when another tab has used this revision the whole transaction fails.
 */
function writeAtOnce(database: IDBDatabase, record: DesignRecord, snapshot: SnapshotRecord): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(["designs", "snapshots"], "readwrite", { durability: "relaxed" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("the last save was given up"));
    transaction.objectStore("snapshots").add(snapshot);
    transaction.objectStore("designs").put(record);
    transaction.commit();
  });
}

function conflict(storedRevision: number): StorageProblem {
  return { code: "conflict", message: "Another tab has stored a different version of this design.", storedRevision };
}

function describe(design: Design): Pick<DesignRecord, "name" | "nodeCount" | "edgeCount"> {
  return { name: design.name, nodeCount: design.nodes.size, edgeCount: design.edges.size };
}

function recordOf(
  id: string,
  design: Design,
  revision: number,
  savedAtMs: number,
  createdAtMs: number,
  trashedAtMs: number | null,
): DesignRecord {
  const text = printDesignFile(design);
  const sum = checksum(text);
  return { ...describe(design), id, revision, recordVersion, text, checksum: sum, savedAtMs, createdAtMs, trashedAtMs };
}

/** Damaged fields of a record must not hide the others on the home screen. */
function summaryOf(record: Readonly<Record<keyof DesignRecord, unknown>>): DesignSummary {
  const { id, name, revision, savedAtMs, createdAtMs, nodeCount, edgeCount, trashedAtMs } = record;
  const amount = (value: unknown) => (typeof value === "number" && Number.isFinite(value) ? value : 0);
  return {
    id: String(id),
    name: typeof name === "string" ? name : "Damaged design",
    revision: amount(revision),
    savedAtMs: amount(savedAtMs),
    createdAtMs: amount(createdAtMs),
    nodeCount: amount(nodeCount),
    edgeCount: amount(edgeCount),
    trashedAtMs: typeof trashedAtMs === "number" ? trashedAtMs : null,
  };
}

/** One value that the browser lost must not make the others unreadable. */
async function readableRecords(database: PlimsollDatabase): Promise<readonly DesignRecord[]> {
  try {
    return await database.designs.toArray();
  } catch (error) {
    if (isConnectionError(error)) throw error;
    const records: DesignRecord[] = [];
    for (const id of await database.designs.toCollection().primaryKeys()) {
      const record = await database.designs.get(id).catch(() => undefined);
      if (record !== undefined) records.push(record);
    }
    return records;
  }
}

function snapshotOf(record: DesignRecord): SnapshotRecord {
  const { id, revision, text, savedAtMs } = record;
  return { designId: id, revision, text, length: text.length, savedAtMs };
}

/** Compares what storage gives back with what was written; a newer save by another tab is no fault. */
async function readBack(database: PlimsollDatabase, written: DesignRecord): Promise<Outcome<DesignSummary>> {
  const stored = await database.designs.get(written.id);
  if (stored === undefined) return fail(unavailable("the design was not there when it was read back"));
  if (stored.revision === written.revision && checksum(stored.text) !== written.checksum) {
    return fail(unavailable("the design came back changed when it was read back"));
  }
  return succeed(summaryOf(written));
}

type Mark = readonly [designId: string, revision: number, savedAtMs: number, length: number];

/** Oldest first, from the index alone: no text is read. */
async function snapshotMarks(database: PlimsollDatabase, id: string) {
  const keys = await database.snapshots
    .where("[designId+revision+savedAtMs+length]")
    .between([id, -Infinity], [id, Infinity, Infinity, Infinity])
    .keys();
  // The index holds exactly these four parts.
  const marks = keys as unknown as readonly Mark[];
  return marks.map(([, revision, savedAtMs, length]) => ({ revision, savedAtMs, length }));
}

async function forgetSnapshots(database: PlimsollDatabase, id: string, limits: SnapshotLimits): Promise<void> {
  await database.transaction("rw", database.snapshots, async () => {
    const forgotten = snapshotsToForget(await snapshotMarks(database, id), limits);
    await database.snapshots.bulkDelete(forgotten.map((revision): [string, number] => [id, revision]));
  });
}
