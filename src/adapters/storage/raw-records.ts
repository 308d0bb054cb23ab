import { databaseName } from "./database-name.ts";

/** A stored record as it lies in the database, whatever state it is in. */
export interface RawRecord {
  readonly store: string;
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

function rawRecord(store: string, value: unknown): RawRecord {
  const fields = new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  const name = fields.get("name") ?? fields.get("designId");
  const savedAtMs = fields.get("savedAtMs");
  const text = fields.get("text");
  return {
    store,
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
