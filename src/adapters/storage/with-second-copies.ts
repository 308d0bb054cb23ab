import type { Result } from "#src/base/result.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import type { KindDirectory } from "#src/design/kind-directory.ts";
import type { DesignStorage } from "#src/session/ports.ts";
import { recordOf } from "./design-records.ts";
import type { DesignDatabase } from "./design-storage.ts";
import type { SecondCopies } from "./second-copies.ts";

export interface RestoredDesign {
  readonly id: string;
  readonly name: string;
}

interface SecondCopiesUse {
  readonly database: DesignDatabase;
  readonly copies: SecondCopies | null;
  readonly kinds: KindDirectory;
  /** Designs that were taken up from their second copies. */
  readonly onRestored: (designs: readonly RestoredDesign[]) => void;
}

/**
 * Takes up from their second copies the designs that the database lost: all that are missing before the list is first read,
 * or as soon as one is missed; one that is older than its copy when it is loaded. The other way round, a copy that is missing
 * or behind is made anew. The database is always read first: a deletion is written to the copy before it reaches the database.
 */
export function withSecondCopies({ database, copies, kinds, onRestored }: SecondCopiesUse): DesignStorage {
  if (copies === null) return database;
  const known = copies;
  let comparison: Promise<void> | null = null;

  async function putBack(id: string): Promise<RestoredDesign | null> {
    const copy = await known.find(id);
    if (copy === null) return null;
    if (copy.text === null) {
      known.clear(id);
      return null;
    }
    const design = readDesignFile(copy.text, kinds);
    if (!design.ok) return null;
    const { revision, savedAtMs, createdAtMs, trashedAtMs } = copy;
    const record = recordOf(id, design.value, revision, savedAtMs, createdAtMs, trashedAtMs);
    const outcome = await database.putBack(record);
    return outcome.ok && outcome.value ? { id, name: design.value.name } : null;
  }

  /** Everything that has a copy and no record; gives the ids that have a record and no copy. */
  async function putBackMissing(): Promise<readonly string[]> {
    const stored = await database.ids();
    if (!stored.ok) return [];
    const copied = await known.ids();
    const restored: RestoredDesign[] = [];
    for (const id of copied) {
      const design = stored.value.has(id) ? null : await putBack(id);
      if (design !== null) restored.push(design);
    }
    if (restored.length > 0) onRestored(restored);
    return [...stored.value].filter((id) => !copied.includes(id));
  }

  async function copyAll(ids: readonly string[]): Promise<void> {
    for (const id of ids) await bringUpToDate(id, await database.load(id));
  }

  async function bringUpToDate(id: string, loaded: Awaited<ReturnType<DesignStorage["load"]>>): Promise<void> {
    if (!loaded.ok) return;
    const { design, summary } = loaded.value;
    const { revision, savedAtMs, createdAtMs, trashedAtMs } = summary;
    await known.keep(recordOf(id, design, revision, savedAtMs, createdAtMs, trashedAtMs));
  }

  /** Once in the life of a page. */
  function compared(): Promise<void> {
    comparison ??= putBackMissing().then((uncopied) => void copyAll(uncopied));
    return comparison;
  }

  async function load(id: string): ReturnType<DesignStorage["load"]> {
    const loaded = await database.load(id);
    if (!loaded.ok) {
      if (loaded.problem.code !== "not-found") return loaded;
      await putBackMissing();
      return database.load(id);
    }
    const copy = await known.find(id);
    const { revision } = loaded.value.summary;
    if (copy !== null && copy.text !== null && copy.revision > revision) {
      const design = await putBack(id);
      if (design !== null) onRestored([design]);
      return database.load(id);
    }
    if (copy === null || copy.revision < revision) void bringUpToDate(id, loaded);
    return loaded;
  }

  /** What a save of a design that the database lost goes on from; null when it was deleted, or never had a copy. */
  async function revisionPutBack(id: string): Promise<number | null> {
    await putBackMissing();
    const loaded: Result<{ readonly summary: { readonly revision: number } }, unknown> = await database.load(id);
    return loaded.ok ? loaded.value.summary.revision : null;
  }

  return {
    ...database,
    load,
    async list() {
      await compared();
      return database.list();
    },
    watch(listener) {
      let stop = () => {};
      let isStopped = false;
      void compared().then(() => {
        if (!isStopped) stop = database.watch(listener);
      });
      return () => {
        isStopped = true;
        stop();
      };
    },
    async save(id, design, expectedRevision) {
      const saved = await database.save(id, design, expectedRevision);
      if (saved.ok || saved.problem.code !== "not-found") return saved;
      const revision = await revisionPutBack(id);
      // A copy that is behind was left by this very page: it has all that the copy has.
      return revision === null ? saved : database.save(id, design, Math.min(revision, expectedRevision));
    },
  };
}
