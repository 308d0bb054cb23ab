import { fail, type Result, succeed } from "#src/base/result.ts";
import type { Design } from "#src/design/document.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import type { KindDirectory } from "#src/design/kind-directory.ts";
import type { Clock, DesignStorage, DesignSummary, StorageProblem } from "#src/session/ports.ts";
import { checksum } from "./checksum.ts";
import type { Connection } from "./connection.ts";
import { type DesignRecord, type PlimsollDatabase, recordVersion } from "./database.ts";
import { describe, readableRecords, readBack, recordOf, snapshotOf, summaryOf, writeAtOnce } from "./design-records.ts";
import { type RememberedDesign, readNameIndex, type TextStore, writeNameIndex } from "./name-index.ts";
import type { SecondCopies } from "./second-copies.ts";
import { tightLimits, usualLimits } from "./snapshot-policy.ts";
import { forgetSnapshots, snapshotMarks } from "./snapshot-records.ts";
import { newerRecord, notFound, outOfRoom, problemOf, unavailable } from "./storage-problems.ts";

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
  /** Where every record is copied to before it is called stored; null where the browser has no such place. */
  readonly copies: SecondCopies | null;
  /** Tells other tabs that the list changed; null where the browser has none. */
  readonly channel: Channel | null;
  /** Designs that the browser once stored and no longer has, told once when the list is first read. */
  readonly onVanished: (designs: readonly RememberedDesign[]) => void;
  /** After the first save: the moment to ask the browser to keep the data. */
  readonly onFirstSave: () => void;
}

/** The designs of the database, with what is needed to make up for its losses. */
export interface DesignDatabase extends DesignStorage {
  /** Of all records. */
  ids(): Promise<Result<ReadonlySet<string>, StorageProblem>>;
  /** Puts a record back that the database lost, unless it has this or a later revision. Tells whether it did. */
  putBack(record: DesignRecord): Promise<Result<boolean, StorageProblem>>;
}

type Outcome<Value> = Result<Value, StorageProblem>;

/** A save slower than this is read back and compared. */
const slowSaveMs = 100;
const savesBetweenPrunings = 25;

export function createDesignStorage(options: DesignStorageOptions): DesignDatabase {
  const { connection, kinds, clock, copies } = options;
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
    return stored.ok ? succeed(await afterWrite(stored.value)) : stored;
  }

  async function afterWrite(record: DesignRecord): Promise<DesignSummary> {
    const summary = summaryOf(record);
    creationMs.set(summary.id, summary.createdAtMs);
    remember(summary, summary.id);
    announce();
    if (!hasSaved) {
      hasSaved = true;
      options.onFirstSave();
    }
    await copies?.keep(record);
    return summary;
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
      return written;
    });
    if (!outcome.ok) return outcome;
    const [summary] = await Promise.all([afterWrite(outcome.value), pruneNowAndThen(id)]);
    return succeed(summary);
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
    return succeed(await afterWrite(record));
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
        return succeed(changed.value);
      }),
    );
    return outcome.ok ? succeed(await afterWrite(outcome.value)) : outcome;
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
      const read = await connection.write((database) => trashedRecord(database, id));
      if (!read.ok) return read;
      // First the copy: a deletion that is cut off may leave a design in the trash, but none may come back after it.
      if (copies !== null && !(await copies.forget(id, read.value.revision))) {
        return fail(unavailable("the second copy of the design could not be deleted"));
      }
      const outcome = await write((database) =>
        database.transaction("rw", database.designs, database.snapshots, async () => {
          const stored = await trashedRecord(database, id);
          if (!stored.ok) return stored;
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
    ids: () =>
      connection.read(async (database) => succeed(new Set(await database.designs.toCollection().primaryKeys()))),
    async putBack(record) {
      const outcome = await write((database) =>
        database.transaction("rw", database.designs, database.snapshots, async () => {
          const stored = await database.designs.get(record.id);
          if (stored !== undefined && stored.recordVersion > recordVersion) return fail(newerRecord);
          if (stored !== undefined && stored.revision >= record.revision) return succeed(false);
          await database.designs.put(record);
          await database.snapshots.put(snapshotOf(record));
          return succeed(true);
        }),
      );
      if (outcome.ok && outcome.value) await afterWrite(record);
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

async function trashedRecord(database: PlimsollDatabase, id: string): Promise<Outcome<DesignRecord>> {
  const stored = await database.designs.get(id);
  if (stored === undefined) return fail(notFound(id));
  return stored.trashedAtMs === null ? fail(unavailable("only a design in the trash can be deleted")) : succeed(stored);
}

function conflict(storedRevision: number): StorageProblem {
  return { code: "conflict", message: "Another tab has stored a different version of this design.", storedRevision };
}
