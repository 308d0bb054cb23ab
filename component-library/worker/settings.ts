import type * as v from "valibot";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate } from "#library/contract/settings.ts";

export const settings = servingSettings({
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

export type WorkerSettings = v.InferOutput<typeof settings>;
