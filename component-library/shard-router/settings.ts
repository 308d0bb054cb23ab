import * as v from "valibot";
import { routingPolicy } from "#library/contract/behaviour.ts";
import { hashedKeysSettings } from "#library/contract/hashed-keys.ts";
import { virtualNodes } from "#library/contract/ring.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { byDefinition, estimate, quantity } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 4,
    capacityPerSecond: 40_000,
    latencyMs: 0.3,
    mtbfHours: 4380,
    mttrMinutes: 5,
    sources: {
      capacity: estimate(
        "A proxy that reads the key and forwards: 10 000 requests/s a core, below the 15 000 of a bare TLS proxy.",
      ),
      latency: estimate("0.3 ms to find the shard and forward."),
      failure: estimate(
        "Two crashes a year and instance (4 380 h); 5 minutes until an orchestrator has started a new one.",
      ),
    },
  }),
  v.object({
    policy: routingPolicy("hash"),
    virtualNodes,
    scatterRatio: quantity({
      title: "Reads that ask all shards",
      unit: "ratio",
      default: 0,
      minimum: 0,
      maximum: 1,
      help: "Share of the reads that do not carry the key: they ask every target at once and wait for the slowest.",
      source: byDefinition,
      group: "Routing",
      advanced: true,
    }),
  }),
  hashedKeysSettings("the shards"),
]);

export type ShardRouterSettings = v.InferOutput<typeof settings>;
