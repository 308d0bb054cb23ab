import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { quantiles } from "../latency/quantile.ts";
import { tail } from "../latency/tail.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import { waitProbabilityErlangM1, waitProbabilityErlangMMc } from "./erlang-arrivals.ts";
import { erlangC, meanWaitMMc } from "./erlang-c.ts";
import { solveMDc, waitTailMDc } from "./m-d-c.ts";
import { waitingLawMDc } from "./m-d-c-waiting-law.ts";
import { solveMPHc } from "./m-ph-c.ts";
import { waitingLawMPHc, waitTermsMPHc } from "./m-ph-c-waiting-law.ts";
import { waitTailMD1 } from "./md1-waiting-tail.ts";
import { meanWaitMG1, secondMomentOfWaitMG1 } from "./mg1.ts";
import { waitingLawMG1 } from "./mg1-waiting-law.ts";
import { solveMGcNumerically } from "./mgc-numerical.ts";
import { erlangPhases, hyperexponentialPhases } from "./phase-type.ts";
import { solveStation } from "./station.ts";

const LOADS = [0.05, 0.5, 0.9, 0.9999];

function phasesOf(scv: number) {
  return scv > 1 ? hyperexponentialPhases(scv) : erlangPhases(Math.round(1 / scv));
}

/** P(T > ms) by inversion of the transform, without the closed tail. */
function invertedTail(law: LatencyLaw, ms: number): number {
  const pieces = law.pieces.map(({ smoothTail: _, ...piece }) => piece);
  return tail({ ...law, pieces }, ms);
}

describe("M/PH/c", () => {
  test.each([0.2, 0.5, 2, 9, 400])("one server is M/G/1 with c² = %d", (scv) => {
    for (const rho of LOADS) {
      const queue = solveMPHc(1, rho, phasesOf(scv));
      expect(Math.abs(queue.waitProbability / rho - 1)).toBeLessThan(1e-9);
      expect(Math.abs(queue.meanWait / meanWaitMG1(rho, Math.sqrt(scv)) - 1)).toBeLessThan(1e-9);
      const second = secondMomentOfWaitMG1(rho, Math.sqrt(scv));
      expect(Math.abs(queue.secondMomentOfWait / second - 1)).toBeLessThan(1e-8);
    }
  });

  test.each([0.5, 4])("one server has the waiting law of M/G/1 with c² = %d", (scv) => {
    const queue = solveMPHc(1, 0.8, phasesOf(scv));
    const law = waitingLawMPHc(queue, () => waitTermsMPHc(1, 0.8, phasesOf(scv), queue), 10);
    const expected = waitingLawMG1(0.8, Math.sqrt(scv), 10);
    for (const ms of [1, 10, 50, 200]) {
      expect(Math.abs(tail(law, ms) - tail(expected, ms))).toBeLessThan(1e-8);
      expect(Math.abs(invertedTail(law, ms) - tail(law, ms))).toBeLessThan(1e-8);
    }
  });

  test.each([1, 2, 5, 16])("%d servers tend to M/M/c", (servers) => {
    for (const rho of LOADS) {
      for (const scv of [1, 1 + 1e-10]) {
        const queue = solveMPHc(servers, rho, phasesOf(scv));
        expect(Math.abs(queue.waitProbability / erlangC(servers, servers * rho) - 1)).toBeLessThan(1e-9);
        expect(Math.abs(queue.meanWait / meanWaitMMc(servers, servers * rho) - 1)).toBeLessThan(1e-9);
      }
      if (servers === 1 || meanWaitMMc(servers, servers * rho) < 1e-11) continue;
      const below = solveMGcNumerically(servers, rho, 1 - 1e-10);
      expect(Math.abs((below?.meanWait ?? 0) / meanWaitMMc(servers, servers * rho) - 1)).toBeLessThan(1e-9);
    }
  });

  test.each([2, 5, 16])("the exponentials add up to the probability and the moments with %d servers", (servers) => {
    for (const rho of LOADS) {
      for (const scv of [0.5, 1.001, 2, 36, 400]) {
        const queue = solveMPHc(servers, rho, phasesOf(scv));
        const terms = waitTermsMPHc(servers, rho, phasesOf(scv), queue);
        if (queue.waitProbability < 1e-9) continue;
        const sum = (f: (weight: number, rate: number) => number): number =>
          terms.reduce((total, { weight, rate }) => total + f(weight, rate), 0);
        expect(terms).toHaveLength(servers + 1);
        expect(Math.abs(sum((weight) => weight) / queue.waitProbability - 1)).toBeLessThan(1e-7);
        expect(Math.abs(sum((weight, rate) => weight / rate) / queue.meanWait - 1)).toBeLessThan(1e-7);
        const second = sum((weight, rate) => (2 * weight) / (rate * rate));
        expect(Math.abs(second / queue.secondMomentOfWait - 1)).toBeLessThan(1e-7);
      }
    }
  });
});

