import * as v from "valibot";
import { replicationMode, standbys } from "#library/contract/replication.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { byDefinition, estimate, quantity } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 8,
    capacityPerSecond: 400,
    latencyMs: 20,
    mtbfHours: 4380,
    mttrMinutes: 60,
    sources: {
      capacity: estimate(
        "8 queries at a time of 20 ms each on 8 cores: 400 a second and node. Queries differ by orders of magnitude.",
      ),
      latency: estimate("20 ms for a query that fits in memory."),
      failure: estimate("Two crashes a year and node (4 380 h); 60 minutes to bring it back with its shards."),
    },
  }),
  v.object({
    replication: replicationMode("asynchronous"),
    standbys,
    shardsAsked: quantity({
      title: "Nodes that one query asks",
      unit: "count",
      default: 1,
      minimum: 1,
      maximum: 1000,
      integer: true,
      help: "Nodes that hold a part of what a query searches: so many different instances are asked at once, and the slowest decides. At most the number of instances. 1: every node can answer alone.",
      source: byDefinition,
      group: "Routing",
      advanced: true,
    }),
  }),
]);

export type SearchIndexSettings = v.InferOutput<typeof settings>;
