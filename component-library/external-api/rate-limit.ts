import type { ServingSettings } from "#library/contract/kind.ts";
import { servingOf } from "#library/contract/serving.ts";
import type { ExternalApiSettings } from "./settings.ts";

/**
 * With a quota the provider's limiter is the station: constant service 1/R, one server, `burst` places in all. It rejects the
 * share of Poisson calls that a token bucket of rate R and that depth rejects (A. W. Berger, W. Whitt, 1992).
 */
export function limitedServing(settings: ExternalApiSettings): ServingSettings {
  const unlimited = servingOf(settings);
  const { rateLimitPerSecond, burst } = settings;
  if (rateLimitPerSecond === null) return unlimited;
  return {
    ...unlimited,
    instances: 1,
    concurrency: 1,
    capacityPerSecond: rateLimitPerSecond,
    latencyMs: Math.max(unlimited.latencyMs, 1000 / rateLimitPerSecond),
    variability: 0,
    dispatch: "shared-queue",
    queueLimit: burst - 1,
    holdsWorkerWhileWaiting: false,
  };
}
