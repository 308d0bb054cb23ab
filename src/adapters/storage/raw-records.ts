import { copyFolder, copyIds, readCopy } from "./copy-files.ts";
import { databaseName } from "./database-name.ts";

/** A stored record as it lies in the database, whatever state it is in. */
export interface RawRecord {
  readonly store: string;
  /** Null where the record names none. */
  readonly id: string | null;
  readonly revision: number | null;
  readonly name: string;
  readonly savedAtMs: number | null;
  readonly text: string;
}

/**
 * Every record of the database, read with nothing but the browser: no library, no schema, no validator. Never creates or
 * changes anything. Rejects when the browser gives no access.
 */
export async function readRawRecords(factory: IDBFactory): Promise<readonly RawRecord[]> {
  const database = await openExisting(factory);
  if (database === null) return [];
  try {
    const records: RawRecord[] = [];
    for (const store of database.objectStoreNames) {
      const values = await settled<unknown[]>(database.transaction(store, "readonly").objectStore(store).getAll());
      for (const value of values) records.push(rawRecord(store, value));
    }
    return records;
  } finally {
    database.close();
  }
}

/**
 * The second copies of designs that are not among these records, or only with an earlier revision. Never rejects: where the
 * browser has no place for copies, there are none.
 */
export async function readLackingCopies(records: readonly RawRecord[]): Promise<readonly RawRecord[]> {
  const folder = await copyFolder(false).catch(() => null);
  if (folder === null) return [];
  const lacking: RawRecord[] = [];
  for (const id of await copyIds(folder).catch(() => [])) {
    const copy = await readCopy(folder, id);
    if (copy === null || copy.text === null) continue;
    const { revision, text } = copy;
    const isStored = records.some(
      (record) => record.store === "designs" && record.id === id && (record.revision ?? 0) >= revision,
    );
    if (!isStored) lacking.push(rawRecord("second copies", { ...copy, name: nameIn(text) ?? id }));
  }
  return lacking;
}

function nameIn(text: string): string | null {
  try {
    const file: unknown = JSON.parse(text);
    const isNamed = typeof file === "object" && file !== null && "name" in file && typeof file.name === "string";
    return isNamed ? String(file.name) : null;
  } catch {
    return null;
  }
}

function rawRecord(store: string, value: unknown): RawRecord {
  const fields = new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  const name = fields.get("name") ?? fields.get("designId");
  const id = fields.get("id") ?? fields.get("designId");
  const revision = fields.get("revision");
  const savedAtMs = fields.get("savedAtMs");
  const text = fields.get("text");
  return {
    store,
    id: typeof id === "string" ? id : null,
    revision: typeof revision === "number" ? revision : null,
    name: typeof name === "string" ? name : "Unnamed record",
    savedAtMs: typeof savedAtMs === "number" ? savedAtMs : null,
    text: typeof text === "string" ? text : (JSON.stringify(value, null, 2) ?? String(value)),
  };
}

/** Null when there is no database; opening one that is not there would create it, so that is taken back. */
function openExisting(factory: IDBFactory): Promise<IDBDatabase | null> {
  return new Promise((resolve, reject) => {
    const request = factory.open(databaseName);
    let isNew = false;
    request.onupgradeneeded = () => {
      isNew = true;
      request.transaction?.abort();
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => (isNew ? resolve(null) : reject(request.error ?? new Error("The database did not open")));
  });
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The records could not be read"));
  });
}
