import { describe, expect, it } from "vitest";
import { circuitBreakerCycle } from "#src/analysis/limiting/circuit-breaker.ts";
import { simulatedBreaker } from "./call-simulation.ts";
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

const usual = { instances: 1, failureRatio: 0.5, minimumCalls: 20, windowMs: 10_000, openMs: 5000, halfOpenCalls: 1 };
const strict = { instances: 1, failureRatio: 0.2, minimumCalls: 50, windowMs: 1000, openMs: 1000, halfOpenCalls: 5 };

describe("the cycle of a circuit breaker", () => {
  it.each([
    [usual, 10, 0.3, 10, 0.005],
    [usual, 10, 0.35, 10, 0.02],
    [usual, 10, 0.4, 10, 0.05],
    [usual, 10, 0.45, 10, 0.12],
    [usual, 10, 0.5, 10, 0.08],
    [usual, 10, 0.6, 10, 0.05],
    [usual, 10, 0.8, 10, 0.05],
    [usual, 10, 0.95, 10, 0.08],
    [usual, 10, 1, 10, 0.02],
    [usual, 100, 0.4, 10, 0.005],
    [usual, 100, 0.5, 10, 0.12],
    [usual, 100, 0.7, 10, 0.1],
    [usual, 2, 0.4, 10, 0.1],
    [usual, 2, 0.5, 10, 0.05],
    [usual, 2, 0.7, 10, 0.12],
    [usual, 2, 1, 10, 0.02],
    // Fewer calls in a window than have to be counted, on average.
    [usual, 1.5, 0.7, 10, 0.16],
    [usual, 1.5, 1, 10, 0.02],
    [strict, 100, 0.05, 10, 0.005],
    [strict, 100, 0.1, 10, 0.02],
    [strict, 100, 0.15, 10, 0.12],
    [strict, 100, 0.2, 10, 0.1],
    [strict, 100, 0.3, 10, 0.1],
    [strict, 100, 0.6, 10, 0.1],
    [strict, 50, 0.1, 100, 0.06],
    [strict, 50, 0.3, 100, 0.12],
    [usual, 100, 1, 1000, 0.08],
  ] as const)(
    "%j at %s calls/s of which %s fail after %s ms lets through what a simulated one does, within %s",
    (...row) => {
      const [breaker, ratePerSecond, failureRatio, meanResultMs, tolerance] = row;
      const load = { ratePerSecond, failureRatio, meanResultMs };
      const { admittedShare } = circuitBreakerCycle(breaker, load);
      expect(
        Math.abs(admittedShare / simulatedBreaker(breaker, load, 20_000 * Math.min(100, 20 * ratePerSecond), 5) - 1),
      ).toBeLessThan(tolerance);
    },
  );
});
