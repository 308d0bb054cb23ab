import type { Result } from "#src/base/result.ts";
import { fail } from "#src/base/result.ts";
import type { StorageProblem } from "#src/session/ports.ts";
import { databaseVersion, PlimsollDatabase } from "./database.ts";
import { isConnectionError, newerDatabase, problemOf } from "./storage-problems.ts";

/** What the screen should say about storage as a whole. */
export type ConnectionStatus =
  | { readonly state: "open" }
  /** Another tab keeps an old version of the database open. */
  | { readonly state: "blocked" }
  /** The database belongs to a newer version of the application: read only. */
  | { readonly state: "newer-version" }
  | { readonly state: "unavailable"; readonly message: string };

export interface ConnectionOptions {
  readonly indexedDB?: IDBFactory;
  readonly keyRange?: typeof IDBKeyRange;
  readonly onStatus: (status: ConnectionStatus) => void;
  /** Awaited, up to a second, before the connection is given up to a newer version in another tab. */
  readonly beforeGivingUp: () => Promise<void>;
}

type Work<Value> = (database: PlimsollDatabase) => Promise<Result<Value, StorageProblem>>;

export interface Connection {
  read<Value>(work: Work<Value>): Promise<Result<Value, StorageProblem>>;
  /** Refused when the database belongs to a newer version. */
  write<Value>(work: Work<Value>): Promise<Result<Value, StorageProblem>>;
  /** The database when it is open for writing at this very moment; else null. */
  writable(): PlimsollDatabase | null;
  close(): void;
}

const openDeadlineMs = 10_000;
const reopenPausesMs = [50, 250, 1000] as const;
/** Dexie multiplies the versions it declares by ten. */
const dexieVersionFactor = 10;

export function openConnection(options: ConnectionOptions): Connection {
  let database: PlimsollDatabase | null = null;
  let opening: Promise<PlimsollDatabase> | null = null;
  let isGivenUp = false;
  let isNewer = false;
  const dropped = new WeakSet<PlimsollDatabase>();

  /** Closing calls back here through the close event, so each connection is dropped once. */
  function drop(lost: PlimsollDatabase): void {
    if (dropped.has(lost)) return;
    dropped.add(lost);
    if (database === lost) database = null;
    lost.close({ disableAutoOpen: true });
  }

  async function open(): Promise<PlimsollDatabase> {
    const fresh = new PlimsollDatabase(options.indexedDB, options.keyRange);
    fresh.on("versionchange", (event) => {
      const isUpgrade = event.newVersion !== null;
      if (isUpgrade) isGivenUp = true;
      const pause = new Promise<void>((resolve) => setTimeout(resolve, isUpgrade ? 1000 : 0));
      void Promise.race([isUpgrade ? flushQuietly() : pause, pause]).finally(() => {
        drop(fresh);
        if (isUpgrade) options.onStatus({ state: "newer-version" });
      });
      // Keeps Dexie from closing at once and from opening the newer database by itself later.
      return false;
    });
    fresh.on("blocked", () => options.onStatus({ state: "blocked" }));
    fresh.on("close", () => drop(fresh));
    try {
      await withDeadline(fresh.open());
    } catch (error) {
      drop(fresh);
      throw error;
    }
    database = fresh;
    isNewer = fresh.backendDB().version / dexieVersionFactor > databaseVersion;
    options.onStatus(isNewer ? { state: "newer-version" } : { state: "open" });
    return fresh;
  }

  async function flushQuietly(): Promise<void> {
    // What cannot be stored now stays on screen, read-only.
    await options.beforeGivingUp().catch(() => {});
  }

  function connected(): Promise<PlimsollDatabase> {
    if (database?.isOpen()) return Promise.resolve(database);
    opening ??= open().finally(() => {
      opening = null;
    });
    return opening;
  }

  async function run<Value>(work: Work<Value>, writes: boolean): Promise<Result<Value, StorageProblem>> {
    for (let attempt = 0; ; attempt += 1) {
      let current: PlimsollDatabase | null = null;
      try {
        if (isGivenUp && database === null) return fail(newerDatabase);
        current = await connected();
        if (writes && isNewer) return fail(newerDatabase);
        return await work(current);
      } catch (error) {
        const pauseMs = reopenPausesMs[attempt];
        if (pauseMs === undefined || !isConnectionError(error) || isGivenUp) {
          const problem = problemOf(error);
          if (current === null) options.onStatus({ state: "unavailable", message: problem.message });
          return fail(problem);
        }
        if (current !== null) drop(current);
        await new Promise<void>((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  }

  return {
    read: (work) => run(work, false),
    write: (work) => run(work, true),
    writable: () => (database?.isOpen() && !isNewer ? database : null),
    close() {
      if (database !== null) drop(database);
    },
  };
}

/** Some browsers never answer the first open after a crash. */
async function withDeadline(opened: PromiseLike<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it did not answer in ten seconds")), openDeadlineMs);
  });
  try {
    await Promise.race([opened, late]);
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}
