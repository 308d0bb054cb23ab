import { describe, expect, it } from "vitest";
import { type Answers, client, type DesignText, type EdgeText, present, reportOf, serves } from "./design-reports.ts";

const fast = serves(0.001, 64);
const reads = 100;
const writes = 30;

/** 100 reads and 30 writes a second at a service with a cache that hits 80 % and a store. */
function design(cache: object, isOwn: boolean, storeEdge: object = {}): DesignText {
  const asked: readonly EdgeText[] = [
    ["client", "s"],
    ["s", "cache"],
  ];
  return {
    nodes: [
      client,
      ["s", "service", fast],
      ["cache", "cache", { ...fast, hitRatio: 0.8, ...cache }],
      ["db", "relational-database", fast],
    ],
    edges: [...asked, isOwn ? ["cache", "db", storeEdge] : ["s", "db", storeEdge]],
    journeys: [
      { id: "read", source: "client", ratePerSecond: reads },
      { id: "write", source: "client", operation: "write", ratePerSecond: writes },
    ],
  };
}

function loads({ node }: Answers): { readonly cache: number; readonly store: number } {
  const rounded = (id: string): number => Number(node(id).arrivalsPerSecond.toPrecision(10));
  return { cache: rounded("cache"), store: rounded("db") };
}

describe("load of each strategy on cache and store, by hand: 100 reads/s at 80 % hits, 30 writes/s", () => {
  it.each([
    { strategy: "cache-aside", isOwn: false, cache: 130, store: 20 + 30 },
    { strategy: "read-through", isOwn: true, cache: 130, store: 20 + 30 },
    { strategy: "write-through", isOwn: true, cache: 130, store: 20 + 30 },
    { strategy: "write-behind", isOwn: true, cache: 130, store: 20 + 30 },
    { strategy: "write-around", isOwn: false, cache: 100, store: 20 + 30 },
    // 5 % of the 80 hits a second renew their object.
    { strategy: "refresh-ahead", isOwn: true, cache: 130, store: 20 + 4 + 30 },
  ])("$strategy: $cache/s and $store/s", ({ strategy, isOwn, cache, store }) => {
    expect(loads(reportOf(design({ strategy }, isOwn)))).toEqual({ cache, store });
  });

  it("write-behind: four writes that become one leave a quarter of them", () => {
    const text = design({ strategy: "write-behind", coalescedWrites: 4 }, true);
    expect(loads(reportOf(text))).toEqual({ cache: 130, store: 20 + 7.5 });
  });
});

describe("who waits for the store", () => {
  const latency = (strategy: string, isOwn: boolean) => {
    const { journey } = reportOf(design({ strategy }, isOwn, { networkMs: 40 }));
    return { read: present(journey("read").latencyMs.mean), write: present(journey("write").latencyMs.mean) };
  };

  it("reads wait for it on a miss under every strategy: 20 % of 40 ms", () => {
    for (const [strategy, isOwn] of [
      ["cache-aside", false],
      ["read-through", true],
      ["write-through", true],
      ["write-behind", true],
      ["write-around", false],
      ["refresh-ahead", true],
    ] as const)
      expect(Math.abs(latency(strategy, isOwn).read - 8), strategy).toBeLessThan(0.05);
  });

  it("writes wait for it under all but write-behind", () => {
    for (const [strategy, isOwn] of [
      ["cache-aside", false],
      ["read-through", true],
      ["write-through", true],
      ["write-around", false],
      ["refresh-ahead", true],
    ] as const)
      expect(Math.abs(latency(strategy, isOwn).write - 40), strategy).toBeLessThan(0.05);
    expect(latency("write-behind", true).write).toBeLessThan(0.05);
  });
});

describe("refresh-ahead with a computed content", () => {
  // Ten keys alike, each 10 reads/s; a life of 1 s of which the last quarter refreshes.
  const content = { keys: 10, skew: 0, memoryBytes: 10, objectBytes: 1, ttlMs: 1000, hitRatio: null };
  const refreshing = { ...content, strategy: "refresh-ahead", refreshWindow: 0.25 };
  // Fetched once in 0.75 s + 0.1 s a key; e^(−2.5) of the fetches are misses.
  const fetches = 10 / (0.75 + 0.1);

  it("the store gets one fetch in D − w + 1/λ a key, split into misses and refreshes", () => {
    const answers = reportOf(design(refreshing, true));
    expect(loads(answers).store).toBeCloseTo(fetches + writes, 6);
    const { cache } = answers.node("cache");
    expect(cache?.missPerSecond).toBeCloseTo(fetches * Math.exp(-2.5), 6);
    expect(cache?.refreshesPerSecond).toBeCloseTo(fetches * -Math.expm1(-2.5), 6);
  });

  it("misses less and asks the store more often than expiry alone", () => {
    const plain = reportOf(design({ ...content, strategy: "read-through" }, true));
    const ahead = reportOf(design(refreshing, true));
    expect(plain.node("cache").cache?.hitRatio).toBeCloseTo(10 / 11, 9);
    expect(ahead.node("cache").cache?.hitRatio).toBeGreaterThan(10 / 11);
    expect(loads(ahead).store).toBeGreaterThan(loads(plain).store);
  });

  it("without a stated part of the life the share of hits holds", () => {
    const answers = reportOf(design({ ...content, strategy: "refresh-ahead", refreshedHits: 0.1 }, true));
    const hits = (reads * 10) / 11;
    expect(loads(answers).store).toBeCloseTo(reads - hits + 0.1 * hits + writes, 6);
    expect(answers.node("cache").cache?.refreshesPerSecond).toBeNull();
  });
});
