import { describe, expect, it } from "vitest";
import { circuitBreakerCycle } from "./circuit-breaker.ts";
import { meanPassage, normalLevel } from "./ornstein-uhlenbeck-passage.ts";

const usual = { instances: 1, failureRatio: 0.5, minimumCalls: 20, windowMs: 10_000, openMs: 5000, halfOpenCalls: 1 };
const strict = { instances: 1, failureRatio: 0.2, minimumCalls: 50, windowMs: 1000, openMs: 1000, halfOpenCalls: 5 };

describe("circuit breaker", () => {
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
