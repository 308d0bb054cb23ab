import { autoscalingOf } from "#library/contract/autoscaling.ts";
import { oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import type { Batching } from "#src/analysis/model/program.ts";
import { visit } from "./behaviour.ts";
import { settings, type WorkerSettings } from "./settings.ts";

export default defineKind({
  id: "worker",
  title: "Worker",
  category: "compute",
  role: "server",
  summary: "Takes messages or jobs and works them off in the background.",
  keywords: [
    "consumer",
    "background job",
    "batch",
    "processor",
    "celery",
    "sidekiq",
    "job",
    "task",
    "lambda",
    "function",
  ],
  version: 1,
  settings,
  serving: (stated) => ({ ...servingOf(stated), ...autoscalingOf(stated), ...batchOf(stated) }),
  visit,

  reliability: (stated) =>
    oneOfInstances(stated, "Estimate: two crashes a year and instance, restarted by an orchestrator."),
  caption: ({ instances, maxInstances, concurrency }) =>
    `worker, ${maxInstances === null ? instances : `up to ${maxInstances}`} × ${concurrency}`,
  presets: [
    {
      title: "Celery, 8 processes",
      settings: { concurrency: 8, capacityPerSecond: 160, latencyMs: 50, holdsWorkerWhileWaiting: true },
    },
    {
      title: "AWS Lambda, 100 at a time",
      settings: {
        concurrency: 100,
        capacityPerSecond: 1000,
        latencyMs: 100,
        holdsWorkerWhileWaiting: true,
        mtbfHours: 1999,
        mttrMinutes: 60,
      },
    },
    { title: "Image or video encoder", settings: { concurrency: 1, capacityPerSecond: 0.2, latencyMs: 5000 } },
  ],
});

function batchOf({ batchSize, batchFixedMs, lingerMs }: WorkerSettings): { readonly batch?: Batching } {
  return batchSize === 1 && batchFixedMs === 0 ? {} : { batch: { size: batchSize, fixedMs: batchFixedMs, lingerMs } };
}
