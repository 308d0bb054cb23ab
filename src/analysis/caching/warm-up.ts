import { type DemandClass, sumOver, totalRate } from "./demand.ts";
import { risingRoot } from "./rising-root.ts";

/**
 * Hit ratio of a cache that was empty a time ago, as long as it has not been full: Σ p·(1 − e^(−λt)), the share of the
 * requests whose key has been asked for since (independent Poisson requests, exact).
 */
function hitRatioWhileFilling(demand: readonly DemandClass[], time: number): number {
  return sumOver(demand, ({ rate }) => rate * -Math.expm1(-rate * time)) / totalRate(demand);
}

/**
 * How long an empty cache takes until its hit ratio is this share of the steady one. It fills as above and then stays as it
 * is, which under LRU is its steady state: Σ (1 − e^(−λt)) = capacity at the characteristic time. With a time to live, or a
 * policy that still learns, the answer is the time until it is full at the latest.
 */
export function warmUpTime(
  demand: readonly DemandClass[],
  capacityKeys: number,
  steadyHitRatio: number,
  share: number,
): number {
  const total = totalRate(demand);
  if (steadyHitRatio <= 0 || total === 0) return 0;
  const asked = demand.reduce((keys, group) => keys + (group.rate > 0 ? group.keys : 0), 0);
  const full =
    capacityKeys >= asked
      ? Number.POSITIVE_INFINITY
      : risingRoot(
          (time) => sumOver(demand, ({ rate }) => -Math.expm1(-rate * time)),
          capacityKeys,
          capacityKeys / total,
        );
  const warm = risingRoot((time) => hitRatioWhileFilling(demand, time), share * steadyHitRatio, 1 / total);
  return Math.min(full, warm);
}
