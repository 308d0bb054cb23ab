import type * as v from "valibot";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate, published } from "#library/contract/settings.ts";

export const settings = servingSettings({
  concurrency: 8,
  capacityPerSecond: 32_000,
  latencyMs: 0.5,
  mtbfHours: 4380,
  mttrMinutes: 60,
  sources: {
    capacity: published(
      "pgbench, read-only: more than 70 000 transactions/s on 8 cores. 4 000 simple reads a vCPU are planned here, on 8.",
      "secondary",
      "2015",
    ),
    latency: estimate("0.5 ms for a simple read from memory."),
    failure: estimate("Two crashes a year (4 380 h); 60 minutes to build a new copy."),
  },
});

export type ReadReplicaSettings = v.InferOutput<typeof settings>;
