import { type CopyAnswer, type CopyOutcome, type CopyRequest, readCopyAnswer } from "./copy-messages.ts";
import { type DesignCopy, isCopyId } from "./copy-slot.ts";
import type { DesignRecord } from "./database.ts";

/** The part of `Worker` that is used. */
export interface CopyWorker {
  postMessage(message: CopyRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/**
 * Every stored design once more, outside the database: browsers have been seen to throw a whole database away when they were
 * killed in the middle of a write (LevelDB appends behind a torn record, and at the next start takes it for damage).
 */
export interface SecondCopies {
  /** Resolves when the copy is on the disk, but waits a second at most: a copy that is behind is made up for later. Never rejects. */
  keep(record: DesignRecord): Promise<void>;
  /** Lets no copy up to this revision come back, ever. False when that could not be written down. */
  forget(id: string, revision: number): Promise<boolean>;
  /** The last whole copy of a design; null when there is none. */
  find(id: string): Promise<DesignCopy | null>;
  /** Of all designs that have, or had, a copy. */
  ids(): Promise<readonly string[]>;
}

interface SecondCopiesOptions {
  readonly startWorker: () => CopyWorker;
  readonly find: (id: string) => Promise<DesignCopy | null>;
  readonly ids: () => Promise<readonly string[]>;
}

const longestWaitMs = 1000;
/** After this the worker is taken to be stuck. */
const longestWriteMs = 10_000;
const firstRetryMs = 5000;
const longestRetryMs = 300_000;
const mostCrashes = 3;

export function createSecondCopies(options: SecondCopiesOptions): SecondCopies {
  const waiting = new Map<number, (outcome: CopyOutcome) => void>();
  /** The newest record of each design that was handed over and is not known to be written. */
  const wanted = new Map<string, DesignRecord>();
  let worker: CopyWorker | null = null;
  let isAbsent = false;
  let crashes = 0;
  let requests = 0;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let retryMs = firstRetryMs;

  function start(): CopyWorker {
    const started = options.startWorker();
    started.onmessage = (event) => {
      const answer: CopyAnswer | null = worker === started ? readCopyAnswer(event.data) : null;
      if (answer !== null) waiting.get(answer.number)?.(answer.outcome);
    };
    started.onerror = (event) => {
      event.preventDefault?.();
      if (worker === started) stop();
    };
    return started;
  }

  function stop(): void {
    crashes += 1;
    worker?.terminate();
    worker = null;
    for (const answer of [...waiting.values()]) answer("failed");
  }

  async function write(copy: DesignCopy): Promise<CopyOutcome> {
    if (isAbsent || !isCopyId(copy.id)) return "absent";
    if (crashes >= mostCrashes) return "failed";
    requests += 1;
    const number = requests;
    const outcome = await new Promise<CopyOutcome>((resolve) => {
      const deadline = setTimeout(stop, longestWriteMs);
      waiting.set(number, (answer) => {
        clearTimeout(deadline);
        waiting.delete(number);
        resolve(answer);
      });
      try {
        worker ??= start();
        worker.postMessage({ number, copy });
      } catch {
        stop();
      }
    });
    if (outcome === "absent") isAbsent = true;
    if (outcome === "written") crashes = 0;
    return outcome;
  }

  async function keepNow(record: DesignRecord): Promise<void> {
    wanted.set(record.id, record);
    const outcome = await write(copyOf(record));
    if (outcome === "failed") retryLater();
    else {
      if (wanted.get(record.id) === record) wanted.delete(record.id);
      retryMs = firstRetryMs;
    }
  }

  function retryLater(): void {
    if (retry !== null || crashes >= mostCrashes) return;
    retry = setTimeout(() => {
      retry = null;
      for (const record of [...wanted.values()]) void keepNow(record);
    }, retryMs);
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  return {
    keep: (record) => settledWithin(longestWaitMs, keepNow(record)),
    async forget(id, revision) {
      wanted.delete(id);
      const copy = { id, revision, createdAtMs: 0, savedAtMs: 0, trashedAtMs: null, text: null };
      return (await write(copy)) !== "failed";
    },
    find: (id) => options.find(id).catch(() => null),
    ids: () => options.ids().catch(() => []),
  };
}

/** Waits for the work, but not longer than this; the work goes on. */
export async function settledWithin(limitMs: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}

function copyOf({ id, revision, createdAtMs, savedAtMs, trashedAtMs, text }: DesignRecord): DesignCopy {
  return { id, revision, createdAtMs, savedAtMs, trashedAtMs, text };
}
