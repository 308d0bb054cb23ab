import * as v from "valibot";

import { servingSettings } from "#library/contract/serving.ts";
import { estimate, published, quantity } from "#library/contract/settings.ts";

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
  }),
]);

export type StreamSettings = v.InferOutput<typeof settings>;
