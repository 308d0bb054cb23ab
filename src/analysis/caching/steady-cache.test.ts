import { describe, expect, it } from "vitest";
import { totalRate, zipfDemand } from "./demand.ts";
import type { Eviction, TimeToLive } from "./key-state.ts";
import { refreshedKey } from "./refresh-ahead.ts";
import { missDemand, steadyCache } from "./steady-cache.ts";
import { warmUpTime } from "./warm-up.ts";
import { zipfPopularity } from "./zipf.ts";

const evictions: readonly Eviction[] = ["lru", "lfu", "fifo", "random"];

function rulesFor(
  capacityKeys: number,
  eviction: Eviction = "lru",
  expiry: TimeToLive | null = null,
  refreshWindow = 0,
) {
  return { capacityKeys, eviction, expiry, refreshWindow };
}

describe.each(evictions)("%s", (eviction) => {
  const demand = zipfDemand(1000, 0.9);
  const hitRatio = (capacity: number) => steadyCache(demand, rulesFor(capacity, eviction)).hitRatio;

  it("nothing fits: no hits; everything fits: only hits", () => {
    expect(hitRatio(0)).toBe(0);
    expect(hitRatio(1000)).toBeCloseTo(1, 12);
    expect(steadyCache(demand, rulesFor(1000, eviction)).characteristicTime).toBe(Number.POSITIVE_INFINITY);
  });

  it("keys that are all alike: the ratio is the share that fits", () => {
    expect(steadyCache(zipfDemand(500, 0), rulesFor(200, eviction)).hitRatio).toBeCloseTo(0.4, 10);
  });

  it("more room never hits less, and never more than keeping the most popular keys", () => {
    const capacities = [1, 2, 5, 10, 50, 100, 500, 900, 999];
    const ratios = capacities.map(hitRatio);
    expect(ratios).toEqual([...ratios].sort((first, second) => first - second));
    capacities.forEach((capacity, place) => {
      const best = steadyCache(demand, rulesFor(capacity, "lfu")).hitRatio;
      expect(ratios[place]).toBeLessThanOrEqual(best * (1 + 1e-12));
    });
  });

  it("keys are in the cache for as much time as there is room, whatever expires", () => {
    for (const renewedByHits of [false, true]) {
      for (const time of [10, 300, 1e6]) {
        const cache = steadyCache(demand, rulesFor(100, eviction, { time, renewedByHits }));
        const occupied = cache.states.reduce(
          (sum, state, place) => sum + (demand[place]?.keys ?? 0) * state.occupancy,
          0,
        );
        expect(occupied).toBeLessThan(100 * (1 + 1e-9));
        if (cache.characteristicTime < Number.POSITIVE_INFINITY) expect(occupied).toBeCloseTo(100, 8);
      }
    }
  });

  // A life that hits renew drops what nobody wants: under FIFO and RANDOM a shorter one may be better.
  it("a longer time to live never hits less, and a very long one leaves what room allows", () => {
    for (const renewedByHits of [false, true]) {
      const ratios = [1, 10, 50, 100, 200, 500, 1e4, 1e12].map(
        (time) => steadyCache(demand, rulesFor(100, eviction, { time, renewedByHits })).hitRatio,
      );
      const mayFall = renewedByHits && (eviction === "fifo" || eviction === "random");
      for (const [place, ratio] of ratios.entries())
        if (!mayFall) expect(ratio).toBeGreaterThanOrEqual((ratios[place - 1] ?? 0) * (1 - 1e-12));
      expect(ratios.at(-1)).toBeCloseTo(hitRatio(100), 6);
    }
  });

  it("what it lets through adds up to its misses", () => {
    const cache = steadyCache(demand, rulesFor(100, eviction));
    const missed = missDemand(demand, cache);
    expect(totalRate(missed)).toBeCloseTo(1 - cache.hitRatio, 12);
    for (const { rate, quietTime } of missed) expect(rate * quietTime).toBeLessThan(1);
  });
});

describe("time to live alone", () => {
  const one = [{ keys: 1, rate: 1, quietTime: 0 }];

  it("not renewed: 9 requests within it, 9 of 10 hit", () => {
    for (const eviction of evictions) {
      const cache = steadyCache(one, rulesFor(1, eviction, { time: 9, renewedByHits: false }));
      expect(cache.hitRatio, eviction).toBeCloseTo(0.9, 12);
    }
  });

  it("renewed by hits: 1 − e^(−λD)", () => {
    for (const eviction of evictions) {
      const cache = steadyCache(one, rulesFor(1, eviction, { time: 2, renewedByHits: true }));
      expect(cache.hitRatio, eviction).toBeCloseTo(-Math.expm1(-2), 12);
    }
  });

  it("renewed by hits under LRU: exactly the shorter of the two times", () => {
    const demand = zipfDemand(1000, 0.9);
    const free = steadyCache(demand, rulesFor(100));
    const { characteristicTime: time, hitRatio } = free;
    const longer = steadyCache(demand, rulesFor(100, "lru", { time: 1.01 * time, renewedByHits: true }));
    expect(longer.hitRatio).toBeCloseTo(hitRatio, 12);
    const shorter = steadyCache(demand, rulesFor(100, "lru", { time: time / 2, renewedByHits: true }));
    const expected = demand.reduce((sum, { keys, rate }) => sum - keys * rate * Math.expm1((-rate * time) / 2), 0);
    expect(shorter.hitRatio).toBeCloseTo(expected, 12);
  });
});

