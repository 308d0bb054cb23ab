import * as v from "valibot";
import { rateLimitSettings } from "#library/contract/rate-limit.ts";
import { servingSettings } from "#library/contract/serving.ts";
import { estimate, published } from "#library/contract/settings.ts";

export const settings = v.intersect([
  servingSettings({
    concurrency: 20,
    capacityPerSecond: 10_000,
    latencyMs: 2,
    mtbfHours: 1999,
    mttrMinutes: 60,
    sources: {
      capacity: estimate(
        "10 000 requests/s on a few cores, below the 15 000 a core of a bare TLS proxy: authentication and rules cost time.",
      ),
      latency: estimate("2 ms to check and to pass on."),
      failure: published(
        "Amazon API Gateway promises 99.95 % (list of 2019): 1 999 h between outages of one hour.",
        "vendor",
        "2019",
      ),
    },
  }),
  rateLimitSettings,
]);

export type ApiGatewaySettings = v.InferOutput<typeof settings>;
