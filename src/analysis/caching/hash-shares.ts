import { zipfPopularity } from "./zipf.ts";

/** Keys that are spread over shards by a hash. */
export interface HashedKeys {
  readonly keyCount: number;
  /** Exponent of Zipf's law. */
  readonly skew: number;
}

/**
 * Shares of the requests that fall on shards whose keys were placed by a hash; they add up to 1, and the first shard has the
 * most.
 *
 * The shard of the hottest key has p₁ + (1 − p₁)·s on average, s its share of the keys: no number of shards brings it below
 * p₁. Without a hot key the shares still differ, as the numbers of balls in bins do: each has the variance Σ p²·(1 − 1/n)/n
 * over the other keys, and the largest of n lies √(2 ln n) standard deviations above the mean (M. Raab, A. Steger, "Balls into
 * bins", RANDOM 1998, for keys that are alike: m/n + √(2·(m/n)·ln n)). The first shard gets the larger of the two: on average
 * within 3 % of the largest share when keys are thrown at random, at most 7 % where they are few for the shards.
 *
 * @param parts shares of the keys without regard to their popularity, as of a ring; null for equal ones
 */
export function hashedShares(shards: number, keys: HashedKeys, parts: readonly number[] | null): readonly number[] {
  const equal = 1 / shards;
  const base = Array.from({ length: shards }, (_, index) => parts?.[index] ?? equal).sort((a, b) => b - a);
  const popularity = zipfPopularity(keys.keyCount, keys.skew);
  const hottest = popularity[0]?.probability ?? 0;
  const [first = 1] = base;
  const hot = hottest + (1 - hottest) * first;
  const squares = popularity.reduce((sum, group) => sum + group.keys * group.probability ** 2, -(hottest ** 2));
  const chance = first + Math.sqrt(2 * Math.log(shards) * Math.max(0, squares) * equal * (1 - equal));
  const most = Math.min(1, Math.max(hot, chance));
  if (first >= 1) return base;
  // The others keep their proportions in what is left.
  return base.map((share, index) => (index === 0 ? most : (share * (1 - most)) / (1 - first)));
}
