import { erlangB } from "./erlang-b.ts";
import { scaledGeometricSum, truncatedGeometricMean, truncatedGeometricVariance } from "./truncated-geometric.ts";

/** What M/M/c with a limited number of waiting places tells. Times are in units of the mean service time. */
export interface FiniteQueue {
  /** Share of the arrivals that finds all waiting places taken. */
  readonly rejectedFraction: number;
  /** Probability that an accepted arrival waits. */
  readonly waitProbability: number;
  /** Mean wait of those who wait; also given when there are none. */
  readonly conditionalMeanWait: number;
  /** Squared coefficient of variation of the wait of those who wait. */
  readonly conditionalScv: number;
}

/**
 * M/M/c with `places` waiting places (M/M/c/K with K = c + places), by its birth–death equations (Kleinrock 1975,
 * section 3.6). Exact at any load, below, at and above saturation; O(√c) whatever the number of places.
 *
 * An accepted arrival that finds all servers taken and n < places waiting leaves the line after n + 1 departures, so the
 * wait of those who wait is a mixture of Erlang laws with truncated geometric weights.
 *
 * @param servers c, an integer from 1
 * @param offeredLoad in Erlang, above 0
 * @param places 0 or more; values between integers interpolate
 */
export function solveMMcK(servers: number, offeredLoad: number, places: number): FiniteQueue {
  const logRatio = Math.log1p((offeredLoad - servers) / servers);
  const blocking = erlangB(servers, offeredLoad);
  // State probabilities relative to that of "all servers taken, nobody waiting", divided by max(1, ρ^places).
  const scale = Math.exp(-Math.max(0, logRatio) * places);
  const full = Math.exp(Math.min(0, logRatio) * places);
  const freeServer = scale * (1 / blocking - 1);
  const waiting = scaledGeometricSum(logRatio, places);
  const accepted = freeServer + waiting;
  if (places === 0)
    return { rejectedFraction: blocking, waitProbability: 0, conditionalMeanWait: 0, conditionalScv: 1 };
  const stages = truncatedGeometricMean(logRatio, places) + 1;
  const variance = stages + truncatedGeometricVariance(logRatio, places);
  return {
    rejectedFraction: blocking === 0 ? 0 : full / (accepted + full),
    waitProbability: blocking === 0 ? 0 : waiting / accepted,
    conditionalMeanWait: stages / servers,
    conditionalScv: variance / (stages * stages),
  };
}
