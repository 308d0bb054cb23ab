import { describe, expect, it } from "vitest";
import type { CacheReport } from "#src/compile/report.ts";
import { zipfProbabilities } from "./cache-simulation.ts";
import { exactLruHitRatio } from "./cache-theory.ts";
import { client, type DesignText, type NodeText, present, reportOf, serves } from "./design-reports.ts";
import { cacheFidelity } from "./fidelity/caches.ts";
import table from "./tables/zipf-caches.json" with { type: "json" };

const fast = serves(0.001, 64);

/** What a cache holds with objects of one byte. */
function holds(keys: number, skew: number, capacity: number, more: object = {}): object {
  return { ...fast, keys, skew, memoryBytes: capacity, objectBytes: 1, ...more };
}

/** A client, read-through caches one behind the other, and a store. */
function chain(caches: readonly object[], more: Partial<DesignText> = {}): DesignText {
  const ids = caches.map((_, place) => `cache-${place + 1}`);
  const nodes: NodeText[] = ids.map((id, place) => [id, "cache", { strategy: "read-through", ...caches[place] }]);
  const line = ["client", ...ids, "db"];
  return {
    nodes: [client, ...nodes, ["db", "key-value-store", fast]],
    edges: line.slice(1).map((id, place) => [line[place] ?? "", id] as const),
    ratePerSecond: 1000,
    ...more,
  };
}

function cacheOf(text: DesignText, id = "cache-1", load = 1): CacheReport {
  const { cache } = reportOf(text, { load }).node(id);
  if (cache === undefined) throw new Error(`${id} is no cache`);
  return cache;
}

describe("hit ratios from the text of a design", () => {
  const printed = table.rows.flatMap(({ keys, skew, capacity, che, lfu, fifo }) => [
    { eviction: "lru", keys, skew, capacity, ratio: che },
    { eviction: "lfu", keys, skew, capacity, ratio: lfu },
    ...(fifo === null ? [] : ["fifo", "random"].map((eviction) => ({ eviction, keys, skew, capacity, ratio: fifo }))),
  ]);

  it.each(printed)("$eviction: $keys keys of skew $skew, room for $capacity: $ratio", (row) => {
    const text = chain([holds(row.keys, row.skew, row.capacity, { eviction: row.eviction })]);
    expect(Math.abs(cacheOf(text).hitRatio - row.ratio)).toBeLessThan(6e-7);
    const { node } = reportOf(text);
    expect(node("db").arrivalsPerSecond).toBeCloseTo(1000 * (1 - cacheOf(text).hitRatio), 8);
  });

  const small = table.rows.filter(({ keys, exact }) => keys <= 100 && exact !== null);

  it.each(small)("$keys keys of skew $skew, room for $capacity: LRU is exactly $exact, and Che is near", (row) => {
    const { keys, skew, capacity, exact } = row;
    const ratio = exactLruHitRatio(zipfProbabilities(keys, skew), capacity);
    expect(Math.abs(ratio - present(exact))).toBeLessThan(6e-7);
    const { hitRatio } = cacheOf(chain([holds(keys, skew, capacity)]));
    expect(Math.abs(hitRatio / ratio - 1)).toBeLessThan(capacity >= 10 ? 0.005 : 0.035);
  });

  it("memory is counted in whole objects", () => {
    const fits = (memoryBytes: number) =>
      cacheOf(chain([{ ...holds(100, 0.8, 0), objectBytes: 1000, memoryBytes }])).hitRatio;
    expect(fits(10_999)).toBe(fits(10_000));
    expect(fits(11_000)).toBeGreaterThan(fits(10_000));
  });
});

describe("against exact values and simulation", () => {
  it("every model stays within its stated error", { timeout: 120_000 }, () => {
    const rows = cacheFidelity();
    expect(rows.length).toBe(10);
    for (const row of rows) {
      expect(row.cases, row.figure).toBeGreaterThan(0);
      expect(row.worstErrorPercent, `${row.model}, ${row.figure}: ${row.worstCase}`).toBeLessThanOrEqual(
        row.tolerancePercent,
      );
    }
  });
});

