import { upperIncompleteGammaRatio } from "../latency/incomplete-gamma.ts";
import { poissonProbability } from "../queueing/erlang-b.ts";

/** Longer sums over the Poisson law cost more than they add in digits. */
const DIRECT_UP_TO = 1e4;

/**
 * Share of Poisson arrivals that a fixed window refuses: the first `limit` arrivals of each window pass, the rest wait for
 * no one. By the renewal of the count at each window's edge it is E[(A − N)⁺]/a with A Poisson of mean a (the loss function
 * of inventory theory: Hadley and Whitin 1963, appendix 3). Across an edge up to twice the limit passes within one window's
 * length.
 *
 * @param meanArrivals a = λW, the mean number of arrivals in a window, 0 or more
 * @param limit N, an integer of 1 or more
 * @returns a probability; exact for Poisson arrivals (absolute error about 1e-12 above a mean of 10 000)
 */
export function fixedWindowLoss(meanArrivals: number, limit: number): number {
  if (meanArrivals === 0) return 0;
  if (limit > meanArrivals && meanArrivals < DIRECT_UP_TO) {
    // Σ (k − N) p(k), all terms positive.
    let weight = poissonProbability(limit, meanArrivals);
    let sum = 0;
    for (let beyond = 1; ; beyond++) {
      weight *= meanArrivals / (limit + beyond);
      const next = sum + beyond * weight;
      if (next === sum) break;
      sum = next;
    }
    return Math.min(1, sum / meanArrivals);
  }
  // E[(A − N)⁺] = a·p(N) + (a − N)·P(A > N), and P(A ≤ N) = Q(N + 1, a).
  const above = 1 - upperIncompleteGammaRatio(limit + 1, meanArrivals);
  const refused = meanArrivals * poissonProbability(limit, meanArrivals) + (meanArrivals - limit) * above;
  return Math.min(1, Math.max(0, refused / meanArrivals));
}
