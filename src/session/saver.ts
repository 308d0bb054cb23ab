import type { Design } from "#src/design/document.ts";
import type { Clock, DesignStorage, StorageProblem, WriterLock } from "./ports.ts";
import type { SaveState } from "./session.ts";

const debounceMs = 300;
const maxWaitMs = 2000;
const firstRetryMs = 1000;
const longestRetryMs = 30_000;

type Hold = NonNullable<Awaited<ReturnType<WriterLock["acquire"]>>>;

export interface SaverOptions {
  readonly designId: string;
  /** Revision of the record that was loaded. */
  readonly storedRevision: number;
  /** False for a design that no record holds yet. */
  readonly isStored: boolean;
  readonly storage: DesignStorage;
  readonly lock: WriterLock;
  readonly clock: Clock;
  /** The design to store and the session's revision of it. */
  readonly current: () => { readonly design: Design; readonly revision: number };
  readonly showState: (state: SaveState) => void;
  /** The design now lives in another record: its own could not be written without losing someone's work. */
  readonly moved: (designId: string, because: "conflict" | "vanished", name: string) => void;
  /** Somebody else may have written while this session was read-only: the design as it is stored now. */
  readonly reloaded: (design: Design) => void;
}

export interface Saver {
  /** A change was made: stores it after a pause. */
  changed(): void;
  /** Stores now; resolves when everything up to now is stored or could not be. */
  flush(): Promise<void>;
  /** Stores now, begun before the call returns. */
  leave(): void;
  isReadOnly(): boolean;
  /** Shows what the writing tab has stored meanwhile; nothing when this tab writes itself or has edits of its own. */
  refresh(): Promise<void>;
  takeOver(): Promise<void>;
  close(): Promise<void>;
}

const heldElsewhere = "This design is being edited in another tab. Take over to edit it here.";
const lostToOther = "Another tab took over editing this design. Take over to edit it here again.";

/**
 * Keeps the stored design equal to the one on screen. It says "saved" only when the transaction that holds exactly the
 * current revision has completed; on any failure the edits stay in memory and saving is tried again.
 */
