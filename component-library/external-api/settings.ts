import * as v from "valibot";

import { servingSettings } from "#library/contract/serving.ts";
import { byDefinition, estimate, optionalQuantity, quantity } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 1500,
    capacityPerSecond: 10_000,
    latencyMs: 150,
    mtbfHours: 999,
    mttrMinutes: 60,
    sources: {
      capacity: estimate(
        "What the other side can carry is unknown; 10 000 requests/s is meant to be out of the way. Its quota is the rate limit.",
      ),
      latency: estimate("150 ms for a call over the internet to a service that calls others."),
      failure: estimate(
        "99.9 %, a common promise: 999 h between outages of one hour. Use the promise of your provider.",
      ),
    },
  }),
  v.object({
    rateLimitPerSecond: optionalQuantity({
      title: "Rate limit",
      unit: "per second",
      minimum: 1e-6,
      maximum: 1e12,
      help: "Quota of the provider. Calls beyond it, once the burst is used up, are rejected. None: only the capacity limits.",
      source: byDefinition,
      group: "Limits",
    }),
    burst: quantity({
      title: "Burst",
      unit: "count",
      default: 10,
      minimum: 1,
      maximum: 1e9,
      integer: true,
      help: "Calls that the rate limit lets through at once. Only with a rate limit.",
      source: estimate("Ten calls; providers differ and seldom say."),
      group: "Limits",
    }),
  }),
]);

export type ExternalApiSettings = v.InferOutput<typeof settings>;
