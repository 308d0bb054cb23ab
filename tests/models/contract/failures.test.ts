import { describe, expect, it } from "vitest";
import { client, type DesignText, type EdgeText, present, reportOf, serves } from "../design-reports.ts";

const noTime = serves(1e-6);

/** s calls a (M/M/1 of 10 ms unless stated) over one edge. */
function pair(edge: object, target: object = {}, more: Partial<DesignText> = {}): DesignText {
  return {
    nodes: [client, ["s", "service", noTime], ["a", "service", serves(10, 1, target)]],
    edges: [
      ["client", "s"],
      ["s", "a", edge],
    ],
    ratePerSecond: 1e-6,
    ...more,
  };
}

describe("timeouts and retries", () => {
  it("a timeout counts from the call to its answer, network included; abandoned work loads its node", () => {
    const { journey, node } = reportOf(pair({ timeoutMs: 25, networkMs: 5 }));
    // P(exponential of mean 10 > 20).
    expect(journey().errorRate).toBeCloseTo(Math.exp(-2), 6);
    expect(journey().completedPerSecond).toBeCloseTo(1e-6 * (1 - Math.exp(-2)), 12);
    expect(node("a").arrivalsPerSecond).toBeCloseTo(1e-6, 12);
    expect(node("a").completedPerSecond).toBeCloseTo(1e-6, 12);
    // Truncated laws stand on a grid: in a sum, near their end, a percentile is good to 0.2 %.
    expect(present(journey().latencyMs.p999)).toBeLessThanOrEqual(25 * 1.002);
    // Completed ones only: E[T | T < 20] + 5.
    const within = 10 - (20 * Math.exp(-2)) / (1 - Math.exp(-2));
    expect(present(journey().latencyMs.mean)).toBeCloseTo(within + 5, 4);
  });

  it("no percentile of what a timeout lets through is past the timeout", () => {
    const { journey } = reportOf({
      nodes: [client, ["a", "service", serves(10)]],
      edges: [["client", "a", { timeoutMs: 25, networkMs: 5 }]],
      ratePerSecond: 50,
    });
    const { p99, p999 } = journey().latencyMs;
    expect(journey().errorRate).toBeCloseTo(Math.exp(-1), 6);
    expect(present(p99)).toBeLessThanOrEqual(present(p999));
    expect(present(p999)).toBeLessThanOrEqual(25);
    expect(present(p999)).toBeGreaterThan(24.9);
  });

  it("retries: r make up to r + 1 attempts, each an arrival at the callee", () => {
    const { journey, node, edge } = reportOf(pair({ timeoutMs: 20, retries: 3 }));
    const f = Math.exp(-2);
    expect(journey().errorRate).toBeCloseTo(f ** 4, 6);
    expect(edge("s-a").callsPerSecond / 1e-6).toBeCloseTo((1 - f ** 4) / (1 - f), 5);
    expect(node("a").arrivalsPerSecond / 1e-6).toBeCloseTo((1 - f ** 4) / (1 - f), 5);
  });

  it("backoffMs doubles per attempt; with jitter the pause is uniform between 0 and it", () => {
    // Service of exactly 10 ms never answers within 5: all fail, and the law of failures is not shown; so a target that always
    // rejects is backed by a fallback at once: 3 attempts, pauses 8 and 16, or on average half of that.
    const text = (jitter: boolean): DesignText => ({
      nodes: [client, ["s", "service", noTime], ["a", "service", serves(1)], ["b", "service", noTime]],
      edges: [
        ["client", "s"],
        ["s", "a", { retries: 2, backoffMs: 8, jitter }],
        ["s", "b", { condition: "fallback" }],
      ],
      ratePerSecond: 1e-6,
      scenarios: [{ id: "out", effects: [{ type: "errors", target: "a", amount: 1 }] }],
    });
    const fixed = reportOf(text(false), { scenario: "out" }).journey();
    expect(present(fixed.latencyMs.mean)).toBeCloseTo(24, 4);
    expect(present(fixed.latencyMs.p50)).toBeCloseTo(24, 3);
    const jittered = reportOf(text(true), { scenario: "out" }).journey();
    expect(present(jittered.latencyMs.mean)).toBeCloseTo(12, 4);
    // Sum of uniforms on (0, 8) and (0, 16): P(≤ t) = 1 − (24 − t)² / 256 for t ≥ 16.
    expect(present(jittered.latencyMs.p99)).toBeCloseTo(24 - Math.sqrt(2.56), 2);
  });

  it("a rejected call fails at once and is retried like a timeout", () => {
    // No waiting place: rejected with probability ρ / (1 + ρ) at the rate of all attempts.
    const { journey, node } = reportOf(pair({ retries: 1 }, { queueLimit: 0 }, { ratePerSecond: 40 }));
    const { arrivalsPerSecond, rejectedPerSecond } = node("a");
    const blocking = (arrivalsPerSecond * 0.01) / (1 + arrivalsPerSecond * 0.01);
    expect(rejectedPerSecond / arrivalsPerSecond).toBeCloseTo(blocking, 7);
    expect(arrivalsPerSecond).toBeCloseTo(40 * (1 + blocking), 5);
    expect(journey().errorRate).toBeCloseTo(blocking ** 2, 6);
    expect(journey().completedPerSecond).toBeCloseTo(40 * (1 - blocking ** 2), 5);
  });

  it("when all attempts fail a fallback edge answers, wherever it stands in the file", () => {
    const primary: EdgeText = ["s", "a", { timeoutMs: 20 }];
    const fallback: EdgeText = ["s", "b", { condition: "fallback" }];
    for (const edges of [
      [primary, fallback],
      [fallback, primary],
    ]) {
      const { journey, node } = reportOf({
        ...pair({}),
        nodes: [client, ["s", "service", noTime], ["a", "service", serves(10)], ["b", "service", noTime]],
        edges: [["client", "s"], ...edges],
      });
      expect(journey().errorRate).toBeCloseTo(0, 9);
      expect(node("a").arrivalsPerSecond / 1e-6).toBeCloseTo(1, 9);
      expect(node("b").arrivalsPerSecond / 1e-6).toBeCloseTo(Math.exp(-2), 6);
    }
  });

  it("a fallback behind a router's pick answers when the pick fails", () => {
    const { journey, node } = reportOf({
      nodes: [client, ["lb", "load-balancer", noTime], ["a", "service", serves(10)], ["b", "service", noTime]],
      edges: [
        ["client", "lb"],
        ["lb", "a", { timeoutMs: 20 }],
        ["lb", "b", { condition: "fallback" }],
      ],
      ratePerSecond: 1e-6,
    });
    expect(journey().errorRate).toBeCloseTo(0, 9);
    expect(node("b").arrivalsPerSecond / 1e-6).toBeCloseTo(Math.exp(-2), 6);
  });

  it("a call that fails for good fails its visit at once: later orders are not called", () => {
    const { node } = reportOf({
      nodes: [client, ["s", "service", noTime], ["a", "service", serves(10)], ["b", "service", noTime]],
      edges: [
        ["client", "s"],
        ["s", "a", { timeoutMs: 20 }],
        ["s", "b"],
      ],
      ratePerSecond: 1e-6,
    });
    expect(node("b").arrivalsPerSecond / 1e-6).toBeCloseTo(1 - Math.exp(-2), 6);
  });

  it("parallel siblings of a failed call run on, and a quorum fails only when it can no longer be met", () => {
    const branch = (id: string): EdgeText => ["s", id, { order: 1, quorum: 2, timeoutMs: 20 }];
    const { journey, node } = reportOf({
      nodes: [
        client,
        ["s", "service", noTime],
        ["a", "service", serves(10)],
        ["b", "service", serves(10)],
        ["d", "service", serves(10)],
      ],
      edges: [["client", "s"], branch("a"), branch("b"), branch("d")],
      ratePerSecond: 1e-6,
    });
    const f = Math.exp(-2);
    expect(journey().errorRate).toBeCloseTo(3 * f ** 2 * (1 - f) + f ** 3, 6);
    for (const id of ["a", "b", "d"]) expect(node(id).arrivalsPerSecond / 1e-6).toBeCloseTo(1, 9);
  });
});

