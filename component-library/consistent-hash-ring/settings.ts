import * as v from "valibot";
import { routingPolicy } from "#library/contract/behaviour.ts";
import { hashedKeysSettings } from "#library/contract/hashed-keys.ts";
import { virtualNodes } from "#library/contract/ring.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 4,
    capacityPerSecond: 100_000,
    latencyMs: 0.05,
    mtbfHours: 4380,
    mttrMinutes: 5,
    sources: {
      capacity: estimate(
        "Finding a point on a ring takes microseconds; as a part of a client or a thin proxy, 25 000 requests/s a core.",
      ),
      latency: estimate("0.05 ms: a hash, a search among sorted points, and forwarding."),
      failure: estimate(
        "Two crashes a year and instance (4 380 h); 5 minutes until an orchestrator has started a new one.",
      ),
    },
  }),
  v.object({ policy: routingPolicy("hash"), virtualNodes }),
  hashedKeysSettings("the nodes"),
]);

export type ConsistentHashRingSettings = v.InferOutput<typeof settings>;
