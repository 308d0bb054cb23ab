import type * as v from "valibot";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate } from "#library/contract/settings.ts";

export const settings = servingSettings({
  concurrency: 8,
  capacityPerSecond: 20_000,
  latencyMs: 5,
  mtbfHours: 1999,
  mttrMinutes: 60,
  sources: {
    capacity: estimate("20 000 published messages/s on one node, as for a queue; managed services take more."),
    latency: estimate("5 ms until a message is acknowledged."),
    failure: estimate(
      "Google Pub/Sub is said to promise 99.95 %: 1 999 h between outages of one hour. Check the current terms.",
    ),
  },
});

export type PubSubSettings = v.InferOutput<typeof settings>;
