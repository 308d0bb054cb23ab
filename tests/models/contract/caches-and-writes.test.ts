import { describe, expect, it } from "vitest";
import { client, type DesignText, type EdgeText, present, reportOf, serves } from "../design-reports.ts";

const fast = serves(0.01, 4);
const toService: EdgeText = ["client", "s"];

function aside(cache: object, operation: "read" | "write" = "read", edges?: readonly EdgeText[]): DesignText {
  return {
    nodes: [
      client,
      ["s", "service", fast],
      ["cache", "cache", { ...fast, hitRatio: 0.8, ...cache }],
      ["db", "relational-database", fast],
    ],
    edges: edges ?? [toService, ["s", "cache"], ["s", "db"]],
    operation,
  };
}

/** Arrivals at the cache and at the store for 100 requests a second. */
function seen(text: DesignText, scenario?: string): readonly number[] {
  const { node } = reportOf(text, scenario === undefined ? {} : { scenario });
  return ["cache", "db"].map((id) => Number(node(id).arrivalsPerSecond.toPrecision(12)));
}

describe("caches", () => {
  it("cache-aside: the caller asks the cache, then the store on a miss, and the edge says so", () => {
    expect(seen(aside({}))).toEqual([100, 20]);
    expect(reportOf(aside({})).edge("s-db").condition).toBe("miss of cache");
  });

  it("read-through: the cache itself calls what is behind it on a miss", () => {
    const edges: readonly EdgeText[] = [toService, ["s", "cache"], ["cache", "db"]];
    expect(seen(aside({ strategy: "read-through" }, "read", edges))).toEqual([100, 20]);
  });

  it.each(["cdn", "reverse-proxy"])("%s calls what is behind it on a miss", (kind) => {
    const { node } = reportOf({
      nodes: [client, ["cache", kind, { hitRatio: 0.9 }], ["db", "object-storage"]],
      edges: [
        ["client", "cache"],
        ["cache", "db"],
      ],
    });
    expect(node("db").arrivalsPerSecond).toBeCloseTo(10, 9);
  });

  it("a cache draws once per visit: two edges on the same miss are called together or not at all", () => {
    const text: DesignText = {
      nodes: [
        client,
        ["s", "service", fast],
        ["cache", "cache", { ...fast, hitRatio: 0.8 }],
        ["one", "relational-database", serves(10, 1, { variability: 0 })],
        ["two", "relational-database", serves(10, 1, { variability: 0 })],
        ["warm", "service", fast],
      ],
      edges: [toService, ["s", "cache"], ["s", "one"], ["s", "two"], ["s", "warm", { condition: "hit" }]],
      ratePerSecond: 0.01,
    };
    const { journey, node } = reportOf(text);
    expect(node("warm").arrivalsPerSecond).toBeCloseTo(0.008, 12);
    // 20 % take both stores: p50 near 0, p90 near 20 ms and nothing near 10 ms.
    expect(present(journey().latencyMs.p50)).toBeLessThan(0.2);
    expect(Math.abs(present(journey().latencyMs.p90) - 20)).toBeLessThan(0.2);
    expect(
      journey()
        .paths.map(({ share }) => share)
        .map((share) => Number(share.toFixed(9))),
    ).toEqual([0.8, 0.2]);
  });

  it("where the cache was not asked, neither hit nor miss edges run", () => {
    const edges: readonly EdgeText[] = [
      toService,
      ["s", "cache", { calls: {} }],
      ["s", "db", { condition: "miss", of: "cache" }],
    ];
    expect(seen(aside({}, "read", edges))).toEqual([0, 0]);
    const half: readonly EdgeText[] = [toService, ["s", "cache", { calls: 0.5 }], ["s", "db"]];
    expect(seen(aside({}, "read", half))).toEqual([50, 10]);
  });

  it("several questions draw for themselves, and each miss has its own call", () => {
    const edges: readonly EdgeText[] = [toService, ["s", "cache", { calls: 3 }], ["s", "db"]];
    expect(seen(aside({}, "read", edges))).toEqual([300, 60]);
  });

  it("a second cache behind a read-through one is asked on its misses, and the store on the misses of both", () => {
    const { node } = reportOf({
      nodes: [
        client,
        ["near", "cdn", { hitRatio: 0.5 }],
        ["far", "cache", { ...fast, hitRatio: 0.8 }],
        ["db", "relational-database", fast],
      ],
      edges: [
        ["client", "near"],
        ["near", "far"],
        ["near", "db", { condition: "miss", of: "far" }],
      ],
    });
    expect(node("far").arrivalsPerSecond).toBeCloseTo(50, 9);
    expect(node("db").arrivalsPerSecond).toBeCloseTo(10, 9);
  });

  it("hitRatio is computed from memory, keys and skew when keys are stated (Che): 100 of 10 000 at 0.8 hit 0.156625", () => {
    const computed = { keys: 10_000, objectBytes: 1, memoryBytes: 100, skew: 0.8, hitRatio: null };
    expect(seen(aside(computed))[1]).toBeCloseTo(100 * (1 - 0.156625), 3);
  });

  it("writes follow the policy", () => {
    // Strategy, edges of the caller and of the cache → writes at cache and store.
    const own: readonly EdgeText[] = [toService, ["s", "cache"], ["cache", "db"]];
    const both: readonly EdgeText[] = [toService, ["s", "cache"], ["s", "db"]];
    expect(seen(aside({ strategy: "cache-aside" }, "write", both))).toEqual([100, 100]);
    expect(seen(aside({ strategy: "write-around" }, "write", both))).toEqual([0, 100]);
    for (const strategy of ["read-through", "write-through", "write-behind", "refresh-ahead"])
      expect(seen(aside({ strategy }, "write", own)), strategy).toEqual([100, 100]);
  });

  it("write-behind answers before the store is written, write-through after", () => {
    const own: readonly EdgeText[] = [toService, ["s", "cache"], ["cache", "db", { networkMs: 30 }]];
    const mean = (strategy: string) => present(reportOf(aside({ strategy }, "write", own)).journey().latencyMs.mean);
    expect(mean("write-behind")).toBeLessThan(0.1);
    expect(mean("write-through")).toBeGreaterThan(30);
  });

  it("parallel stores of a written cache are joined, and its fallback is not written as well", () => {
    const { journey, node } = reportOf({
      nodes: [
        client,
        ["cache", "cache", { ...fast, strategy: "write-through" }],
        ["one", "key-value-store", fast],
        ["two", "key-value-store", fast],
        ["spare", "key-value-store", fast],
      ],
      edges: [
        ["client", "cache"],
        ["cache", "one", { order: 1, networkMs: 30 }],
        ["cache", "two", { order: 1, networkMs: 30 }],
        ["cache", "spare", { condition: "fallback" }],
      ],
      operation: "write",
    });
    expect(present(journey().latencyMs.mean)).toBeGreaterThan(30);
    expect(present(journey().latencyMs.mean)).toBeLessThan(31);
    expect(["one", "two", "spare"].map((id) => Math.round(node(id).arrivalsPerSecond))).toEqual([100, 100, 0]);
  });
});

