import { quantiles } from "#src/analysis/latency/quantile.ts";
import { limitPerSecond, mostWithin } from "#src/analysis/limiting/limiter-loss.ts";
import type { Solution, StationResult } from "#src/analysis/model/solution.ts";
import type { CompiledDesign } from "./compile-design.ts";
import type { RateLimitReport } from "./report.ts";

/** The rate limit of a node, and the station in which it holds requests back, if it does. */
export interface LimitAt {
  readonly report: RateLimitReport;
  readonly shaper: StationResult | null;
}

export function limitAt(compiled: CompiledDesign, solution: Solution, node: number): LimitAt | null {
  const place = compiled.rateLimits.get(node);
  if (place === undefined) return null;
  if (place.type === "shaper") {
    const station = solution.stations[place.station];
    if (station === undefined) throw new Error(`No station ${place.station}`);
    const { policy, ratePerSecond, burst } = place.limit;
    const p99 = station.waitingLaw === null ? null : (quantiles(station.waitingLaw, [0.99])[0] ?? null);
    return {
      shaper: station,
      report: {
        policy,
        ratePerSecond,
        askedPerSecond: station.arrivalsPerSecond,
        rejectedPerSecond: station.rejectedPerSecond,
        utilization: station.arrivalsPerSecond / ratePerSecond,
        waitMs: { mean: station.meanWaitMs, p99 },
        // One at a time: no stretch passes more than its share, but for the one under way.
        mostAtOnce: { windowMs: (burst * 1000) / ratePerSecond, requests: burst + 1 },
        exactness: station.exactness,
      },
    };
  }
  const limiter = compiled.model.limiters[place.limiter];
  const result = solution.limiters[place.limiter];
  if (limiter === undefined || result === undefined) throw new Error(`No limiter ${place.limiter}`);
  const ratePerSecond = limitPerSecond(limiter);
  return {
    shaper: null,
    report: {
      policy: limiter.policy,
      ratePerSecond,
      askedPerSecond: result.askedPerSecond,
      rejectedPerSecond: result.rejectedPerSecond,
      utilization: result.askedPerSecond / ratePerSecond,
      waitMs: { mean: 0, p99: 0 },
      mostAtOnce: { windowMs: limiter.windowMs, requests: mostWithin(limiter) },
      exactness: result.exactness,
    },
  };
}