describe("M/D/c", () => {
  test.each([0.01, 0.3, 0.7, 0.95, 0.9999])("one server is M/D/1 at ρ = %d", (rho) => {
    const queue = solveMDc(1, rho);
    expect(Math.abs(queue.waitProbability / rho - 1)).toBeLessThan(1e-12);
    expect(Math.abs(queue.meanWait / meanWaitMG1(rho, 0) - 1)).toBeLessThan(1e-9);
    expect(Math.abs(queue.secondMomentOfWait / secondMomentOfWaitMG1(rho, 0) - 1)).toBeLessThan(1e-9);
    const expected = waitTailMD1(rho);
    for (const t of [0, 0.3, 0.999, 1, 1.5, 5.2, 3 / (1 - rho)]) {
      expect(Math.abs(waitTailMDc(queue, t) - expected(t))).toBeLessThan(1e-9 * expected(t) + 1e-15);
    }
  });

  test.each([
    [3, 0.3],
    [5, 0.7],
    [16, 0.95],
    [64, 0.9],
    [64, 0.999],
  ])("%d servers at ρ = %d: tail, transform and moments agree", (servers, rho) => {
    const queue = solveMDc(servers, rho);
    const law = waitingLawMDc(queue, 1);
    const end = 40 / (servers * (1 - rho)) + 3;
    const steps = 20_000;
    let integral = 0;
    let last = 1;
    for (let k = 0; k < steps; k += 1) {
      const value = waitTailMDc(queue, ((k + 0.5) * end) / steps);
      expect(value).toBeLessThanOrEqual(last * (1 + 1e-12));
      integral += (value * end) / steps;
      last = value;
    }
    expect(Math.abs(integral / queue.meanWait - 1)).toBeLessThan(1e-4);
    for (const t of [0.1, 0.4, 0.8, 1.3, 2.6]) {
      expect(Math.abs(invertedTail(law, t) - tail(law, t))).toBeLessThan(1e-6);
    }
  });
});

test("any load and variability: finite, monotone tails, between no wait and certainty", () => {
  const anyLoad = fc.oneof(fc.constant(0.9999), fc.double({ min: 1e-4, max: 0.9999, noNaN: true }));
  const anyVariability = fc.oneof(fc.constantFrom(0, 0.5, 20), fc.double({ min: 1e-3, max: 20, noNaN: true }));
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 16 }), anyLoad, anyVariability, (servers, rho, variability) => {
      const queue = solveMGcNumerically(servers, rho, variability);
      if (queue === null) {
        // Nothing is left to a formula but waits that nobody can measure.
        expect(meanWaitMMc(servers, servers * rho)).toBeLessThan(1e-11);
        return;
      }
      expect(queue.waitProbability).toBeGreaterThan(0);
      expect(queue.waitProbability).toBeLessThanOrEqual(1);
      expect(queue.meanWait).toBeGreaterThan(0);
      expect(queue.secondMomentOfWait).toBeGreaterThan(queue.meanWait * queue.meanWait);
      const law = queue.waitingLaw?.(1) ?? null;
      if (law === null) return;
      let last = queue.waitProbability * (1 + 1e-6);
      for (let k = 0; k <= 40; k += 1) {
        const value = tail(law, (k * k * law.meanMs) / 50);
        expect(value).toSatisfy((n: number) => n >= 0 && n <= last + 1e-12);
        last = value;
      }
      const [p50 = Number.NaN, p999 = Number.NaN] = quantiles(law, [0.5, 0.999]);
      expect(p50).toBeLessThanOrEqual(p999);
    }),
    { numRuns: 150 },
  );
});

/**
 * Simulated with gamma service, 6·10⁷ arrivals; half widths of 95 % (mean wait), in units of the service time.
 */
test.each([
  [4, 0.5, 0.75, 0.077813, 0.000209, 0.172758],
  [4, 0.7, 0.75, 0.315746, 0.000819, 0.426418],
  [10, 0.7, 0.75, 0.066078, 0.000228, 0.219574],
  [4, 0.9, 0.6, 1.578966, 0.007648, 0.785241],
  [4, 0.7, 0.36, 0.251074, 0.00065, 0.420838],
])("gamma service: %d servers, ρ = %d, c² = %d", (servers, rho, scv, meanWait, halfWidth, waitProbability) => {
  const queue = solveMGcNumerically(servers, rho, Math.sqrt(scv));
  expect(queue?.exactness.kind).toBe("approximation");
  expect(Math.abs((queue?.meanWait ?? 0) - meanWait)).toBeLessThan(1.5 * halfWidth);
  expect(Math.abs((queue?.waitProbability ?? 0) / waitProbability - 1)).toBeLessThan(0.004);
});

