import { Dexie, type EntityTable, type Table } from "dexie";

import { databaseName } from "./database-name.ts";
/** Raised with every change of the stores; an older page then closes its connection and asks to be reloaded. */
export const databaseVersion = 1;
/** Version of the stored records; a record of a later one is shown but never written. */
export const recordVersion = 1;

export interface DesignRecord {
  readonly id: string;
  readonly name: string;
  /** Counts saves; never a time. */
  readonly revision: number;
  readonly recordVersion: number;
  /** The design file, byte for byte as it would be downloaded. */
  readonly text: string;
  readonly checksum: string;
  readonly savedAtMs: number;
  readonly createdAtMs: number;
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly trashedAtMs: number | null;
}

export interface SnapshotRecord {
  readonly designId: string;
  readonly revision: number;
  readonly text: string;
  readonly length: number;
  readonly savedAtMs: number;
}

export class PlimsollDatabase extends Dexie {
  declare readonly designs: EntityTable<DesignRecord, "id">;
  declare readonly snapshots: Table<SnapshotRecord, [string, number]>;

  constructor(indexedDB?: IDBFactory, keyRange?: typeof IDBKeyRange) {
    // Strict: the browser answers only when the data is on the disk, at the price of about 5 ms a save.
    super(databaseName, {
      chromeTransactionDurability: "strict",
      ...(indexedDB === undefined ? {} : { indexedDB }),
      ...(keyRange === undefined ? {} : { IDBKeyRange: keyRange }),
    });
    this.version(databaseVersion).stores({
      designs: "id",
      snapshots: "[designId+revision], [designId+revision+savedAtMs+length]",
    });
  }
}