describe("over capacity", () => {
  const shared: DesignText = {
    nodes: [client, ["a", "service", serves(10)], ["b", "service", serves(1)]],
    edges: [
      ["client", "a"],
      ["a", "b"],
    ],
    journeys: [
      { id: "x", source: "client", ratePerSecond: 60 },
      { id: "y", source: "client", ratePerSecond: 20 },
    ],
  };

  it("a node completes at its capacity, shared in proportion; what stands behind sees only what got through", () => {
    const { node, journey, report } = reportOf(shared, { load: 2 });
    expect(node("a").completedPerSecond).toBeCloseTo(100, 9);
    expect(node("a").backlogGrowthPerSecond).toBeCloseTo(60, 9);
    expect(node("b").arrivalsPerSecond).toBeCloseTo(100, 9);
    expect(journey("x").completedPerSecond).toBeCloseTo(75, 9);
    expect(journey("y").completedPerSecond).toBeCloseTo(25, 9);
    expect(journey("x").errorRate).toBeCloseTo(0, 9);
    expect(report.maxLoad).toBeCloseTo(1.25, 9);
  });

  it("a saturated system has no steady state: latencies are null with saturated true, rates stay finite", () => {
    const { node, journey } = reportOf(shared, { load: 2 });
    expect(node("a")).toMatchObject({ saturated: true, utilization: 1, queueLength: null });
    expect(node("a").waitMs).toEqual({ mean: null, p99: null });
    expect(node("a").residenceMs).toEqual({ mean: null, p99: null });
    expect(journey("x").latencyMs).toEqual({ mean: null, p50: null, p90: null, p95: null, p99: null, p999: null });
    expect(journey("x")).toMatchObject({ saturated: true, meetsTargets: true });
    expect(node("b").saturated).toBe(false);
    expect(present(node("b").waitMs.mean)).toBeGreaterThan(0);
  });

  it("breaksFirst is in order as load grows, and maxLoad from unclipped flows", () => {
    const { report, journey } = reportOf(shared, { load: 5 });
    expect(report.breaksFirst).toEqual(["a", "b"]);
    expect(report.breakingLoads.map(({ load }) => Number(load.toPrecision(9)))).toEqual([1.25, 12.5]);
    expect(journey("x").maxPerSecond).toBeCloseTo(75, 9);
    expect(journey("x").bottleneck).toBe("a");
  });

  it("maxLoadWithinTargets is where a target is just met: p99 of M/M/1 at 92.1 ms is load 0.5 of capacity", () => {
    const limit = 20 * Math.log(100);
    const text: DesignText = {
      ...shared,
      nodes: [client, ["a", "service", serves(10)]],
      edges: [["client", "a"]],
      journeys: [{ id: "x", source: "client", ratePerSecond: 25, latencyTargets: [{ percentile: 99, ms: limit }] }],
    };
    expect(Math.abs(present(reportOf(text).report.maxLoadWithinTargets) / 2 - 1)).toBeLessThan(2e-4);
    expect(reportOf(text).journey("x").targets[0]).toMatchObject({ met: true });
    expect(reportOf(text, { load: 2.1 }).journey("x").meetsTargets).toBe(false);
  });
});
