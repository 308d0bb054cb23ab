import { describe, expect, it } from "vitest";
import { seededRandom } from "#src/base/random.ts";
import { hashedShares } from "./hash-shares.ts";
import { zipfPopularity } from "./zipf.ts";

const sumOf = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0);

/** The largest share on average when keys are thrown at shards at random. */
function largestShare(shards: number, keyCount: number, skew: number, throws: number): number {
  const { below } = seededRandom(11);
  const weights = Array.from({ length: keyCount }, (_, rank) => (rank + 1) ** -skew);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  for (let round = 0; round < throws; round++) {
    const shares = new Float64Array(shards);
    for (const weight of weights) {
      const shard = below(shards);
      shares[shard] = (shares[shard] ?? 0) + weight / total;
    }
    sum += Math.max(...shares);
  }
  return sum / throws;
}

describe("shares of shards whose keys were placed by a hash", () => {
  it("the shard of the hottest key has p₁ + (1 − p₁)/n, the others share the rest", () => {
    const [hottest = 0] = zipfPopularity(10_000, 1).map(({ probability }) => probability);
    const shares = hashedShares(8, { keyCount: 10_000, skew: 1 }, null);
    expect(shares[0]).toBeCloseTo(hottest + (1 - hottest) / 8, 12);
    expect(sumOf(shares)).toBeCloseTo(1, 12);
    expect(new Set(shares.slice(1).map((share) => share.toFixed(12))).size).toBe(1);
  });

  it("keys that are alike: the fullest of n bins with m balls, m/n + √(2·(m/n)·ln n), to first order in 1/n", () => {
    const [keys, shards] = [100_000, 20];
    const [most = 0] = hashedShares(shards, { keyCount: keys, skew: 0 }, null);
    const inBins = keys / shards + Math.sqrt(2 * (keys / shards) * Math.log(shards) * (1 - 1 / shards));
    expect(Math.abs((most * keys) / inBins - 1)).toBeLessThan(1e-6);
  });

  it("on a ring the hottest key comes on top of its owner's part", () => {
    const parts = [0.2, 0.5, 0.3];
    const [hottest = 0] = zipfPopularity(1000, 1.2).map(({ probability }) => probability);
    const shares = hashedShares(3, { keyCount: 1000, skew: 1.2 }, parts);
    expect(shares[0]).toBeCloseTo(hottest + (1 - hottest) * 0.5, 12);
    expect((shares[1] ?? 0) / (shares[2] ?? 1)).toBeCloseTo(0.3 / 0.2, 12);
    expect(sumOf(shares)).toBeCloseTo(1, 12);
  });

  const thrown = [3, 8, 16, 64].flatMap((shards) => [0, 0.5, 0.8, 1, 1.2].map((skew) => [shards, skew] as const));

  it.each(thrown)(
    "of %d shards with 1000 keys of skew %d the largest is as if they were thrown, within 7 %%",
    (shards, skew) => {
      const [most = 0] = hashedShares(shards, { keyCount: 1000, skew }, null);
      expect(Math.abs(most / largestShare(shards, 1000, skew, 500) - 1)).toBeLessThan(0.07);
    },
  );

  it("one shard has everything, and one key too", () => {
    expect(hashedShares(1, { keyCount: 100, skew: 1 }, null)).toEqual([1]);
    expect(hashedShares(4, { keyCount: 1, skew: 1 }, null)).toEqual([1, 0, 0, 0]);
  });
});