describe("refresh-ahead", () => {
  it("a window of nothing is a plain time to live, one of all of it a life that hits renew", () => {
    expect(refreshedKey(0.3, Number.POSITIVE_INFINITY, 10, 0).hitRatio).toBeCloseTo(3 / 4, 12);
    const always = refreshedKey(0.3, Number.POSITIVE_INFINITY, 10, 10);
    expect(always.hitRatio).toBeCloseTo(-Math.expm1(-3), 12);
    expect(always.refreshRatio).toBeCloseTo(always.hitRatio, 12);
  });

  it("fetches once in D − w + 1/λ", () => {
    const { hitRatio, refreshRatio } = refreshedKey(0.3, Number.POSITIVE_INFINITY, 10, 2);
    const fetches = 1 / 0.3 / (8 + 1 / 0.3);
    expect(refreshRatio).toBeCloseTo(fetches * -Math.expm1(-0.6), 12);
    expect(1 - hitRatio).toBeCloseTo(fetches * Math.exp(-0.6), 12);
  });
});

describe("a cache behind another one", () => {
  it("that is no larger hits nothing that it could have kept: what misses comes later than it remembers", () => {
    const demand = zipfDemand(10_000, 0.8);
    const behind = missDemand(demand, steadyCache(demand, rulesFor(200, "lru")));
    expect(steadyCache(behind, rulesFor(100, "lru")).hitRatio).toBe(0);
    expect(steadyCache(behind, rulesFor(100, "fifo")).hitRatio).toBe(0);
  });

  it("that holds everything always hits; behind an empty one it is on its own", () => {
    const demand = zipfDemand(1000, 0.8);
    const behind = missDemand(demand, steadyCache(demand, rulesFor(100)));
    for (const eviction of evictions) expect(steadyCache(behind, rulesFor(1000, eviction)).hitRatio).toBeCloseTo(1, 12);
    const alone = missDemand(demand, steadyCache(demand, rulesFor(0)));
    expect(steadyCache(alone, rulesFor(50)).hitRatio).toBeCloseTo(steadyCache(demand, rulesFor(50)).hitRatio, 12);
  });
});

describe("very many keys", () => {
  it("1e12 keys with room for 1e9: below what keeping the most popular ones would give, H(1e9) / H(1e12)", () => {
    const demand = zipfDemand(1e12, 1);
    const lru = steadyCache(demand, rulesFor(1e9)).hitRatio;
    const best = steadyCache(demand, rulesFor(1e9, "lfu")).hitRatio;
    expect(best).toBeCloseTo(21.3005 / 28.2082, 4);
    expect(lru).toBeGreaterThan(0.6);
    expect(lru).toBeLessThan(best);
  });

  it.each([
    [50, 1.3],
    [123_456, 0.7],
    [10_000_000, 1],
  ])("%d keys with skew %d: probabilities add up to 1 and keys to all", (keys, skew) => {
    const popularity = zipfPopularity(keys, skew);
    expect(popularity.reduce((sum, group) => sum + group.keys * group.probability, 0)).toBeCloseTo(1, 12);
    expect(popularity.reduce((sum, group) => sum + group.keys, 0)).toBe(keys);
  });

  it("classes change the first key's share by less than a millionth: 1 / H(100 000) at skew 1", () => {
    let harmonic = 0;
    for (let rank = 1; rank <= 100_000; rank++) harmonic += 1 / rank;
    const first = zipfPopularity(100_000, 1)[0]?.probability ?? 0;
    expect(Math.abs(first * harmonic - 1)).toBeLessThan(1e-6);
  });
});

describe("an empty cache", () => {
  it("with room for one key hits by its only key from the second request on", () => {
    const one = [{ keys: 1, rate: 2, quietTime: 0 }];
    expect(warmUpTime(one, 1, 1, 0.9)).toBeCloseTo(Math.log(10) / 2, 10);
  });

  it("is as good as a warm LRU one once it is full, at the characteristic time", () => {
    const demand = zipfDemand(1000, 0.8);
    const { hitRatio, characteristicTime } = steadyCache(demand, rulesFor(100));
    expect(warmUpTime(demand, 100, hitRatio, 1)).toBeCloseTo(characteristicTime, 6);
    expect(warmUpTime(demand, 100, hitRatio, 0.5)).toBeLessThan(characteristicTime / 2);
  });
});
