import { oneOfInstances } from "#library/contract/behaviour.ts";
import { defineKind } from "#library/contract/define-kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import { visit } from "./behaviour.ts";
import { settings } from "./settings.ts";

export default defineKind({
  id: "pub-sub",
  title: "Publish and subscribe",
  category: "messaging",
  role: "broker",
  summary: "Passes every message to all subscribers.",
  keywords: [
    "pubsub",
    "topic",
    "sns",
    "fan-out",
    "event bus",
    "eventbridge",
    "notification",
    "broadcast",
    "redis pub/sub",
  ],
  version: 1,
  settings,
  serving: servingOf,
  visit,
  edges: () => ({ incomingMode: "asynchronous" }),
  reliability: (stated) =>
    oneOfInstances(stated, "Estimate: 99.95 % over hour-long outages, as managed topics promise."),
  caption: ({ instances }) => (instances === 1 ? "topic" : `topic, ${instances} nodes`),
  presets: [
    {
      title: "Amazon SNS",
      settings: { concurrency: 600, capacityPerSecond: 30_000, latencyMs: 20, mtbfHours: 999, mttrMinutes: 60 },
    },
    { title: "Google Pub/Sub", settings: { concurrency: 1000, capacityPerSecond: 100_000, latencyMs: 20 } },
    {
      title: "Redis publish and subscribe",
      settings: { concurrency: 1, capacityPerSecond: 50_000, latencyMs: 0.3, mtbfHours: 4380, mttrMinutes: 5 },
    },
  ],
});
