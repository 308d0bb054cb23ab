import { oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "queue",
  title: "Queue",
  category: "messaging",
  role: "broker",
  summary: "Keeps messages until one consumer takes each of them.",
  keywords: ["rabbitmq", "sqs", "activemq", "message queue", "job queue", "service bus", "buffer"],
  version: 1,
  settings,
  serving: servingOf,
  visit,
  edges: () => ({ incomingMode: "asynchronous" }),
  messageLog: ({ maxMessages, retentionHours }) => ({
    partitionShares: null,
    rebalancePauseMs: 0,
    retentionMs: retentionHours === null ? null : retentionHours * 3_600_000,
    maxMessages,
  }),
  reliability: (stated) => oneOfInstances(stated, "SLA of a managed queue, 99.9 %, over hour-long outages."),
  caption: ({ instances }) => (instances === 1 ? "queue" : `queue, ${instances} nodes`),
  presets: [
    {
      title: "RabbitMQ classic queue",
      settings: { capacityPerSecond: 20_000, latencyMs: 2, mtbfHours: 4380, mttrMinutes: 5 },
    },
    {
      title: "RabbitMQ quorum queue",
      settings: { capacityPerSecond: 10_000, latencyMs: 5, mtbfHours: 4380, mttrMinutes: 5 },
    },
    { title: "Amazon SQS", settings: { concurrency: 1000, capacityPerSecond: 80_000, latencyMs: 12.5 } },
  ],
});
