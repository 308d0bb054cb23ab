import { describe, expect, it } from "vitest";
import { seededRandom } from "#src/base/random.ts";
import type { Limiter } from "../model/program.ts";
import { fixedWindowLoss } from "./fixed-window.ts";
import { limiterLoss, mostWithin, windowLimit } from "./limiter-loss.ts";
import { slidingLogLoss } from "./sliding-log.ts";
import { tokenBucketLoss } from "./token-bucket.ts";

/** Times of Poisson arrivals at this rate, seeded. */
function* arrivals(rate: number, count: number, seed: number): Generator<number> {
  const random = seededRandom(seed);
  let time = 0;
  for (let arrival = 0; arrival < count; arrival++) {
    time -= Math.log(1 - random.next()) / rate;
    yield time;
  }
}

const COUNT = 400_000;

/** Share of refused arrivals when `passes` is asked one after another. */
function simulated(rate: number, passes: (time: number) => boolean, seed = 11): number {
  let refused = 0;
  for (const time of arrivals(rate, COUNT, seed)) if (!passes(time)) refused++;
  return refused / COUNT;
}

describe("token bucket", () => {
  it.each([
    [0.5, 1, 0.3333, 4],
    [0.8, 2, 0.19957, 5],
    [0.9, 5, 0.064362, 6],
    [0.95, 10, 0.030596, 6],
    [1.1, 5, 0.149679, 6],
    [1.5, 10, 0.333397, 6],
    [0.9, 20, 0.001853, 6],
  ])("at ϱ = %s and a depth of %s refuses %s", (utilization, burst, loss, digits) => {
    expect(tokenBucketLoss(utilization, burst)).toBeCloseTo(loss, digits);
  });

  it("is the closed form of Berger and Whitt to 1e-12", () => {
    for (const [utilization, burst] of [
      [0.3, 3],
      [0.9, 5],
      [1, 4],
      [1.4, 7],
    ] as const) {
      let v = 0;
      let factorial = 1;
      for (let j = 0; j <= burst - 1; j++) {
        if (j > 0) factorial *= j;
        const x = utilization * (burst - 1 - j);
        v += ((-x) ** j / factorial) * Math.exp(x);
      }
      expect(tokenBucketLoss(utilization, burst)).toBeCloseTo(1 - v / (1 + utilization * v), 12);
    }
  });

  it("agrees with a simulated bucket", () => {
    let tokens = 5;
    let last = 0;
    const loss = simulated(0.9, (time) => {
      tokens = Math.min(5, tokens + time - last);
      last = time;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    });
    expect(Math.abs(loss - tokenBucketLoss(0.9, 5))).toBeLessThan(0.002);
  });

  it("keeps to its bounds at any depth and load", () => {
    expect(tokenBucketLoss(0, 5)).toBe(0);
    expect(tokenBucketLoss(0.9, 1e9)).toBeLessThan(1e-12);
    expect(tokenBucketLoss(2, 1e9)).toBeCloseTo(0.5, 9);
    expect(tokenBucketLoss(1e7, 10)).toBeCloseTo(1 - 1e-7, 9);
  });
});

describe("fixed window", () => {
  it("is the mean excess of a Poisson count", () => {
    // N = 1: E[(A − 1)⁺] = a − 1 + e^{−a}.
    for (const mean of [0.2, 1, 3])
      expect(fixedWindowLoss(mean, 1)).toBeCloseTo((mean - 1 + Math.exp(-mean)) / mean, 12);
    // The two ways to sum it meet.
    expect(fixedWindowLoss(99.999999, 100)).toBeCloseTo(fixedWindowLoss(100.000001, 100), 7);
    expect(fixedWindowLoss(9999.9, 10_100)).toBeCloseTo(fixedWindowLoss(10_000.1, 10_100), 5);
    expect(fixedWindowLoss(300, 100)).toBeCloseTo(2 / 3, 9);
  });

  it("agrees with a simulated window", () => {
    let window = 0;
    let passed = 0;
    const loss = simulated(10, (time) => {
      if (Math.floor(time) !== window) {
        window = Math.floor(time);
        passed = 0;
      }
      return ++passed <= 10;
    });
    expect(Math.abs(loss / fixedWindowLoss(10, 10) - 1)).toBeLessThan(0.015);
  });
});

describe("sliding log", () => {
  it("agrees with a simulated log", () => {
    const log: number[] = [];
    let oldest = 0;
    const loss = simulated(9, (time) => {
      while (oldest < log.length && (log[oldest] ?? 0) <= time - 1) oldest++;
      if (log.length - oldest >= 10) return false;
      log.push(time);
      return true;
    });
    expect(Math.abs(loss / slidingLogLoss(9, 10) - 1)).toBeLessThan(0.015);
  });
});

describe("limiters", () => {
  const limiter: Limiter = { node: 0, policy: "fixed-window", ratePerSecond: 10, burst: 7, windowMs: 2000 };

  it("count whole requests in a window, at least one, and say how many can pass across its edge", () => {
    expect(windowLimit(limiter)).toBe(20);
    expect(windowLimit({ ...limiter, ratePerSecond: 0.1, windowMs: 30_000 })).toBe(3);
    expect(windowLimit({ ...limiter, ratePerSecond: 0.1 })).toBe(1);
    expect(mostWithin(limiter)).toBe(40);
    expect(mostWithin({ ...limiter, policy: "token-bucket" })).toBe(27);
    expect(mostWithin({ ...limiter, policy: "sliding-log" })).toBe(20);
  });

  it("refuse more the more is asked, and pass no more than their rate", () => {
    for (const policy of ["token-bucket", "fixed-window", "sliding-log", "sliding-counter"] as const) {
      let before = 0;
      for (const rate of [0.1, 1, 5, 9, 10, 11, 20, 100, 1e4, 1e7]) {
        const loss = limiterLoss({ ...limiter, policy }, rate);
        expect(loss).toBeGreaterThanOrEqual(before);
        expect(loss).toBeLessThanOrEqual(1);
        expect(rate * (1 - loss)).toBeLessThanOrEqual(10.0001);
        before = loss;
      }
    }
  });
});
