import type { KindDirectory } from "#src/design/kind-directory.ts";
import type { Clock, DesignStorage } from "#src/session/ports.ts";
import type { StorageHealth } from "#src/session/storage-health.ts";
import { openConnection } from "./connection.ts";
import { clearCopy, copyFolder, copyIds, readCopy } from "./copy-files.ts";
import { createDesignStorage } from "./design-storage.ts";
import { type NoteStore, withLeavingNotes } from "./leaving-notes.ts";
import type { TextStore } from "./name-index.ts";
import { type CopyFiles, createSecondCopies } from "./second-copies.ts";
import { startCopyWorker } from "./start-copy-worker.ts";
import { withSecondCopies } from "./with-second-copies.ts";

export interface BrowserStorageOptions {
  readonly kinds: KindDirectory;
  readonly clock: Clock;
  readonly health: { getState(): StorageHealth; setState(change: Partial<StorageHealth>): void };
  /** Stores the open design; called before the database is given up to a newer version. */
  readonly flush: () => Promise<void>;
}

/** The storage of this browser, with its health told to the screen. */
export function openBrowserStorage({ kinds, clock, health, flush }: BrowserStorageOptions): DesignStorage {
  const connection = openConnection({
    onStatus: (status) =>
      health.setState({
        connection: status.state,
        message: status.state === "unavailable" ? status.message : null,
      }),
    beforeGivingUp: flush,
  });
  const texts = localTexts();
  const copies = createSecondCopies({ startWorker: startCopyWorker, files: privateFiles });
  const database = createDesignStorage({
    connection,
    copies,
    kinds,
    clock,
    generateId: () => newId(),
    names: texts,
    channel: typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("plimsoll-designs"),
    onVanished: (vanished) => health.setState({ vanished }),
    onFirstSave: () => void askToKeep().then((persistence) => health.setState({ persistence })),
  });
  const storage = withSecondCopies({
    database,
    copies,
    kinds,
    onRestored: (designs) => health.setState({ restored: [...health.getState().restored, ...designs] }),
  });
  return withLeavingNotes(storage, texts, kinds);
}

/** What the page itself does with the second copies: it reads them. Only the worker can write them without a gap. */
const privateFiles: CopyFiles = {
  async find(id) {
    const folder = await copyFolder(false);
    return folder === null ? null : readCopy(folder, id);
  },
  async ids() {
    const folder = await copyFolder(false);
    return folder === null ? [] : copyIds(folder);
  },
  async clear(id) {
    const folder = await copyFolder(false);
    if (folder !== null) await clearCopy(folder, id);
  },
};

/** Asks the browser not to throw the designs away. Some browsers decide by themselves, some ask the user. */
async function askToKeep(): Promise<StorageHealth["persistence"]> {
  try {
    const { storage } = navigator;
    if (await storage.persisted()) return "promised";
    return (await storage.persist()) ? "promised" : "not-promised";
  } catch {
    return "unknown";
  }
}

/** Random and unguessable; `randomUUID` is missing on plain http. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function localTexts(): (TextStore & NoteStore) | null {
  try {
    return window.localStorage;
  } catch {
    // Forbidden by the browser's settings.
    return null;
  }
}
