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
  /** Of all designs that have a copy, or had one and were deleted for good. */
  ids(): Promise<readonly string[]>;
  /** Forgets that a design was deleted, once no page can still be writing it. */
  clear(id: string): void;
}

export interface CopyFiles {
  find(id: string): Promise<DesignCopy | null>;
  ids(): Promise<readonly string[]>;
  clear(id: string): Promise<void>;
}

interface SecondCopiesOptions {
  readonly startWorker: () => CopyWorker;
  readonly files: CopyFiles;
}

const longestWaitMs = 1000;
/** After this the browser's files are taken to be stuck, and are not asked again. */
const longestReadMs = 5000;
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
  let isStuck = false;
  let crashes = 0;
  let requests = 0;
  let retry: ReturnType<typeof setTimeout> | null = null;
  let retryMs = firstRetryMs;

  /** Null where the browser starts none. */
  function running(): CopyWorker | null {
    if (isAbsent || crashes >= mostCrashes) return null;
    try {
      worker ??= start();
    } catch {
      isAbsent = true;
    }
    return worker;
  }

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
    const current = running();
    if (isAbsent || !isCopyId(copy.id)) return "absent";
    if (current === null) return "failed";
    requests += 1;
    const number = requests;
    const outcome = await new Promise<CopyOutcome>((resolve) => {
      const deadline = setTimeout(stop, longestWriteMs);
      waiting.set(number, (answer) => {
        clearTimeout(deadline);
        waiting.delete(number);
        resolve(answer);
      });
      current.postMessage({ number, copy });
    });
    if (outcome === "absent") isAbsent = true;
    if (outcome === "written") crashes = 0;
    return outcome;
  }

  async function read<Value>(work: () => Promise<Value>, otherwise: Value): Promise<Value> {
    if (isStuck) return otherwise;
    // A page that reads will soon write: the first save shall not wait for the worker to start.
    running();
    const late = () => {
      isStuck = true;
      return otherwise;
    };
    return within(
      longestReadMs,
      work().catch(() => otherwise),
      late,
    );
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
    keep: (record) => within(longestWaitMs, keepNow(record), () => {}),
    async forget(id, revision) {
      wanted.delete(id);
      const copy = { id, revision, createdAtMs: 0, savedAtMs: 0, trashedAtMs: null, text: null };
      return (await write(copy)) !== "failed";
    },
    find: (id) => read(() => options.files.find(id), null),
    ids: () => read(() => options.files.ids(), []),
    clear: (id) => void options.files.clear(id).catch(() => {}),
  };
}

/** Waits for the work, but not longer than this; the work goes on. */
async function within<Value>(limitMs: number, work: Promise<Value>, late: () => Value): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const limit = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(late()), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    if (timer !== null) clearTimeout(timer);
  }
}

function copyOf({ id, revision, createdAtMs, savedAtMs, trashedAtMs, text }: DesignRecord): DesignCopy {
  return { id, revision, createdAtMs, savedAtMs, trashedAtMs, text };
}
