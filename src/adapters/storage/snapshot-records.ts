import type { PlimsollDatabase } from "./database.ts";
import { type SnapshotLimits, snapshotsToForget } from "./snapshot-policy.ts";

type Mark = readonly [designId: string, revision: number, savedAtMs: number, length: number];

/** Oldest first, from the index alone: no text is read. */
export async function snapshotMarks(database: PlimsollDatabase, id: string) {
  const keys = await database.snapshots
    .where("[designId+revision+savedAtMs+length]")
    .between([id, -Infinity], [id, Infinity, Infinity, Infinity])
    .keys();
  // The index holds exactly these four parts.
  const marks = keys as unknown as readonly Mark[];
  return marks.map(([, revision, savedAtMs, length]) => ({ revision, savedAtMs, length }));
}

export async function forgetSnapshots(database: PlimsollDatabase, id: string, limits: SnapshotLimits): Promise<void> {
  await database.transaction("rw", database.snapshots, async () => {
    const forgotten = snapshotsToForget(await snapshotMarks(database, id), limits);
    await database.snapshots.bulkDelete(forgotten.map((revision): [string, number] => [id, revision]));
  });
}
