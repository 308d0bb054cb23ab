import * as v from "valibot";
import { autoscalingSettings } from "#library/contract/autoscaling.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { byDefinition, estimate, quantity } from "#library/contract/settings.ts";

const serving = servingSettings({
  concurrency: 4,
  capacityPerSecond: 100,
  latencyMs: 40,
  mtbfHours: 4380,
  mttrMinutes: 5,
  sources: {
    capacity: estimate("Four jobs at a time of 40 ms each: 100 a second. Jobs differ too much for a published figure."),
    latency: estimate("40 ms of own work a job."),
    failure: estimate(
      "Two crashes a year and instance (4 380 h); 5 minutes until an orchestrator has started a new one.",
    ),
    holding: estimate(
      "Off, so that the stated capacity is true whatever the job calls. Turn it on for workers that wait for their calls.",
    ),
  },
});

const batches = v.object({
  batchSize: quantity({
    title: "Batch size",
    unit: "count",
    default: 1,
    minimum: 1,
    maximum: 1000,
    integer: true,
    help: "Most messages that a worker takes at once. A batch ends for all of its messages together.",
    source: byDefinition,
    group: "Batches",
    advanced: true,
  }),
  batchFixedMs: quantity({
    title: "Time of a batch itself",
    unit: "ms",
    default: 0,
    minimum: 0,
    maximum: 1e9,
    help: "Added once per batch to the service times of its messages: the round trip or the commit that they share.",
    source: byDefinition,
    group: "Batches",
    advanced: true,
  }),
  lingerMs: quantity({
    title: "Linger",
    unit: "ms",
    default: 0,
    minimum: 0,
    maximum: 1e9,
    help: "A free worker waits this long from the oldest message on for the batch to fill.",
    source: byDefinition,
    group: "Batches",
    advanced: true,
  }),
});

export const settings = v.pipe(
  v.intersect([serving, batches, autoscalingSettings]),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.value.batchSize === 1) return;
    const { batchSize, holdsWorkerWhileWaiting, queueLimit, discipline, patienceMs } = dataset.value;
    const { contention, coherency } = dataset.value;
    const other = holdsWorkerWhileWaiting
      ? "workers that are kept while they wait"
      : queueLimit !== null
        ? "a limit of waiting places"
        : discipline !== "first-come"
          ? "processor sharing"
          : patienceMs !== null
            ? "messages that give up"
            : contention > 0 || coherency > 0
              ? "servers that slow each other down"
              : null;
    if (other === null) return;
    addIssue({
      message: `Batches of ${batchSize} cannot be computed together with ${other}.`,
      expected:
        "a batchSize of 1, or none of holdsWorkerWhileWaiting, queueLimit, discipline, patienceMs, contention and coherency",
      path: [{ type: "object", origin: "value", input: dataset.value, key: "batchSize", value: batchSize }],
    });
  }),
);

export type WorkerSettings = v.InferOutput<typeof settings>;
