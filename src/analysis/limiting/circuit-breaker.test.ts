import { describe, expect, it } from "vitest";
import { seededRandom } from "#src/base/random.ts";
import type { CircuitBreaker } from "../model/program.ts";
import { type BreakerLoad, circuitBreakerCycle } from "./circuit-breaker.ts";
import { meanPassage, normalLevel } from "./ornstein-uhlenbeck-passage.ts";

/** One breaker, event by event: Poisson calls, each of which fails by itself; the share that it lets through. */
function simulated(breaker: CircuitBreaker, load: BreakerLoad, calls: number): number {
  const random = seededRandom(5);
  const machine: { state: "closed" | "open" | "half-open" } = { state: "closed" };
  let opensUntil = 0;
  let [probes, succeeded, failures, admitted, epoch, oldest, next] = [0, 0, 0, 0, 0, 0, 0];
  let recorded: { at: number; failed: boolean }[] = [];
  const results: { at: number; failed: boolean; epoch: number }[] = [];
  const change = (to: (typeof machine)["state"], now: number): void => {
    machine.state = to;
    epoch++;
    recorded = [];
    [oldest, failures, probes, succeeded] = [0, 0, 0, 0];
    if (to === "open") opensUntil = now + breaker.openMs;
  };
  const learn = (result: { at: number; failed: boolean }): void => {
    if (machine.state === "half-open") {
      if (result.failed) change("open", result.at);
      else if (++succeeded === breaker.halfOpenCalls) change("closed", result.at);
      return;
    }
    recorded.push(result);
    if (result.failed) failures++;
    for (let first = recorded[oldest]; first !== undefined && first.at <= result.at - breaker.windowMs; ) {
      if (first.failed) failures--;
      first = recorded[++oldest];
    }
    const counted = recorded.length - oldest;
    if (counted >= breaker.minimumCalls && failures >= breaker.failureRatio * counted - 1e-9) change("open", result.at);
  };
  let now = 0;
  for (let call = 0; call < calls; call++) {
    now -= (Math.log(1 - random.next()) / load.ratePerSecond) * 1000;
    for (let result = results[next]; result !== undefined && result.at <= now; result = results[++next]) {
      // What was sent before it opened tells it nothing any more.
      if (result.epoch === epoch) learn(result);
    }
    if (machine.state === "open" && now >= opensUntil) change("half-open", now);
    if (machine.state === "open" || (machine.state === "half-open" && probes >= breaker.halfOpenCalls)) continue;
    if (machine.state === "half-open") probes++;
    admitted++;
    results.push({ at: now + load.meanResultMs, failed: random.next() < load.failureRatio, epoch });
  }
  return admitted / calls;
}

const usual = { instances: 1, failureRatio: 0.5, minimumCalls: 20, windowMs: 10_000, openMs: 5000, halfOpenCalls: 1 };
const strict = { instances: 1, failureRatio: 0.2, minimumCalls: 50, windowMs: 1000, openMs: 1000, halfOpenCalls: 5 };

describe("circuit breaker", () => {
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
        Math.abs(admittedShare / simulated(breaker, load, 20_000 * Math.min(100, 20 * ratePerSecond)) - 1),
      ).toBeLessThan(tolerance);
    },
  );

  it("never opens where failures are rare or nothing is called: exactly as if there were none", () => {
    for (const failureRatio of [0, 1e-9, 0.01, 0.1])
      expect(circuitBreakerCycle(usual, { ratePerSecond: 100, failureRatio, meanResultMs: 5 }).admittedShare).toBe(1);
    expect(circuitBreakerCycle(usual, { ratePerSecond: 0, failureRatio: 1, meanResultMs: 5 }).admittedShare).toBe(1);
  });

  it("lets one probe through every open time while all fails, and closes when the probes succeed", () => {
    // The first call after 5 s comes 0.1 s later, its result 10 ms after that.
    const { admittedShare } = circuitBreakerCycle(usual, { ratePerSecond: 10, failureRatio: 1, meanResultMs: 10 });
    expect(admittedShare).toBeCloseTo(1 / (10 * 5.11), 9);
  });

  it("lets through less the more fails, without a step in rate or ratio", () => {
    for (const breaker of [usual, strict]) {
      let before = 1;
      for (let failureRatio = 0.01; failureRatio <= 1; failureRatio += 0.01) {
        const { admittedShare } = circuitBreakerCycle(breaker, { ratePerSecond: 37, failureRatio, meanResultMs: 20 });
        expect(admittedShare).toBeLessThanOrEqual(before + 1e-9);
        before = admittedShare;
      }
      for (const ratePerSecond of [9.99999, 10.00001, 99.9999, 100.0001, 5000]) {
        const at = (rate: number) =>
          circuitBreakerCycle(breaker, { ratePerSecond: rate, failureRatio: breaker.failureRatio, meanResultMs: 20 });
        expect(
          Math.abs(at(ratePerSecond * (1 + 1e-9)).admittedShare / at(ratePerSecond).admittedShare - 1),
        ).toBeLessThan(1e-4);
      }
    }
  });
});

describe("passage of a process in balance", () => {
  it("is √(2π)e^{z²/2}/z for a high level, and short for a low one", () => {
    const high = (z: number): number => (Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2)) / z;
    expect(Math.abs(meanPassage(12) / high(12) - 1)).toBeLessThan(0.01);
    expect(meanPassage(-8)).toBeLessThan(0.03);
    expect(meanPassage(40)).toBe(Number.POSITIVE_INFINITY);
    for (const z of [-3, 0, 2, 6]) expect(meanPassage(z)).toBeLessThan(meanPassage(z + 0.1));
    expect(normalLevel(0.5)).toBeCloseTo(0, 9);
    expect(normalLevel(0.0013498980316301)).toBeCloseTo(3, 9);
  });
});
