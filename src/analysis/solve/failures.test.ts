import { describe, expect, it } from "vitest";
import { quantile } from "../latency/quantile.ts";
import { choice, delay, ModelBuilder, parallel, sequence, work } from "../model/build-model.ts";
import type { AnalysisModel, Program } from "../model/program.ts";
import { prepareModel } from "./prepare-model.ts";
import { solveModel } from "./solve-model.ts";

function solve(model: AnalysisModel, load = 1) {
  const result = prepareModel(model);
  if (!result.ok) throw new Error(`unbounded: ${result.problem.nodeIds.join(" ")}`);
  return solveModel(result.value, load);
}

function lawOf(solution: ReturnType<typeof solve>, journey = 0) {
  const law = solution.journeys[journey]?.law;
  if (law === null || law === undefined) throw new Error("no law");
  return law;
}

const reject = (probability: number): Program => ({ op: "reject", probability });
const fallback = (attempt: Program, otherwise: Program): Program => ({ op: "fallback", attempt, otherwise });

describe("over capacity", () => {
  it("completes at capacity, shares it in proportion, and what stands behind sees only what got through", () => {
    const builder = new ModelBuilder();
    const front = builder.station("front", { serviceMs: 10 });
    const entries = [0, 1].map((journey) => {
      const behind = builder.server(`behind-${journey}`, { serviceMs: 1 }, undefined, journey);
      return builder.routine("front", sequence(work(front, 10), builder.call(behind)), journey);
    });
    builder.journey(150, entries[0] ?? 0);
    builder.journey(50, entries[1] ?? 0);
    const solution = solve(builder.build());
    const [station, first, second] = solution.stations;
    expect(station?.saturated).toBe(true);
    expect(station?.offeredUtilization).toBeCloseTo(2, 12);
    expect(station?.utilization).toBe(1);
    expect(station?.completedPerSecond).toBeCloseTo(100, 9);
    expect(station?.backlogGrowthPerSecond).toBeCloseTo(100, 9);
    expect(first?.arrivalsPerSecond).toBeCloseTo(75, 9);
    expect(second?.arrivalsPerSecond).toBeCloseTo(25, 9);
    expect(solution.journeys.map(({ law }) => law)).toEqual([null, null]);
    expect(solution.journeys[0]?.completedPerSecond).toBeCloseTo(75, 9);
    expect(solution.journeys[0]?.errorRate).toBe(0);
    expect(solution.warnings).toEqual([]);
  });

  it("never calls later orders for requests that stand in a backlog", () => {
    const builder = new ModelBuilder();
    const slow = builder.server("slow", { serviceMs: 20 });
    const later = builder.server("later", { serviceMs: 1 });
    const api = builder.server("api", { serviceMs: 1 }, sequence(builder.call(slow), builder.call(later)));
    builder.journey(200, api);
    const solution = solve(builder.build());
    expect(solution.stations[0]?.arrivalsPerSecond).toBeCloseTo(200, 9);
    expect(solution.stations[1]?.arrivalsPerSecond).toBeCloseTo(50, 9);
    expect(solution.journeys[0]?.completedPerSecond).toBeCloseTo(50, 9);
  });

  it("a timeout with a fallback answers although the dependency is saturated", () => {
    const builder = new ModelBuilder();
    const slow = builder.server("slow", { serviceMs: 20 });
    const spare = builder.server("spare", { serviceMs: 1 });
    const api = builder.routine("api", fallback(builder.call(slow, { timeoutMs: 100 }), builder.call(spare)));
    builder.journey(200, api);
    const solution = solve(builder.build());
    // All attempts time out in the long run, and all are answered by the spare: 100 ms and an M/M/1 of 1 ms at 0.2.
    expect(solution.stations[0]?.saturated).toBe(true);
    expect(solution.stations[1]?.arrivalsPerSecond).toBeCloseTo(200, 9);
    expect(lawOf(solution).meanMs).toBeCloseTo(100 + 1 / 0.8, 9);
    expect(solution.journeys[0]?.errorRate).toBe(0);
    expect(solution.journeys[0]?.completedPerSecond).toBeCloseTo(200, 9);
  });
});

