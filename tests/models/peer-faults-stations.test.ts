import { expect, test } from "vitest";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import { erlangC } from "#src/analysis/queueing/erlang-c.ts";
import { solveStation } from "#src/analysis/queueing/station.ts";
import { meanWaitOf, relativeError, solveUnitStation } from "./station-cases.ts";

/** Wrong behaviour that is common in simulators of system designs, each with the true value. */

test.each([
  [0.7, 153.5],
  [0.8, 230.3],
  [0.9, 460.5],
  [0.95, 921],
])("fault 1: p99 of M/M/1 with 10 ms service at ρ = %d is that of an exponential sojourn", (rho, shown) => {
  const { sojournLaw } = solveUnitStation({ serviceTimeMs: 10, arrivalRatePerSecond: 100 * rho });
  if (sojournLaw === null) throw new Error("no law");
  const [p99 = Number.NaN] = quantiles(sojournLaw, [0.99]);
  expect(relativeError(p99, (-Math.log(0.01) * 10) / (1 - rho))).toBeLessThan(1e-9);
  expect(Math.abs(p99 - shown)).toBeLessThan(0.1);
});

test("fault 2: waiting follows the variance of the service time (Pollaczek–Khinchine)", () => {
  for (const cv of [0, 0.3, 0.7, 1, 2, 5]) {
    const solution = solveUnitStation({ arrivalRatePerSecond: 0.9, serviceVariability: cv });
    expect(relativeError(meanWaitOf(solution), (0.9 * (1 + cv * cv)) / 0.2)).toBeLessThan(1e-12);
  }
  const steady = solveUnitStation({ serviceTimeMs: 10, arrivalRatePerSecond: 90, serviceVariability: 0.3 });
  expect((steady.meanWaitMs ?? 0) + 10).toBeCloseTo(59.05, 6);
});

test("fault 11: twice the instances are twice the capacity, and waits fall as M/M/c says", () => {
  const load = { arrivalRatePerSecond: 4.5, serviceTimeMs: 200, serviceVariability: 1, queueLimit: null } as const;
  const one = solveStation({ ...load, servers: 1, queues: 1, dispatch: "shared-queue" });
  const two = solveStation({ ...load, servers: 1, queues: 2, dispatch: "shared-queue" });
  expect(one.utilization).toBeCloseTo(0.9, 12);
  expect(two.utilization).toBeCloseTo(0.45, 12);
  expect(one.meanWaitMs).toBeCloseTo(1800, 8);
  expect(two.meanWaitMs).toBeCloseTo((200 * 0.45 ** 2) / (1 - 0.45 ** 2), 8);
  const overload = { ...load, arrivalRatePerSecond: 100, servers: 1, dispatch: "random" } as const;
  expect(solveStation({ ...overload, queues: 3 }).completedPerSecond).toBeCloseTo(15, 9);
  expect(solveStation({ ...overload, queues: 6 }).completedPerSecond).toBeCloseTo(30, 9);
});

test("fault 18: means are means, not averages over a staircase of percentiles", () => {
  const { sojournLaw, meanWaitMs } = solveUnitStation({ serviceTimeMs: 5, arrivalRatePerSecond: 100 });
  expect(sojournLaw?.meanMs).toBeCloseTo(10, 9);
  expect(meanWaitMs).toBeCloseTo(5, 9);
});

test("fault 21: Erlang C is exact, in a stable form, up to 10 000 servers", () => {
  for (const servers of [1, 2, 10, 199, 200, 201, 1000, 10_000]) {
    for (const rho of [0.5, 0.9, 0.99, 0.999]) {
      const offered = servers * rho;
      // The recursion of Erlang B as printed in textbooks, and C from it.
      let blocking = 1;
      for (let k = 1; k <= servers; k += 1) blocking = (offered * blocking) / (k + offered * blocking);
      const expected = blocking / (1 - rho + rho * blocking);
      const found = erlangC(servers, offered);
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * expected);
    }
  }
  expect(erlangC(10, 6)).toBeCloseTo(0.1012992, 7);
  expect(erlangC(3, 2)).toBeCloseTo(4 / 9, 14);
});
