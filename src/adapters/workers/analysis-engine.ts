import type { AnalysisAnswer, AnalysisEngine, AnalysisRequest, Clock } from "#src/session/ports.ts";
import { type AnalysisMessage, readAnalysisAnswer } from "./protocol.ts";

/** The part of `Worker` that is used. */
export interface WorkerLike {
  postMessage(message: AnalysisMessage): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

/** A newer design does not wait longer than this for an older one. */
const patienceMs = 2000;
/** No single answer may take longer. */
const deadlineMs = 30_000;

/**
 * The engine in its worker, started on the first question. A crash is met by one new start with the same question; when that
 * crashes too the failure is told, and the next change of the design starts afresh.
 */
export function createAnalysisEngine(startWorker: () => WorkerLike, clock: Clock): AnalysisEngine {
  const listeners = new Set<(answer: AnalysisAnswer) => void>();
  let worker: WorkerLike | null = null;
  let latest: AnalysisRequest | null = null;
  let hasCrashed = false;
  let busySinceMs: number | null = null;
  let deadline: ReturnType<typeof setTimeout> | null = null;
  let isDisposed = false;

  function tell(answer: AnalysisAnswer): void {
    for (const listener of listeners) listener(answer);
  }

  function stop(): void {
    worker?.terminate();
    worker = null;
    rest();
  }

  function rest(): void {
    busySinceMs = null;
    if (deadline !== null) clearTimeout(deadline);
    deadline = null;
  }

  function start(): WorkerLike {
    const started = startWorker();
    started.onmessage = (event) => {
      const answer = worker === started ? readAnalysisAnswer(event.data) : null;
      if (answer === null) return;
      if (answer.type !== "curve" && answer.type !== "target-load") rest();
      if (answer.type === "report") hasCrashed = false;
      tell(answer);
    };
    started.onerror = (event) => {
      event.preventDefault?.();
      if (worker === started) crashed(event.message || "the worker stopped");
    };
    started.onmessageerror = () => {
      if (worker === started) crashed("an answer could not be read");
    };
    return started;
  }

  function crashed(reason: string): void {
    stop();
    if (latest === null || isDisposed) return;
    if (hasCrashed) {
      tell({ type: "failure", revision: latest.revision, message: `The analysis stopped: ${reason}` });
      return;
    }
    hasCrashed = true;
    post({ type: "analyse", ...latest });
  }

  function post(message: AnalysisMessage): void {
    worker ??= start();
    busySinceMs ??= clock.nowMs();
    if (deadline !== null) clearTimeout(deadline);
    deadline = setTimeout(() => {
      stop();
      const seconds = deadlineMs / 1000;
      const text = `The analysis was stopped after ${seconds} seconds. A smaller design, or the next change, starts it again.`;
      tell({ type: "failure", revision: message.revision, message: text });
    }, deadlineMs);
    worker.postMessage(message);
  }

  return {
    analyse(request) {
      if (isDisposed) return;
      latest = request;
      hasCrashed = false;
      if (busySinceMs !== null && clock.nowMs() - busySinceMs > patienceMs) stop();
      post({ type: "analyse", ...request });
    },
    changeLoad(revision, load) {
      if (isDisposed || latest === null || latest.revision !== revision) return;
      latest = { ...latest, load };
      // A worker that was stopped has forgotten the design.
      if (worker === null) post({ type: "analyse", ...latest });
      else post({ type: "change-load", revision, load });
    },
    onAnswer(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      isDisposed = true;
      stop();
      listeners.clear();
    },
  };
}