describe("time to live", () => {
  const content = holds(1000, 0.9, 1000, { ttlMs: 500 });

  it("takes the rate of reads from the design at load 1", () => {
    const solved = cacheOf(chain([content]));
    const stated = cacheOf(chain([{ ...content, readsPerSecond: 1000 }]));
    expect(solved.hitRatio).toBe(stated.hitRatio);
    expect(solved.weighedReadsPerSecond).toBeCloseTo(1000, 9);
    // Σ p·λD / (1 + λD) with 500 reads of all keys within a life.
    const weights = Array.from({ length: 1000 }, (_, rank) => (rank + 1) ** -0.9);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const expected = weights.reduce((sum, weight) => {
      const p = weight / total;
      return sum + (p * (500 * p)) / (1 + 500 * p);
    }, 0);
    expect(solved.hitRatio).toBeCloseTo(expected, 10);
  });

  it("keeps the hit ratio of load 1 at every load, and another rate of the journey changes it", () => {
    expect(cacheOf(chain([content]), "cache-1", 3).hitRatio).toBe(cacheOf(chain([content])).hitRatio);
    const more = chain([content], { ratePerSecond: 3000 });
    expect(cacheOf(more).hitRatio).toBeGreaterThan(cacheOf(chain([content])).hitRatio);
  });

  it("of a cache behind another one takes what that one lets through", () => {
    const text = chain([holds(1000, 0.9, 100), holds(1000, 0.9, 1000, { ttlMs: 500 })]);
    const second = cacheOf(text, "cache-2");
    expect(second.weighedReadsPerSecond).toBeCloseTo(1000 * (1 - cacheOf(text).hitRatio), 6);
    expect(second.hitRatio).toBeLessThan(cacheOf(chain([content])).hitRatio);
  });

  it("without reads there is nothing to weigh it with", () => {
    expect(cacheOf(chain([content], { ratePerSecond: 0 })).weighedReadsPerSecond).toBeNull();
  });
});

describe("caches one behind the other", () => {
  const near = holds(10_000, 0.8, 100);

  it("the second gets what the first misses, and says so", () => {
    const text = chain([near, holds(10_000, 0.8, 1000)]);
    const [first, second] = [cacheOf(text), cacheOf(text, "cache-2")];
    expect(second.behind).toEqual(["cache-1"]);
    expect(second.readsPerSecond).toBeCloseTo(first.missPerSecond, 8);
    // By itself it would hit 0.43666 of the requests; both together cannot hit more than one with room for all of it.
    expect(second.hitRatio).toBeLessThan(0.37);
    const together = 1 - (1 - first.hitRatio) * (1 - second.hitRatio);
    expect(together).toBeLessThan(cacheOf(chain([holds(10_000, 0.8, 1100)])).hitRatio);
    expect(together).toBeGreaterThan(0.42);
    expect(reportOf(text).node("db").arrivalsPerSecond).toBeCloseTo(1000 * (1 - together), 8);
  });

  it("the same cache again is next to useless", () => {
    expect(cacheOf(chain([near, near]), "cache-2").hitRatio).toBeLessThan(0.02);
  });

  it("other keys are not guessed at: the two are independent, and the report names the one before", () => {
    const text = chain([near, holds(20_000, 0.8, 1000)]);
    const second = cacheOf(text, "cache-2");
    expect(second.hitRatio).toBe(cacheOf(chain([holds(20_000, 0.8, 1000)])).hitRatio);
    expect(second).toMatchObject({ behind: [], independentOf: ["cache-1"] });
  });

  it("is found through what stands between: CDN, service, cache aside, store", () => {
    const text: DesignText = {
      nodes: [
        client,
        ["cdn", "cdn", near],
        ["lb", "load-balancer", fast],
        ["s", "service", fast],
        ["redis", "cache", holds(10_000, 0.8, 1000)],
        ["db", "relational-database", fast],
      ],
      edges: [
        ["client", "cdn"],
        ["cdn", "lb"],
        ["lb", "s"],
        ["s", "redis"],
        ["s", "db"],
      ],
      ratePerSecond: 1000,
    };
    const direct = chain([near, holds(10_000, 0.8, 1000)]);
    expect(cacheOf(text, "redis").hitRatio).toBe(cacheOf(direct, "cache-2").hitRatio);
    expect(reportOf(text).node("db").arrivalsPerSecond).toBeCloseTo(reportOf(direct).node("db").arrivalsPerSecond, 8);
    // A way past the CDN brings requests that it has not seen.
    const past: DesignText = { ...text, edges: [...text.edges, ["client", "lb"]] };
    expect(cacheOf(past, "redis").behind).toEqual([]);
    expect(cacheOf(past, "redis").hitRatio).toBeCloseTo(0.43666, 5);
  });

  it("three in a row each take what the ones before leave", () => {
    const text = chain([holds(1000, 1, 10), holds(1000, 1, 50), holds(1000, 1, 200)]);
    expect(cacheOf(text, "cache-3").behind).toEqual(["cache-1", "cache-2"]);
    const alone = cacheOf(chain([holds(1000, 1, 200)])).hitRatio;
    expect(cacheOf(text, "cache-3").hitRatio).toBeLessThan(alone);
  });
});

