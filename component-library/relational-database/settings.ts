import * as v from "valibot";
import { replicationMode, standbys } from "#library/contract/replication.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate, published } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 8,
    capacityPerSecond: 5600,
    latencyMs: 3,
    mtbfHours: 4380,
    mttrMinutes: 60,
    sources: {
      capacity: published(
        "Read-write transactions on 8 vCPU: 8 000 to 15 000 a second in a published pgbench table; 700 a vCPU are planned here. Simple reads reach 4 000 a vCPU.",
        "secondary",
      ),
      latency: estimate("3 ms for a read-write transaction, with 1 ms to make it durable on a solid-state disk."),
      failure: estimate("Two crashes a year (4 380 h); 60 minutes to bring a database back without a standby."),
    },
  }),
  v.object({ replication: replicationMode("asynchronous"), standbys }),
]);

export type RelationalDatabaseSettings = v.InferOutput<typeof settings>;
