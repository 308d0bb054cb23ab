import type { StudyAnswer, StudyEngine } from "#src/session/ports.ts";
import { readStudyAnswer, type StudyMessage } from "./study-protocol.ts";

/** The part of `Worker` that is used. */
export interface StudyWorker {
  postMessage(message: StudyMessage): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

/**
 * A worker for each study that runs: stopping a study ends its worker, whatever it is at. One that is done is kept for the
 * next study.
 */
export function createStudyEngine(startWorker: () => StudyWorker): StudyEngine {
  const busy = new Set<StudyWorker>();
  let idle: StudyWorker | null = null;

  function end(worker: StudyWorker): void {
    busy.delete(worker);
    worker.terminate();
  }

  return {
    ask({ design, question }, listener) {
      const worker = idle ?? startWorker();
      idle = null;
      busy.add(worker);
      const last = (answer: StudyAnswer): void => {
        worker.onmessage = null;
        listener(answer);
      };
      const crashed = (reason: string): void => {
        end(worker);
        last({ type: "failure", message: `The computation stopped: ${reason}` });
      };
      worker.onmessage = (event) => {
        const answer = readStudyAnswer(event.data);
        if (answer === null) return;
        if (answer.type === "progress") {
          listener(answer);
          return;
        }
        busy.delete(worker);
        if (idle === null) idle = worker;
        else worker.terminate();
        last(answer);
      };
      worker.onerror = (event) => {
        event.preventDefault?.();
        crashed(event.message || "the worker stopped");
      };
      worker.onmessageerror = () => crashed("an answer could not be read");
      worker.postMessage({ type: "study", design, question });
      return () => {
        if (!busy.has(worker) || worker.onmessage === null) return;
        worker.onmessage = null;
        end(worker);
      };
    },
    dispose() {
      for (const worker of busy) worker.terminate();
      busy.clear();
      idle?.terminate();
      idle = null;
    },
  };
}
