import * as v from "valibot";
import { rateLimitSettings } from "#library/contract/rate-limit.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate } from "#library/contract/settings.ts";

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
  rateLimitSettings,
]);

export type ExternalApiSettings = v.InferOutput<typeof settings>;