test.each([3, 4, 5])("below c² = 1 the waits between exact neighbours are right for Erlang-%d service", (phases) => {
  for (const servers of [2, 3, 4]) {
    for (const rho of [0.3, 0.5, 0.7, 0.9]) {
      const exact = solveMPHc(servers, rho, erlangPhases(phases));
      // Next to a whole shape, so that it is not solved as one.
      const found = solveMGcNumerically(servers, rho, Math.sqrt((1 + 1e-6) / phases));
      expect(found?.exactness.model).toContain("between");
      expect(Math.abs((found?.meanWait ?? 0) / exact.meanWait - 1)).toBeLessThan(0.004);
      expect(Math.abs((found?.waitProbability ?? 0) / exact.waitProbability - 1)).toBeLessThan(0.005);
      expect(Math.abs((found?.secondMomentOfWait ?? 0) / exact.secondMomentOfWait - 1)).toBeLessThan(0.015);
    }
  }
});

describe("where formulas take over", () => {
  const station = (servers: number, rho: number, serviceVariability: number) =>
    solveStation({
      arrivalRatePerSecond: servers * rho,
      serviceTimeMs: 1000,
      serviceVariability,
      servers,
      queues: 1,
      dispatch: "shared-queue",
      queueLimit: null,
    });

  /** Largest error of Kimura 1986 and Whitt 1993 from ρ = 0.7 up, in percent. */
  test.each([
    [0.5, 1.6],
    [Math.SQRT1_2, 1.6],
    [Math.SQRT2, 2.8],
    [2, 2.3],
    [3, 30],
  ])("17 servers by formula are near 17 servers solved, and wait less than 16, at variability %d", (v, percent) => {
    for (const rho of [0.7, 0.8, 0.9, 0.99]) {
      const formula = station(17, rho, v);
      const solved = solveMGcNumerically(17, rho, v, 32);
      expect(solved?.exactness.model).not.toBe(formula.exactness.model);
      const apart = Math.abs((formula.meanWaitMs ?? 0) / (1000 * (solved?.meanWait ?? 1)) - 1);
      expect(apart * 100).toBeLessThan(percent);
      const fewer = station(16, (rho * 16.5) / 17, v);
      const more = station(17, (rho * 16 * 16.5) / 17 / 17, v);
      expect(more.meanWaitMs ?? 0).toBeLessThan(fewer.meanWaitMs ?? 0);
    }
  });

  test("constant service is solved up to 64 servers", () => {
    expect(station(64, 0.9, 0).exactness).toMatchObject({ kind: "exact", model: "M/D/c" });
    const formula = station(65, 0.9, 0);
    expect(formula.exactness.kind).toBe("approximation");
    const apart = Math.abs((formula.meanWaitMs ?? 0) / (solveMDc(65, 0.9).meanWait * 1000) - 1);
    expect(apart).toBeLessThan(0.01);
  });
});

describe("E_N/M/c", () => {
  test("one phase is M/M/c, one server is E_N/M/1", () => {
    for (const [servers, rho] of [
      [5, 0.7],
      [16, 0.99],
      [10_000, 0.99],
      [100, 0.1],
    ] as const) {
      const expected = erlangC(servers, servers * rho);
      expect(Math.abs(waitProbabilityErlangMMc(1, servers, rho) / expected - 1)).toBeLessThan(1e-9);
    }
    for (const phases of [2, 7, 1000]) {
      const expected = waitProbabilityErlangM1(phases, 0.8);
      expect(Math.abs(waitProbabilityErlangMMc(phases, 1, 0.8) / expected - 1)).toBeLessThan(1e-9);
    }
  });

  test("rare waits are none, not numbers out of range", () => {
    for (const rho of [1e-20, 1e-12, 1e-6, 1e-3, 0.05]) {
      for (const phases of [2, 22, 1000]) {
        const found = waitProbabilityErlangMMc(phases, 3, rho);
        expect(found).toSatisfy((n: number) => n >= 0 && n <= erlangC(3, 3 * rho));
      }
    }
  });

  /** Simulated probabilities of waiting; the last two with constant times between arrivals, the limit of many phases. */
  test.each([
    [2, 4, 0.7, 0.34039],
    [2, 4, 0.9, 0.7422],
    [20_000, 4, 0.7, 0.21731],
    [20_000, 4, 0.9, 0.66514],
  ])("%d phases, %d servers at ρ = %d", (phases, servers, rho, simulated) => {
    expect(Math.abs(waitProbabilityErlangMMc(phases, servers, rho) / simulated - 1)).toBeLessThan(0.003);
  });

  /** Simulated mean wait of E2/M/4, with its half width of 95 %. */
  test.each([
    [0.7, 0.22229, 0.00205],
    [0.9, 1.41028, 0.02297],
  ])("a station fed in turn, at ρ = %d", (rho, simulated, halfWidth) => {
    const solution = solveStation({
      arrivalRatePerSecond: 8 * rho,
      serviceTimeMs: 1000,
      serviceVariability: 1,
      servers: 4,
      queues: 2,
      dispatch: "round-robin",
      queueLimit: null,
    });
    expect(solution.exactness).toMatchObject({ kind: "exact", model: "E_N/M/c (round robin)" });
    expect(Math.abs((solution.meanWaitMs ?? 0) / 1000 - simulated)).toBeLessThan(halfWidth);
  });
});
