import { oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import { partitionShares } from "#src/analysis/messaging/partition-shares.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "stream",
  title: "Stream",
  category: "messaging",
  role: "broker",
  summary: "An ordered log in partitions that every consumer group reads for itself.",
  keywords: ["kafka", "kinesis", "event log", "event stream", "redpanda", "pulsar", "topic", "event hubs"],
  version: 1,
  settings,
  serving: servingOf,
  visit,
  edges: () => ({ incomingMode: "asynchronous" }),
  messageLog: ({ partitions, partitionSkew, rebalancePauseMs, retentionHours }) => ({
    partitionShares: partitionShares(partitions, partitionSkew),
    rebalancePauseMs,
    retentionMs: retentionHours === null ? null : retentionHours * 3_600_000,
    maxMessages: null,
  }),
  reliability: (stated) =>
    oneOfInstances(stated, "Estimate: two crashes a year and broker; copies on the others keep the log readable."),
  caption: ({ instances, partitions }) => `stream, ${instances} × ${partitions} partitions`,
  presets: [
    { title: "Kafka, 3 brokers, 1 kB messages", settings: { instances: 3, partitions: 12 } },
    { title: "Kafka, 3 brokers, 10 kB messages", settings: { instances: 3, capacityPerSecond: 10_000 } },
    {
      title: "Kinesis, one shard",
      settings: {
        partitions: 1,
        concurrency: 10,
        capacityPerSecond: 1000,
        latencyMs: 20,
        mtbfHours: 999,
        mttrMinutes: 60,
      },
    },
  ],
});
