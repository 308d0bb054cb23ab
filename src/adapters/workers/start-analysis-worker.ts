import type { WorkerLike } from "./analysis-engine.ts";

export function startAnalysisWorker(): WorkerLike {
  return new Worker(new URL("./analysis.worker.ts", import.meta.url), { type: "module", name: "analysis" });
}
