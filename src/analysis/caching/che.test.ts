import { describe, expect, test } from "vitest";
import { cacheHitRatio, characteristicTime, lruHitRatio, lruHitRatioWithExpiry } from "./che.ts";
import { zipfPopularity } from "./zipf.ts";

/** Keys, skew, capacity; exact LRU hit ratio (null where it was not computed) and Che's, from an independent program. */
const reference: readonly (readonly [
  keys: number,
  skew: number,
  capacity: number,
  exact: number | null,
  che: number,
])[] = [
  [20, 1.0, 2, 0.231491, 0.224776],
  [20, 0.8, 5, 0.392975, 0.390667],
  [50, 0.8, 5, 0.222571, 0.22033],
  [100, 0.6, 10, 0.172165, 0.171508],
  [100, 0.8, 1, 0.03296, 0.032225],
  [100, 0.8, 5, 0.148832, 0.147145],
  [100, 0.8, 10, 0.264281, 0.263261],
  [100, 1.0, 10, 0.397802, 0.397629],
  [100, 1.2, 10, 0.546635, 0.54739],
  [200, 0.8, 20, 0.305465, 0.305257],
  [200, 1.0, 2, 0.090511, 0.087759],
  [200, 1.0, 20, 0.464432, 0.46461],
  [10_000, 0.8, 100, null, 0.156625],
  [10_000, 0.8, 1000, null, 0.43666],
  [10_000, 1.0, 100, null, 0.390525],
  [10_000, 1.0, 1000, null, 0.675602],
  [1_000_000, 0.8, 10_000, null, 0.231905],
  [1_000_000, 1.0, 10_000, null, 0.585138],
];

test.each(reference)("%d keys, skew %d, room for %d", (keys, skew, capacity, exact, che) => {
  const ratio = lruHitRatio(zipfPopularity(keys, skew), capacity);
  expect(Math.abs(ratio - che)).toBeLessThan(2e-6);
  if (exact !== null) expect(Math.abs(ratio / exact - 1)).toBeLessThan(capacity >= 10 ? 0.005 : 0.035);
});

describe("limits", () => {
  const popularity = zipfPopularity(1000, 0.9);

  test("nothing fits: no hits; everything fits: only hits", () => {
    expect(lruHitRatio(popularity, 0)).toBe(0);
    expect(lruHitRatio(popularity, 1000)).toBeCloseTo(1, 12);
    expect(characteristicTime(popularity, 1000)).toBe(Number.POSITIVE_INFINITY);
  });

  test("keys that are all alike: the ratio is the share that fits", () => {
    expect(lruHitRatio(zipfPopularity(500, 0), 200)).toBeCloseTo(0.4, 10);
  });

  test("more room never hits less", () => {
    const ratios = [1, 2, 5, 10, 50, 100, 500, 900, 999].map((capacity) => lruHitRatio(popularity, capacity));
    expect(ratios).toEqual([...ratios].sort((first, second) => first - second));
  });

  test("1e12 keys with room for 1e9: below what keeping the most popular ones would give, H(1e9) / H(1e12)", () => {
    const ratio = lruHitRatio(zipfPopularity(1e12, 1), 1e9);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(21.3 / 28.2082);
  });
});

describe("popularity", () => {
  test.each([
    [50, 1.3],
    [123_456, 0.7],
    [10_000_000, 1],
  ])("%d keys with skew %d: probabilities add up to 1 and keys to all", (keys, skew) => {
    const popularity = zipfPopularity(keys, skew);
    expect(popularity.reduce((sum, group) => sum + group.keys * group.probability, 0)).toBeCloseTo(1, 12);
    expect(popularity.reduce((sum, group) => sum + group.keys, 0)).toBe(keys);
  });

  test("classes change the first key's share by less than a millionth: 1 / H(100 000) at skew 1", () => {
    let harmonic = 0;
    for (let rank = 1; rank <= 100_000; rank++) harmonic += 1 / rank;
    const first = zipfPopularity(100_000, 1)[0]?.probability ?? 0;
    expect(Math.abs(first * harmonic - 1)).toBeLessThan(1e-6);
  });
});

describe("expiry", () => {
  const one = [{ keys: 1, probability: 1 }];

  test("one key, 9 requests within its time to live: 9 of 10 hit", () => {
    expect(lruHitRatioWithExpiry(one, 1, { timeToLiveMs: 900, requestsPerSecond: 10 })).toBeCloseTo(0.9, 12);
  });

  test("a long life leaves what memory allows", () => {
    const popularity = zipfPopularity(1000, 0.9);
    const forever = { timeToLiveMs: 1e12, requestsPerSecond: 1e6 };
    expect(lruHitRatioWithExpiry(popularity, 100, forever)).toBeCloseTo(lruHitRatio(popularity, 100), 6);
  });

  test("memory is counted in whole objects", () => {
    const catalogue = { objectBytes: 1000, keyCount: 100, skew: 0.8, expiry: null };
    expect(cacheHitRatio({ ...catalogue, memoryBytes: 10_999 })).toBe(
      cacheHitRatio({ ...catalogue, memoryBytes: 10_000 }),
    );
  });
});
