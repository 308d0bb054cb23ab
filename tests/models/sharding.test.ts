import { describe, expect, it } from "vitest";
import { ringShares } from "#src/compile/instance-shares.ts";
import { client, type DesignText, type EdgeText, present, reportOf, serves } from "./design-reports.ts";

const fast = serves(0.001, 64);

/** A router with one node a shard, of 1000/s each. */
function sharded(router: object, shards = 5, kind = "shard-router", weights: readonly number[] = []): DesignText {
  const ids = Array.from({ length: shards }, (_, place) => `shard-${place + 1}`);
  return {
    nodes: [client, ["router", kind, { ...fast, ...router }], ...ids.map((id) => [id, "shard", serves(1)] as const)],
    edges: [
      ["client", "router"],
      ...ids.map(
        (id, place): EdgeText => ["router", id, weights[place] === undefined ? {} : { weight: weights[place] }],
      ),
    ],
    ratePerSecond: 1000,
  };
}

function rates(text: DesignText, shards = 5): readonly number[] {
  const { node } = reportOf(text);
  return Array.from({ length: shards }, (_, place) => node(`shard-${place + 1}`).arrivalsPerSecond);
}

function zipf(keys: number, skew: number): number {
  let sum = 0;
  for (let rank = 1; rank <= keys; rank++) sum += rank ** -skew;
  return 1 / sum;
}

describe("shards of keys with unequal popularity", () => {
  const skewed = { keys: 10_000, keySkew: 1 };
  const hottest = zipf(10_000, 1);

  it("without a skew all shards get the same", () => {
    for (const rate of rates(sharded({}))) expect(rate).toBeCloseTo(200, 9);
    for (const rate of rates(sharded({ keys: 10_000 }))) expect(rate).toBeCloseTo(200, 9);
  });

  it("the first shard has the hottest key, p₁ + (1 − p₁)/n of all, and sets the largest load", () => {
    const text = sharded(skewed);
    const hot = hottest + (1 - hottest) / 5;
    expect(rates(text)[0]).toBeCloseTo(1000 * hot, 6);
    expect(rates(text).reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(1000, 9);
    const { report } = reportOf(text);
    expect(report.breaksFirst[0]).toBe("shard-1");
    expect(present(report.maxLoad)).toBeCloseTo(1 / hot, 8);
    expect(present(reportOf(sharded({})).report.maxLoad)).toBeCloseTo(5, 8);
  });

  it("more shards help less and less: never more than 1/p₁ times what one carries", () => {
    const carried = [2, 8, 32].map((shards) => present(reportOf(sharded(skewed, shards)).report.maxLoad));
    expect(carried).toEqual([...carried].sort((first, second) => first - second));
    expect(carried[2]).toBeLessThan(1 / hottest);
    expect(present(reportOf(sharded({}, 32)).report.maxLoad)).toBeCloseTo(32, 7);
  });

  it("stated weights hold, whatever the skew", () => {
    const stated = rates(sharded(skewed, 4, "shard-router", [1, 1, 2, 4]), 4);
    expect(stated.map((rate) => Math.round(rate))).toEqual([125, 125, 250, 500]);
    // One weight states them all: the others are 1.
    expect(rates(sharded(skewed, 2, "shard-router", [3]), 2)[0]).toBeCloseTo(750, 9);
  });

  it("another policy than hash knows no keys", () => {
    for (const rate of rates(sharded({ ...skewed, policy: "random" }))) expect(rate).toBeCloseTo(200, 9);
  });

  it("on a ring the parts of the keys are unequal as well", () => {
    const largest = Math.max(...ringShares("router", 5, 20));
    const text = sharded({ ...skewed, virtualNodes: 20 }, 5, "consistent-hash-ring");
    expect(rates(text)[0]).toBeCloseTo(1000 * (hottest + (1 - hottest) * largest), 6);
    expect(rates(text).reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(1000, 9);
  });

  it("a skew without the number of keys is a fault that says so", () => {
    expect(() => reportOf(sharded({ keySkew: 1 }))).toThrow("how many there are");
  });
});

describe("instances behind one node", () => {
  it("partitions of a key-value store: the hottest one is full first", () => {
    const store = (more: object): DesignText => ({
      nodes: [client, ["db", "key-value-store", serves(1, 1, { instances: 8, ...more })]],
      edges: [["client", "db"]],
      ratePerSecond: 1000,
    });
    const hottest = zipf(1000, 1.2);
    const hot = hottest + (1 - hottest) / 8;
    expect(present(reportOf(store({ keys: 1000, keySkew: 1.2 })).report.maxLoad)).toBeCloseTo(1 / hot, 8);
    expect(present(reportOf(store({})).report.maxLoad)).toBeCloseTo(8, 8);
  });

  it("behind a router that hashes: the ring's parts and the hottest key on top", () => {
    const behind = (router: object): DesignText => ({
      nodes: [
        client,
        ["router", "shard-router", { ...fast, ...router }],
        ["db", "shard", serves(1, 1, { instances: 6 })],
      ],
      edges: [
        ["client", "router"],
        ["router", "db"],
      ],
      ratePerSecond: 1000,
    });
    const largest = Math.max(...ringShares("db", 6, 100));
    const hottest = zipf(500, 1);
    expect(present(reportOf(behind({})).report.maxLoad)).toBeCloseTo(1 / largest, 8);
    const hot = hottest + (1 - hottest) * largest;
    expect(present(reportOf(behind({ keys: 500, keySkew: 1 })).report.maxLoad)).toBeCloseTo(1 / hot, 8);
  });
});

describe("spread of a ring", () => {
  // Share of a node by Beta(v, (n − 1)v); mean of the largest of n over the mean, by simulation of the law.
  it.each([
    [5, 10, 1.39],
    [5, 100, 1.12],
    [10, 10, 1.56],
    [10, 100, 1.16],
    [50, 100, 1.24],
  ])("%d nodes of %d points: the largest is %d times the mean", (nodes, points, expected) => {
    let largest = 0;
    let squares = 0;
    const rings = 600;
    for (let ring = 0; ring < rings; ring++) {
      const shares = ringShares(`ring ${ring}`, nodes, points);
      largest += Math.max(...shares) * nodes;
      squares += shares.reduce((sum, share) => sum + (share * nodes - 1) ** 2, 0) / nodes;
    }
    expect(Math.abs(largest / rings / expected - 1)).toBeLessThan(0.03);
    const spread = Math.sqrt((nodes - 1) / (nodes * points + 1));
    expect(Math.abs(Math.sqrt(squares / rings) / spread - 1)).toBeLessThan(0.05);
  });
});

describe("reads that ask all shards", () => {
  it("load every shard, and the others only one of them; writes never scatter", () => {
    const scattered = sharded({ scatterRatio: 0.25 }, 4);
    for (const rate of rates(scattered, 4)) expect(rate).toBeCloseTo(1000 * (0.25 + 0.75 / 4), 9);
    for (const rate of rates({ ...scattered, operation: "write" }, 4)) expect(rate).toBeCloseTo(250, 9);
    for (const rate of rates(sharded({ scatterRatio: 1 }, 4), 4)) expect(rate).toBeCloseTo(1000, 9);
  });

  it("wait for the slowest: 1.5 mean times without load for two", () => {
    const { journey } = reportOf({ ...sharded({ scatterRatio: 1 }, 2), ratePerSecond: 0.001 });
    expect(Math.abs(present(journey().latencyMs.mean) - 1.5)).toBeLessThan(0.005);
  });
});
