import type * as v from "valibot";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate, published } from "#library/contract/settings.ts";

export const settings = servingSettings({
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

export type QueueSettings = v.InferOutput<typeof settings>;