export function createSaver(options: SaverOptions): Saver {
  const { storage, clock } = options;
  let designId = options.designId;
  let storedRevision = options.storedRevision;
  let savedRevision = options.isStored ? options.current().revision : Number.NaN;
  let hold: Hold | null = null;
  let readOnly: string | null = null;
  let dueAtMs: number | null = null;
  let firstChangeMs: number | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<void> | null = null;
  let leaving: Promise<void> | null = null;
  let leavingRevision = Number.NaN;
  /** The highest stored revision that a save was begun for. */
  let begunRevision = storedRevision;
  let retryMs = firstRetryMs;
  let closed = false;

  const isDirty = () => options.current().revision !== savedRevision;

  function schedule(delayMs: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      void saveUntilClean();
    }, delayMs);
  }

  function cancelTimer(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    dueAtMs = null;
    firstChangeMs = null;
  }

  function becomeReadOnly(message: string, canTakeOver = true): void {
    readOnly = message;
    cancelTimer();
    options.showState({ state: "read-only", message, canTakeOver });
  }

  function accept(newHold: Hold): void {
    hold = newHold;
    readOnly = null;
    void newHold.lost.then(() => {
      if (hold !== newHold || closed) return;
      hold = null;
      becomeReadOnly(lostToOther);
    });
  }

  async function moveTo(because: "conflict" | "vanished", design: Design): Promise<StorageProblem | null> {
    const name = because === "conflict" ? `${design.name} (conflicted copy)` : design.name;
    const created = await storage.create({ ...design, name });
    if (!created.ok) return created.problem;
    hold?.release();
    hold = null;
    designId = created.value.id;
    storedRevision = created.value.revision;
    begunRevision = storedRevision;
    const newHold = await options.lock.acquire(designId, false);
    if (newHold !== null) accept(newHold);
    options.moved(designId, because, name);
    return null;
  }

  async function saveOnce(): Promise<void> {
    const { design, revision } = options.current();
    options.showState({ state: "saving" });
    begunRevision = Math.max(begunRevision, storedRevision + 1);
    const saved = await storage.save(designId, design, storedRevision);
    let problem = saved.ok ? null : saved.problem;
    if (problem?.code === "conflict") problem = await moveTo("conflict", design);
    else if (problem?.code === "not-found") problem = await moveTo("vanished", design);
    if (saved.ok) storedRevision = Math.max(storedRevision, saved.value.revision);
    if (problem !== null) {
      refuse(problem);
      return;
    }
    retryMs = firstRetryMs;
    savedRevision = revision;
    options.showState(isDirty() ? { state: "unsaved" } : { state: "saved", atMs: clock.nowMs() });
  }

  function refuse(problem: StorageProblem): void {
    if (problem.code === "newer-version") {
      becomeReadOnly(problem.message, false);
      return;
    }
    options.showState({ state: "failed", message: problem.message });
    if (!closed) schedule(retryMs);
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  /** One save at a time; edits made meanwhile are stored by the next. Stops at the first failure. */
  function saveUntilClean(): Promise<void> {
    cancelTimer();
    running ??= (async () => {
      await ready;
      while (isDirty() && readOnly === null) {
        const before = savedRevision;
        if (leaving !== null) {
          await leaving;
          continue;
        }
        await saveOnce().catch((error: unknown) => {
          refuse({ code: "unavailable", message: error instanceof Error ? error.message : String(error) });
        });
        if (Object.is(savedRevision, before)) break;
      }
    })().finally(() => {
      running = null;
    });
    return running;
  }

  function leave(): void {
    const { design, revision } = options.current();
    if (!isDirty() || readOnly !== null || closed || revision === leavingRevision) return;
    if (hold === null || !options.isStored) {
      if (options.isStored) storage.noteLeaving(designId, design, Math.max(begunRevision, storedRevision) + 1);
      void saveUntilClean();
      return;
    }
    begunRevision = Math.max(begunRevision, storedRevision) + 1;
    leavingRevision = revision;
    const begun = storage
      .saveLeaving(designId, design, begunRevision)
      .then((saved) => {
        // A failure is met by the next ordinary save, if the page lives on.
        if (!saved.ok) return;
        storedRevision = Math.max(storedRevision, saved.value.revision);
        savedRevision = revision;
        options.showState(isDirty() ? { state: "unsaved" } : { state: "saved", atMs: clock.nowMs() });
      })
      .catch(() => {})
      .finally(() => {
        leavingRevision = Number.NaN;
        if (leaving === begun) leaving = null;
      });
    leaving = begun;
    if (running === null) schedule(debounceMs);
  }

  const ready: Promise<void> = options.lock
    .acquire(designId, false)
    .then((acquired) => {
      if (closed) acquired?.release();
      else if (acquired === null) becomeReadOnly(heldElsewhere);
      else accept(acquired);
    })
    // Without locks the comparison of revisions in each save still prevents a silent overwrite.
    .catch(() => {});

  if (!options.isStored) schedule(0);

  return {
    changed() {
      if (readOnly !== null || closed) return;
      const nowMs = clock.nowMs();
      if (running === null) options.showState({ state: "unsaved" });
      firstChangeMs ??= nowMs;
      const latestMs = firstChangeMs + maxWaitMs;
      dueAtMs = Math.min(nowMs + debounceMs, latestMs);
      // A clock that was set back must not postpone saving.
      schedule(Math.min(debounceMs, Math.max(0, dueAtMs - nowMs)));
    },
    async flush() {
      // Twice: a save that was already running may not hold the newest edits.
      await saveUntilClean();
      if (isDirty() && readOnly === null && !closed && timer === null) await saveUntilClean();
    },
    leave,
    isReadOnly: () => readOnly !== null,
    async refresh() {
      if (readOnly === null || isDirty() || closed) return;
      const loaded = await storage.load(designId);
      if (!loaded.ok || readOnly === null || isDirty() || closed) return;
      if (loaded.value.summary.revision === storedRevision) return;
      storedRevision = loaded.value.summary.revision;
      begunRevision = storedRevision;
      options.reloaded(loaded.value.design);
      savedRevision = options.current().revision;
    },
    async takeOver() {
      await ready;
      if (hold !== null) return;
      const acquired = await options.lock.acquire(designId, true);
      if (acquired === null) return;
      const loaded = await storage.load(designId);
      if (!loaded.ok) {
        acquired.release();
        // Taking over again would fail the same way; loading the page again is what can help.
        becomeReadOnly(loaded.problem.message, false);
        return;
      }
      const unsavedEdits = isDirty();
      accept(acquired);
      if (loaded.value.summary.revision === storedRevision) {
        options.showState(unsavedEdits ? { state: "unsaved" } : { state: "saved", atMs: clock.nowMs() });
        if (unsavedEdits) schedule(0);
      } else if (unsavedEdits) {
        // Both sides changed: the save below finds the conflict and keeps both.
        schedule(0);
      } else {
        storedRevision = loaded.value.summary.revision;
        begunRevision = storedRevision;
        options.reloaded(loaded.value.design);
        savedRevision = options.current().revision;
        options.showState({ state: "saved", atMs: loaded.value.summary.savedAtMs });
      }
    },
    async close() {
      await saveUntilClean();
      closed = true;
      cancelTimer();
      hold?.release();
      hold = null;
    },
  };
}
