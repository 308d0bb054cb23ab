import { trustedWorkerAddress } from "../trusted-worker-address.ts";
import workerUrl from "./analysis.worker.ts?worker&url";

/** Answers live questions, or works out one study after the other. */
export function startAnalysisWorker(): Worker {
  return new Worker(trustedWorkerAddress(workerUrl), { type: "module", name: "analysis" });
}
