import { fail, type Result, succeed } from "#src/base/result.ts";
import type { Design } from "#src/design/document.ts";
import { printDesignFile } from "#src/design/file/print-design-file.ts";
import type { DesignSummary, StorageProblem } from "#src/session/ports.ts";
import { checksum } from "./checksum.ts";
import { type DesignRecord, type PlimsollDatabase, recordVersion, type SnapshotRecord } from "./database.ts";
import { isConnectionError, unavailable } from "./storage-problems.ts";

/**
 * Hands both records to the browser before it returns, and asks for the commit at once: nothing is left for the page to do.
 * The snapshot is added, not put: when another tab has used this revision the whole transaction fails.
 */
export function writeAtOnce(database: IDBDatabase, record: DesignRecord, snapshot: SnapshotRecord): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(["designs", "snapshots"], "readwrite", { durability: "relaxed" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("the last save was given up"));
    transaction.objectStore("snapshots").add(snapshot);
    transaction.objectStore("designs").put(record);
    transaction.commit();
  });
}

export function describe(design: Design): Pick<DesignRecord, "name" | "nodeCount" | "edgeCount"> {
  return { name: design.name, nodeCount: design.nodes.size, edgeCount: design.edges.size };
}

export function recordOf(
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
export function summaryOf(record: Readonly<Record<keyof DesignRecord, unknown>>): DesignSummary {
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
export async function readableRecords(database: PlimsollDatabase): Promise<readonly DesignRecord[]> {
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

export function snapshotOf(record: DesignRecord): SnapshotRecord {
  const { id, revision, text, savedAtMs } = record;
  return { designId: id, revision, text, length: text.length, savedAtMs };
}

/** Compares what storage gives back with what was written; a newer save by another tab is no fault. */
export async function readBack(
  database: PlimsollDatabase,
  written: DesignRecord,
): Promise<Result<DesignRecord, StorageProblem>> {
  const stored = await database.designs.get(written.id);
  if (stored === undefined) return fail(unavailable("the design was not there when it was read back"));
  if (stored.revision === written.revision && checksum(stored.text) !== written.checksum) {
    return fail(unavailable("the design came back changed when it was read back"));
  }
  return succeed(written);
}
