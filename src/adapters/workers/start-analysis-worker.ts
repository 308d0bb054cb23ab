import { trustedWorkerAddress } from "../trusted-worker-address.ts";
import workerUrl from "./analysis.worker.ts?worker&url";
import type { WorkerLike } from "./analysis-engine.ts";

export function startAnalysisWorker(): WorkerLike {
  return new Worker(trustedWorkerAddress(workerUrl), { type: "module", name: "analysis" });
}