describe("what a cache is worth and what it costs", () => {
  it("cold: the store gets 1 / (1 − h) times as much, and warms up within the characteristic time", () => {
    const cache = cacheOf(chain([holds(10_000, 0.8, 1000)]));
    expect(cache.coldMissFactor).toBeCloseTo(1 / (1 - 0.43666), 4);
    expect(present(cache.warmUpMs)).toBeLessThan(present(cache.characteristicTimeMs));
    const twice = cacheOf(chain([holds(10_000, 0.8, 1000)]), "cache-1", 2);
    expect(present(twice.warmUpMs)).toBeCloseTo(present(cache.warmUpMs) / 2, 6);
    expect(cacheOf(chain([{ ...fast, hitRatio: 0.75 }])).coldMissFactor).toBe(4);
    expect(cacheOf(chain([{ ...fast, hitRatio: 1 }])).coldMissFactor).toBeNull();
  });

  it("the scenario of a cold cache hits nothing", () => {
    const text: DesignText = {
      ...chain([holds(10_000, 0.8, 1000)]),
      scenarios: [{ id: "cold", effects: [{ type: "cold", target: "cache-1" }] }],
    };
    expect(reportOf(text, { scenario: "cold" }).node("db").arrivalsPerSecond).toBeCloseTo(1000, 9);
  });

  it("a key with 10 reads/s that takes 3 s to fetch is fetched 31 times when it leaves", () => {
    const text = chain([holds(1, 0, 0, { recomputeMs: 3000 })], { ratePerSecond: 10 });
    expect(cacheOf(text)).toMatchObject({ stampedeCalls: 31, hottestKeyShare: 1 });
  });

  it("the hottest key has 1 / H of the reads", () => {
    const harmonic = Array.from({ length: 1000 }, (_, rank) => 1 / (rank + 1)).reduce((sum, term) => sum + term, 0);
    expect(cacheOf(chain([holds(1000, 1, 100)])).hottestKeyShare).toBeCloseTo(1 / harmonic, 10);
  });
});

describe("how old answers are", () => {
  const one = { ...holds(1, 0, 1, { ttlMs: 2000 }) };
  const around = (more: object, write: object = {}): DesignText => ({
    nodes: [
      client,
      ["s", "service", fast],
      ["cache-1", "cache", { ...one, strategy: "write-around", ...more }],
      ["db", "key-value-store", fast],
    ],
    edges: [
      ["client", "s"],
      ["s", "cache-1"],
      ["s", "db"],
    ],
    journeys: [
      { id: "read", source: "client", ratePerSecond: 100 },
      { id: "write", source: "client", operation: "write", ratePerSecond: 0.5, ...write },
    ],
  });

  it("write-around: as old as the time to live, half of it on average, stale by 1 − (1 − e^(−ωD)) / (ωD) of the hits", () => {
    const cache = cacheOf(around({}));
    const hits = 200 / 201;
    expect(cache.hitRatio).toBeCloseTo(hits, 12);
    expect(cache.maxAgeMs).toBe(2000);
    expect(cache.meanAgeMs).toBeCloseTo(1000, 9);
    expect(cache.staleReadShare).toBeCloseTo(hits * (1 - -Math.expm1(-1)), 9);
    expect(cacheOf(around({ writesPerSecond: 0 })).staleReadShare).toBe(0);
    expect(cacheOf(around({ writesPerSecond: 1 })).staleReadShare).toBeCloseTo(hits * (1 - -Math.expm1(-2) / 2), 9);
  });

  it("without an end where hits renew the time to live, or there is none", () => {
    expect(cacheOf(around({ ttlRenewedByHits: true }))).toMatchObject({ maxAgeMs: null, meanAgeMs: null });
    expect(cacheOf(around({ ttlMs: null }))).toMatchObject({ maxAgeMs: null, meanAgeMs: null });
    expect(present(cacheOf(around({ ttlMs: null })).staleReadShare)).toBeCloseTo(1, 9);
  });

  it.each(["cache-aside", "read-through", "write-through", "write-behind", "refresh-ahead"])(
    "%s: writes come here, so that no copy is stale",
    (strategy) => {
      expect(cacheOf(chain([{ ...one, strategy }]))).toMatchObject({ staleReadShare: 0, maxAgeMs: 0 });
    },
  );

  it("a CDN passes writes on and keeps its copies: the writes of the design make them stale", () => {
    const text: DesignText = {
      nodes: [client, ["cdn", "cdn", one], ["db", "object-storage", fast]],
      edges: [
        ["client", "cdn"],
        ["cdn", "db"],
      ],
      journeys: [
        { id: "read", source: "client", ratePerSecond: 100 },
        { id: "write", source: "client", operation: "write", ratePerSecond: 0.5 },
      ],
    };
    const cache = cacheOf(text, "cdn");
    expect(cache.staleReadShare).toBeCloseTo((200 / 201) * (1 - -Math.expm1(-1)), 9);
    expect(cacheOf(text, "cdn", 2).staleReadShare).toBeCloseTo(present(cache.staleReadShare), 12);
  });

  it("write-behind: the store lags, and a crash loses what is not yet there", () => {
    const text = chain([{ ...one, strategy: "write-behind", flushMs: 400 }], { operation: "write", ratePerSecond: 50 });
    expect(cacheOf(text)).toMatchObject({ storeLagMs: 400, unstoredWrites: 20 });
  });
});