describe("reads, writes and replicas", () => {
  const replicated = (operation: "read" | "write", replication: string, edge: object = {}): DesignText => ({
    nodes: [
      client,
      ["s", "service", fast],
      ["db", "relational-database", { ...fast, replication }],
      ["copy-1", "read-replica", fast],
      ["copy-2", "read-replica", fast],
    ],
    edges: [
      toService,
      ["s", "db"],
      ["db", "copy-1", { networkMs: 20, ...edge }],
      ["db", "copy-2", { networkMs: 40, ...edge }],
    ],
    operation,
  });

  it("one apply per write flows to each replica and adds no latency; reads stay at the primary", () => {
    const written = reportOf(replicated("write", "asynchronous"));
    expect(written.node("copy-1").arrivalsPerSecond).toBeCloseTo(100, 9);
    expect(written.node("copy-2").arrivalsPerSecond).toBeCloseTo(100, 9);
    expect(present(written.journey().latencyMs.p99)).toBeLessThan(1);
    expect(written.edge("db-copy-1").mode).toBe("replication");
    expect(reportOf(replicated("read", "asynchronous")).node("copy-1").arrivalsPerSecond).toBe(0);
  });

  it("a synchronous primary waits for all its replicas, or for a quorum of them", () => {
    const all = present(reportOf(replicated("write", "synchronous")).journey().latencyMs.mean);
    expect(Math.abs(all - 40)).toBeLessThan(0.2);
    const first = present(reportOf(replicated("write", "synchronous", { quorum: 1 })).journey().latencyMs.mean);
    expect(Math.abs(first - 20)).toBeLessThan(0.2);
  });

  it("writes skip replicas: a balancer in front sends them to the primary alone", () => {
    const behind = (operation: "read" | "write"): DesignText => ({
      nodes: [client, ["lb", "load-balancer"], ["db", "relational-database", fast], ["copy", "read-replica", fast]],
      edges: [
        ["client", "lb"],
        ["lb", "db"],
        ["lb", "copy"],
      ],
      operation,
    });
    expect(reportOf(behind("write")).node("db").arrivalsPerSecond).toBeCloseTo(100, 9);
    expect(reportOf(behind("write")).node("copy").arrivalsPerSecond).toBe(0);
    expect(reportOf(behind("read")).node("copy").arrivalsPerSecond).toBeCloseTo(50, 9);
  });

  it("read and write edges are followed by journeys of that operation only", () => {
    const text: DesignText = {
      nodes: [client, ["s", "service", fast], ["r", "service", fast], ["w", "service", fast]],
      edges: [toService, ["s", "r", { condition: "read" }], ["s", "w", { condition: "write" }]],
      journeys: [
        { id: "get", source: "client", ratePerSecond: 30 },
        { id: "put", source: "client", operation: "write", ratePerSecond: 7 },
      ],
    };
    const { node } = reportOf(text);
    expect(node("r").arrivalsPerSecond).toBeCloseTo(30, 9);
    expect(node("w").arrivalsPerSecond).toBeCloseTo(7, 9);
  });
});