describe("a queue limit", () => {
  it("rejects as M/M/1/K says, and rejected requests fail their visit", () => {
    const builder = new ModelBuilder();
    const behind = builder.server("behind", { serviceMs: 1 });
    const limited = builder.server("limited", { serviceMs: 10, queueLimit: 4 });
    const api = builder.routine("api", sequence(builder.call(limited), builder.call(behind)));
    builder.journey(120, api);
    const solution = solve(builder.build());
    const rho = 1.2;
    const blocked = ((1 - rho) * rho ** 5) / (1 - rho ** 6);
    const limitedResult = solution.stations[1];
    expect(limitedResult?.saturated).toBe(false);
    expect(limitedResult?.rejectedPerSecond).toBeCloseTo(120 * blocked, 6);
    expect(limitedResult?.completedPerSecond).toBeCloseTo(120 * (1 - blocked), 6);
    expect(limitedResult?.arrivalsPerSecond).toBeCloseTo(120, 9);
    expect(solution.stations[0]?.arrivalsPerSecond).toBeCloseTo(120 * (1 - blocked), 6);
    expect(solution.journeys[0]?.errorRate).toBeCloseTo(blocked, 8);
    expect(solution.journeys[0]?.law).not.toBeNull();
  });

  it("with retries the attempts arrive at the callee", () => {
    const builder = new ModelBuilder();
    const limited = builder.server("limited", { serviceMs: 10, queueLimit: 2 });
    builder.journey(80, builder.routine("api", builder.call(limited, { retries: 2 })));
    const solution = solve(builder.build());
    const arrivals = solution.stations[0]?.arrivalsPerSecond ?? 0;
    const rejected = (solution.stations[0]?.rejectedPerSecond ?? 0) / arrivals;
    expect(arrivals).toBeCloseTo(80 * (1 + rejected + rejected ** 2), 6);
    expect(solution.journeys[0]?.errorRate).toBeCloseTo(rejected ** 3, 8);
    expect(solution.calls[0]?.attemptsPerSecond).toBeCloseTo(arrivals, 9);
  });

  it("rejecting callees take load off what is called later, and the fixed point settles", () => {
    const builder = new ModelBuilder();
    const [a, b] = [0, 1].map((index) => builder.station(`s${index}`, { serviceMs: 10, queueLimit: 1 }));
    const visit = (station: number | undefined, journey: number) =>
      builder.routine(`s${station ?? 0}`, work(station ?? 0, 10), journey);
    const entries = [
      builder.routine("x", sequence(builder.call(visit(a, 0)), builder.call(visit(b, 0))), 0),
      builder.routine("y", sequence(builder.call(visit(b, 1)), builder.call(visit(a, 1))), 1),
    ];
    for (const entry of entries) builder.journey(300, entry);
    const solution = solve(builder.build());
    expect(solution.warnings).toEqual([]);
    expect(solution.stations[0]?.arrivalsPerSecond).toBeCloseTo(solution.stations[1]?.arrivalsPerSecond ?? 0, 6);
    // x arrives at the first with 300, at the second with what the first completed of it.
    const arrivals = solution.stations[0]?.arrivalsPerSecond ?? 0;
    const completed = (solution.stations[0]?.completedPerSecond ?? 0) / arrivals;
    expect(arrivals).toBeCloseTo(300 + 300 * completed, 6);
  });
});

