import { describe, expect, it } from "vitest";
import { client, type DesignText, type EdgeText, present, reportOf, serves } from "./design-reports.ts";

const noTime = serves(1e-6);

/** s calls a (M/M/1 of 10 ms) over one edge. */
function pair(edge: object, ratePerSecond: number, more: readonly EdgeText[] = [], caller: object = {}): DesignText {
  return {
    nodes: [client, ["s", "service", { ...noTime, ...caller }], ["a", "service", serves(10)], ["b", "service", noTime]],
    edges: [["client", "s"], ["s", "a", edge], ...more],
    ratePerSecond,
    scenarios: [
      { id: "out", effects: [{ type: "errors", target: "a", amount: 1 }] },
      { id: "ill", effects: [{ type: "errors", target: "a", amount: 0.05 }] },
    ],
  };
}

describe("circuit breakers", () => {
  it("comfortably below their threshold change no number", () => {
    for (const scenario of [undefined, "ill"]) {
      const options = scenario === undefined ? {} : { scenario };
      const without = reportOf(pair({ timeoutMs: 200, retries: 1 }, 50), options).report;
      const { report, edge } = reportOf(pair({ timeoutMs: 200, retries: 1, circuitBreaker: true }, 50), options);
      expect(edge("s-a").circuitBreaker).toMatchObject({ refusedShare: 0, rejectedPerSecond: 0, meanClosedMs: null });
      expect(report.journeys).toEqual(without.journeys);
      // A breaker also ends what makes retries dangerous.
      const figures = (nodes: typeof report.nodes) =>
        nodes.map(({ retryZone: _zone, retrySafeUpToLoad: _safe, retryStableUpToLoad: _stable, ...rest }) => rest);
      expect(figures(report.nodes)).toEqual(figures(without.nodes));
      expect(report.warnings).toEqual([]);
    }
  });

  it("while the callee is out only probes reach it: one in 5 s and the time to the next call", () => {
    const { node, edge, journey } = reportOf(pair({ circuitBreaker: true }, 50), { scenario: "out" });
    const probes = 1 / 5.02;
    expect(node("a").arrivalsPerSecond).toBeCloseTo(probes, 5);
    expect(edge("s-a").callsPerSecond).toBeCloseTo(probes, 5);
    expect(edge("s-a").circuitBreaker?.rejectedPerSecond).toBeCloseTo(50 - probes, 5);
    expect(edge("s-a").circuitBreaker?.failureRatio).toBe(1);
    expect(journey().errorRate).toBeCloseTo(1, 9);
  });

  it("has one in every instance of the caller", () => {
    const text = pair({ circuitBreaker: true }, 50, [], { instances: 5 });
    expect(reportOf(text, { scenario: "out" }).node("a").arrivalsPerSecond).toBeCloseTo(5 / 5.1, 5);
  });

  it("what it refuses fails at once, is retried, and may have a fallback", () => {
    const fallback: EdgeText = ["s", "b", { condition: "fallback" }];
    const edge = { circuitBreaker: { openMs: 1e9 }, retries: 2, backoffMs: 8, jitter: false };
    const { journey, node } = reportOf(pair(edge, 50, [fallback]), { scenario: "out" });
    expect(journey().errorRate).toBeCloseTo(0, 9);
    // Two pauses, of 8 and 16 ms, between three refusals.
    expect(journey().latencyMs.p50).toBeCloseTo(24, 3);
    expect(node("b").arrivalsPerSecond).toBeCloseTo(50, 6);
    expect(node("a").arrivalsPerSecond).toBeLessThan(1e-3);
  });

  it("keeps a callee that is offered too much from drowning in calls that time out", () => {
    const calls = { timeoutMs: 100, retries: 2 };
    const drowned = reportOf(pair(calls, 150));
    expect(drowned.node("a").saturated).toBe(true);
    const { node, edge, journey, report } = reportOf(pair({ ...calls, circuitBreaker: true }, 150));
    const refused = present(edge("s-a").circuitBreaker?.refusedShare ?? null);
    expect(node("a").saturated).toBe(false);
    expect(refused).toBeGreaterThan(0.3);
    expect(refused).toBeLessThan(1);
    expect(journey().errorRate).toBeGreaterThan(refused - 1e-9);
    expect(journey().completedPerSecond).toBeGreaterThan(drowned.journey().completedPerSecond);
    expect(report.warnings.filter((warning) => warning.includes("settle"))).toEqual([]);
    expect(journey().exactness.kind).toBe("approximation");
  });
});
