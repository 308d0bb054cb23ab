import * as v from "valibot";
import { servingSettings } from "#library/contract/serving.ts";
import { byDefinition, estimate, optionalQuantity, published } from "#library/contract/settings.ts";

const serving = servingSettings({
  concurrency: 1,
  capacityPerSecond: 20_000,
  latencyMs: 3,
  mtbfHours: 999,
  mttrMinutes: 60,
  sources: {
    capacity: estimate(
      "RabbitMQ, one classic queue: 20 000 messages/s; a quorum queue about half. Published figures depend on confirms and prefetch.",
    ),
    latency: estimate("2 to 5 ms until a message is confirmed."),
    failure: published(
      "Amazon MQ and SQS promise 99.9 % (list of 2019): 999 h between outages of one hour.",
      "vendor",
      "2019",
    ),
  },
});

const messages = v.object({
  maxMessages: optionalQuantity({
    title: "Most messages",
    unit: "count",
    minimum: 1,
    maximum: 1e15,
    integer: true,
    help: "Messages that the queue can keep. None: no limit. For the time after which a backlog fills it.",
    source: byDefinition,
    group: "Messages",
    advanced: true,
  }),
  retentionHours: optionalQuantity({
    title: "Retention",
    unit: "hours",
    minimum: 0.001,
    maximum: 1e6,
    help: "Messages older than this are deleted. None: kept. For the time after which a backlog begins to lose messages.",
    source: byDefinition,
    group: "Messages",
    advanced: true,
  }),
});

export const settings = v.intersect([serving, messages]);

export type QueueSettings = v.InferOutput<typeof settings>;