describe("timeouts and retries", () => {
  it("an attempt ends at its timeout, and the law is the mixture over attempts", () => {
    const builder = new ModelBuilder();
    const server = builder.routine("server", delay(10, 1));
    builder.journey(
      1,
      builder.routine("api", builder.call(server, { timeoutMs: 20, retries: 1, backoffMs: 5, networkMs: 2 })),
    );
    const solution = solve(builder.build());
    // T exponential of 10 ms behind 2 ms of network: in time with F = 1 − e^(−1.8).
    const late = Math.exp(-1.8);
    const inTime = 1 - late;
    const truncated = 2 + 10 - (18 * late) / inTime;
    const answered = inTime * (1 + late);
    expect(solution.journeys[0]?.errorRate).toBeCloseTo(late ** 2, 7);
    expect(solution.calls[0]?.attemptsPerSecond).toBeCloseTo(1 + late, 7);
    const mean = (inTime * truncated + late * inTime * (25 + truncated)) / answered;
    expect(lawOf(solution).meanMs).toBeCloseTo(mean, 4);
    // P(T ≤ 20): only the first attempt.
    expect(quantile(lawOf(solution), inTime / answered - 1e-6)).toBeLessThan(20.001);
    expect(quantile(lawOf(solution), inTime / answered + 1e-6)).toBeGreaterThan(26.99);
  });

  it("reports the low branch of M/M/1 with retries, and the vulnerable zone", () => {
    const solved = (rate: number) => {
      const builder = new ModelBuilder();
      const server = builder.server("server", { serviceMs: 1 });
      builder.journey(rate * 1000, builder.routine("api", builder.call(server, { timeoutMs: 10, retries: 3 })));
      return solve(builder.build());
    };
    const half = solved(0.5);
    // x = λ(1 + f + f² + f³) with f = e^(−(1 − x)10): the low root is 0.5035.
    const x = (half.stations[0]?.arrivalsPerSecond ?? 0) / 1000;
    const f = Math.exp(-(1 - x) * 10);
    expect(x).toBeCloseTo(0.5 * (1 + f + f ** 2 + f ** 3), 7);
    expect(x).toBeCloseTo(0.5035, 4);
    expect(half.warnings.join(" ")).toContain("server is in the vulnerable zone");
    expect(solved(0.2).warnings).toEqual([]);
    // The low branch ends at 0.6937; above it everything times out and is tried four times.
    expect(solved(0.69).stations[0]?.saturated).toBe(false);
    const collapsed = solved(0.7);
    expect(collapsed.stations[0]?.saturated).toBe(true);
    expect(collapsed.stations[0]?.arrivalsPerSecond).toBeCloseTo(2800, 6);
    expect(collapsed.journeys[0]?.errorRate).toBeCloseTo(1, 9);
  });

  it("a hedge takes the faster of two, and loads the callee with those it starts", () => {
    const builder = new ModelBuilder();
    const server = builder.routine("server", delay(10, 1));
    builder.journey(1, builder.routine("api", builder.call(server, { hedgeAfterMs: 20 })));
    const solution = solve(builder.build());
    const started = Math.exp(-2);
    expect(solution.calls[0]?.attemptsPerSecond).toBeCloseTo(1 + started, 8);
    // E[min(T, 20 + T')] = 10(1 − e⁻²) + e⁻² · 5.
    expect(lawOf(solution).meanMs).toBeCloseTo(10 * (1 - started) + started * 5, 4);
  });

  it.each([
    [5, 1.62, 7.38],
    [10, 0.91, 12.26],
  ])("a hedge after %s of exponential times, 1 %% of them a hundred times longer, costs %s %% more calls", (...row) => {
    const [afterMs, percent, p999] = row;
    const builder = new ModelBuilder();
    const target = builder.routine("target", choice([0.99, delay(1, 1)], [0.01, delay(100, 1)]));
    builder.journey(100, builder.routine("api", builder.call(target, { hedgeAfterMs: afterMs })));
    const solution = solve(builder.build());
    expect((solution.calls[0]?.attemptsPerSecond ?? 0) - 100).toBeCloseTo(percent, 2);
    expect(quantile(lawOf(solution), 0.999)).toBeCloseTo(p999, 2);
  });

  it("a circuit breaker that never opens changes nothing", () => {
    const builder = new ModelBuilder();
    const server = builder.server("server", { serviceMs: 1 });
    const circuitBreaker = {
      instances: 1,
      failureRatio: 0.5,
      minimumCalls: 10,
      windowMs: 1000,
      openMs: 1000,
      halfOpenCalls: 1,
    };
    builder.journey(1, builder.routine("api", builder.call(server, { circuitBreaker })));
    const { warnings, breakers, journeys } = solve(builder.build());
    expect(warnings).toEqual([]);
    expect(breakers).toMatchObject([{ edge: 0, admittedShare: 1, rejectedPerSecond: 0, failureRatio: 0 }]);
    expect(journeys[0]?.errorRate).toBe(0);
  });
});

