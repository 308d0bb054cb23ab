import { constantLaw } from "../latency/constant-law.ts";
import { sequence } from "../latency/sequence.ts";
import { tail } from "../latency/tail.ts";
import type { LatencyLaw } from "../model/latency-law.ts";

/**
 * How far an asynchronous copy is behind: half the network round trip, then the waiting and the service of the applied write, taken as
 * independent. Over several hops the lags add up.
 *
 * @param applyLaw time of an applied write at the copy; null while it falls behind without end
 * @returns null where the copy falls behind without end
 */
export function lagLaw(networkMs: number, applyLaw: LatencyLaw | null, before: LatencyLaw | null): LatencyLaw | null {
  if (applyLaw === null) return null;
  const hop = networkMs > 0 ? [constantLaw(networkMs / 2), applyLaw] : [applyLaw];
  return sequence(before === null ? hop : [before, ...hop]);
}

/**
 * Probability that a read t after a write misses it at the copy, P(lag > t). It is also the probability that a user who reads t after an
 * own write does not find it there. 1 while the copy falls behind without end.
 */
export function staleProbability(lag: LatencyLaw | null, afterMs: number): number {
  return lag === null ? 1 : Math.min(1, Math.max(0, tail(lag, afterMs)));
}
