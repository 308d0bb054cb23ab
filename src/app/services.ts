import { kindDirectory } from "#library/catalogue.ts";
import { createLayoutEngine } from "#src/adapters/layout/layout-engine.ts";
import { startLayoutWorker } from "#src/adapters/layout/start-layout-worker.ts";
import { openBrowserStorage } from "#src/adapters/storage/browser-storage.ts";
import { createWriterLock } from "#src/adapters/storage/writer-lock.ts";
import { createAnalysisEngine } from "#src/adapters/workers/analysis-engine.ts";
import { startAnalysisWorker } from "#src/adapters/workers/start-analysis-worker.ts";
import { createStudyEngine } from "#src/adapters/workers/study-engine.ts";
import { type Result, succeed } from "#src/base/result.ts";
import type { Design } from "#src/design/document.ts";
import { createSession } from "#src/session/create-session.ts";
import type { AnalysisEngine, StorageProblem } from "#src/session/ports.ts";
import type { Session } from "#src/session/session.ts";
import { createStorageHealth } from "#src/session/storage-health.ts";

const clock = { nowMs: () => Date.now() };

let openSession: Session | null = null;
/** Settles when the design that was open before is stored and its lock is free. */
let closing: Promise<void> = Promise.resolve();
/** Designs that could not be stored yet, by the id in their address. */
const unstored = new Map<string, Design>();
/** Sessions that were left while their last edits could not be stored: they go on trying, and opening them finds the edits. */
const parked = new Map<string, OpenDesign>();

export const health = createStorageHealth();

export const lock = createWriterLock(navigator.locks);

export const storage = openBrowserStorage({
  kinds: kindDirectory,
  clock,
  health,
  flush: async () => openSession?.flush(),
});

const studies = createStudyEngine(startAnalysisWorker);

const layout = createLayoutEngine(startLayoutWorker);

/** Stores a new design and gives its id; when the browser cannot store, the design is kept in memory and tried again. */
export async function addDesign(design: Design): Promise<string> {
  const created = await storage.create(design);
  if (created.ok) return created.value.id;
  const id = `unstored-${crypto.getRandomValues(new Uint32Array(1))[0] ?? 0}`;
  unstored.set(id, design);
  return id;
}

export interface OpenDesign {
  readonly session: Session;
  close(): void;
}

export async function openDesign(id: string): Promise<Result<OpenDesign, StorageProblem>> {
  await closing;
  const kept = parked.get(id);
  if (kept !== undefined) {
    parked.delete(id);
    openSession = kept.session;
    return succeed(kept);
  }
  const waiting = unstored.get(id);
  const loaded = waiting === undefined ? await storage.load(id) : null;
  if (loaded !== null && !loaded.ok) return loaded;
  const engine = createAnalysisEngine(startAnalysisWorker, clock);
  const stored = loaded?.value ?? null;
  const design = stored?.design ?? waiting;
  if (design === undefined) throw new Error("A design that was loaded is missing");
  const session = createSession({
    designId: id,
    design,
    revision: stored?.summary.revision ?? 0,
    savedAtMs: stored?.summary.savedAtMs ?? null,
    kinds: kindDirectory,
    storage,
    lock,
    engine,
    studies,
    layout,
    clock,
  });
  openSession = session;
  const opened: OpenDesign = {
    session,
    close() {
      if (openSession === session) openSession = null;
      closing = endSession(opened, engine);
    },
  };
  return succeed(opened);
}

async function endSession(opened: OpenDesign, engine: AnalysisEngine): Promise<void> {
  const { session } = opened;
  await session.flush();
  const { designId, saveState } = session.store.getState();
  if (saveState.state === "failed" || saveState.state === "unsaved") {
    parked.set(designId, opened);
    return;
  }
  await session.close();
  unstored.delete(designId);
  engine.dispose();
}

/** Stores the open design whenever the page may be about to go away. */
export function flushWhenHidden(): void {
  const leave = () => {
    openSession?.leave();
    for (const { session } of parked.values()) session.leave();
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
  });
  document.addEventListener("freeze", leave);
  window.addEventListener("pagehide", leave);
  window.addEventListener("beforeunload", (event) => {
    leave();
    const sessions = [openSession, ...[...parked.values()].map(({ session }) => session)];
    const isLost = sessions.some((session) => session?.store.getState().saveState.state === "failed");
    // Only when leaving would lose something: a prompt without need teaches people to ignore it.
    if (isLost) event.preventDefault();
  });
}
