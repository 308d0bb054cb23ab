import * as v from "valibot";

import { servingSettings } from "#library/contract/serving.ts";
import { byDefinition, estimate, optionalQuantity, published, quantity } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 8,
    capacityPerSecond: 100_000,
    latencyMs: 2,
    mtbfHours: 4380,
    mttrMinutes: 5,
    sources: {
      capacity: published(
        "Kafka, 3 brokers: 605 MB/s at the peak. 100 MB/s a broker with three copies are planned, which is 100 000 messages/s of 1 kB.",
        "vendor",
      ),
      latency: published(
        "Kafka: 5 ms at the 99th percentile under a third of the peak; about 2 ms in the mean.",
        "vendor",
      ),
      failure: estimate("Two crashes a year and broker (4 380 h); 5 minutes until it is back."),
    },
  }),
  v.object({
    partitions: quantity({
      title: "Partitions",
      unit: "count",
      default: 12,
      minimum: 1,
      maximum: 1_000_000,
      integer: true,
      help: "Order holds within a partition, and at most this many consumers of one group work at a time.",
      source: estimate("12 divides evenly over 2, 3, 4 and 6 consumers."),
      group: "Routing",
    }),
    partitionSkew: quantity({
      title: "Skew of the partitions",
      unit: "factor",
      default: 0,
      minimum: 0,
      maximum: 10,
      help: "Exponent of Zipf's law over the partitions: 0 all get the same, 1 the second half as much as the first. Keys that are asked for unevenly make partitions uneven.",
      source: byDefinition,
      group: "Routing",
      advanced: true,
    }),
    rebalancePauseMs: quantity({
      title: "Pause of a rebalance",
      unit: "ms",
      default: 3000,
      minimum: 0,
      maximum: 1e9,
      help: "A consumer group takes no messages for this long when a consumer joins or leaves. For the backlog that this leaves.",
      source: published("Kafka waits 3 s for more members (group.initial.rebalance.delay.ms).", "vendor"),
      group: "Messages",
      advanced: true,
    }),
    retentionHours: optionalQuantity({
      title: "Retention",
      unit: "hours",
      minimum: 0.001,
      maximum: 1e6,
      help: "Messages older than this are deleted, read or not. None: kept. For the time after which a backlog begins to lose messages.",
      source: byDefinition,
      group: "Messages",
      advanced: true,
    }),
  }),
]);

export type StreamSettings = v.InferOutput<typeof settings>;