describe("groups", () => {
  function group(needed: number | null, ...branches: readonly Program[]) {
    const builder = new ModelBuilder();
    builder.journey(1, builder.routine("api", parallel(needed, ...branches)));
    return solve(builder.build());
  }
  const exponential = delay(10, 1);

  it("a join waits for the slowest: the harmonic sum of exponentials", () => {
    expect(lawOf(group(null, exponential, exponential, exponential)).meanMs).toBeCloseTo(10 * (1 + 1 / 2 + 1 / 3), 4);
  });

  it("a quorum of 2 of 3 takes (H₃ − H₁)/μ", () => {
    expect(lawOf(group(2, exponential, exponential, exponential)).meanMs).toBeCloseTo(8.3333333, 4);
  });

  it("a quorum fails when it can no longer be met", () => {
    const risky = sequence(reject(0.1), exponential);
    const solution = group(2, risky, risky, risky);
    expect(solution.journeys[0]?.errorRate).toBeCloseTo(3 * 0.1 ** 2 * 0.9 + 0.1 ** 3, 12);
    // Two of three with probability .729, both of two with 3 · .081.
    const mean = (0.729 * 10 * (1 / 2 + 1 / 3) + 0.243 * 10 * (1 + 1 / 2)) / 0.972;
    expect(lawOf(solution).meanMs).toBeCloseTo(mean, 4);
  });

  it("a join fails when one branch does, and its siblings still run", () => {
    const builder = new ModelBuilder();
    const sibling = builder.server("sibling", { serviceMs: 1 });
    const later = builder.server("later", { serviceMs: 1 });
    const visit = sequence(parallel(null, reject(0.25), builder.call(sibling)), builder.call(later));
    builder.journey(100, builder.routine("api", visit));
    const solution = solve(builder.build());
    expect(solution.stations[0]?.arrivalsPerSecond).toBeCloseTo(100, 9);
    expect(solution.stations[1]?.arrivalsPerSecond).toBeCloseTo(75, 9);
    expect(solution.journeys[0]?.errorRate).toBeCloseTo(0.25, 12);
  });

  it("a message that fails is sent again, and nobody waits for it", () => {
    const builder = new ModelBuilder();
    const consumer = builder.server("consumer", { serviceMs: 2 }, reject(0.25));
    builder.journey(100, builder.routine("api", sequence(delay(4), builder.send(consumer, { retries: 2 }))));
    const solution = solve(builder.build());
    expect(solution.stations[0]?.arrivalsPerSecond).toBeCloseTo(100 * (1 + 0.25 + 0.0625), 9);
    expect(lawOf(solution).meanMs).toBe(4);
    expect(solution.journeys[0]?.errorRate).toBe(0);
  });

  it("a fallback answers what failed", () => {
    const builder = new ModelBuilder();
    const spare = builder.server("spare", { serviceMs: 10 });
    builder.journey(50, builder.routine("api", fallback(sequence(delay(4), reject(0.2)), builder.call(spare))));
    const solution = solve(builder.build());
    expect(solution.stations[0]?.arrivalsPerSecond).toBeCloseTo(10, 9);
    expect(solution.journeys[0]?.errorRate).toBe(0);
    expect(lawOf(solution).meanMs).toBeCloseTo(4 + 0.2 * (10 / 0.9), 9);
    expect(solution.journeys[0]?.paths.map(({ share }) => share)).toEqual([0.8, 0.2]);
  });
});
