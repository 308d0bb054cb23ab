import { describe, expect, test } from "vitest";
import { quantiles } from "../latency/quantile.ts";
import { waitProbabilityErlangM1 } from "./erlang-arrivals.ts";
import { erlangB, poissonProbability } from "./erlang-b.ts";
import { erlangC } from "./erlang-c.ts";
import { waitRatioGG1 } from "./gg1-kraemer-langenbach-belz.ts";
import { waitTailMD1 } from "./md1-waiting-tail.ts";
import { conditionalWaitScv, meanWaitMG1, secondMomentOfWaitMG1 } from "./mg1.ts";
import { waitingLawMG1 } from "./mg1-waiting-law.ts";
import { meanFieldWaitTwoChoices } from "./power-of-two-choices.ts";
import { balancedHyperexponential, serviceMoments } from "./service-moments.ts";
import { exponentialSojournLaw } from "./waiting-law.ts";

test("Erlang B by recursion and by the Poisson form are the same number", () => {
  for (const servers of [201, 500, 5000, 10_000]) {
    for (const ratio of [0.8, 0.99, 1, 1.01, 3]) {
      const load = servers * ratio;
      let blocking = 1;
      for (let k = 1; k <= servers; k += 1) blocking = (load * blocking) / (k + load * blocking);
      const found = erlangB(servers, load);
      expect(Math.abs(found - blocking)).toBeLessThanOrEqual(1e-11 * blocking);
    }
  }
  expect(erlangB(10, 6)).toBeCloseTo(0.0431418, 7);
  expect(erlangB(0, 5)).toBe(1);
  expect(erlangB(5, 0)).toBe(0);
});

test("ten million servers neither overflow nor take long", () => {
  expect(erlangC(10_000_000, 9_999_000)).toBeGreaterThan(0);
  expect(erlangC(10_000_000, 9_999_000)).toBeLessThan(1);
  expect(erlangC(10_000_000, 10_000_000)).toBe(1);
});

test("Poisson probabilities", () => {
  expect(poissonProbability(0, 2)).toBeCloseTo(Math.exp(-2), 15);
  expect(poissonProbability(3, 2)).toBeCloseTo((Math.exp(-2) * 8) / 6, 15);
  let direct = Math.exp(-20);
  for (let k = 1; k <= 30; k += 1) direct *= 20 / k;
  expect(Math.abs(poissonProbability(30, 20) / direct - 1)).toBeLessThan(1e-13);
});

test("published values: a hospital with two doctors and a clinic with three (M/M/c)", () => {
  const hospital = erlangC(2, 2 / 3);
  expect(hospital).toBeCloseTo(1 / 6, 12);
  // printed to three places, cut off
  expect(Math.floor(hospital * Math.exp(-4 * 0.5) * 1000)).toBe(22);
  expect(Math.floor(hospital * Math.exp(-4) * 1000)).toBe(3);
  expect((2 / 3) * Math.exp(-0.5)).toBeCloseTo(0.404, 3);
  const waiting = (erlangC(3, 2) * 2) / (3 - 2);
  expect(waiting).toBeCloseTo(8 / 9, 12);
  expect(erlangC(3, 2)).toBeCloseTo(4 / 9, 12);
  expect(erlangC(10, 6)).toBeCloseTo(0.1012992, 7);
});

test("round robin over N exponential servers: response times of E_N/M/1", () => {
  const table: readonly (readonly [number, readonly number[]])[] = [
    [2, [1.618, 2.6006, 3.844, 7.5883, 15.0857]],
    [4, [1.4325, 2.2367, 3.2674, 6.383, 12.6289]],
    [8, [1.3424, 2.0558, 2.9797, 5.7807, 11.4006]],
    [16, [1.2983, 1.9658, 2.8361, 5.4796, 10.7865]],
    [32, [1.2765, 1.9209, 2.7644, 5.3291, 10.4795]],
    [100, [1.2619, 1.8905, 2.7157, 5.2268, 10.2707]],
    [10_000_000, [1.255, 1.8762, 2.6927, 5.1787, 10.1724]],
  ];
  for (const [phases, times] of table) {
    for (const [k, rho] of [0.5, 0.7, 0.8, 0.9, 0.95].entries()) {
      expect(1 / (1 - waitProbabilityErlangM1(phases, rho))).toBeCloseTo(times[k] ?? Number.NaN, 4);
    }
  }
  expect(waitProbabilityErlangM1(1, 0.3)).toBe(0.3);
});

describe("M/G/1", () => {
  test("moments of the service laws", () => {
    expect(serviceMoments(1)).toEqual({ second: 2, third: 6 });
    expect(serviceMoments(0)).toEqual({ second: 1, third: 1 });
    const { probabilities, means } = balancedHyperexponential(9);
    const moment = (k: number, factorial: number): number =>
      factorial * (probabilities[0] * means[0] ** k + probabilities[1] * means[1] ** k);
    expect(moment(1, 1)).toBeCloseTo(1, 13);
    expect(moment(2, 2)).toBeCloseTo(serviceMoments(3).second, 11);
    expect(moment(3, 6)).toBeCloseTo(serviceMoments(3).third, 9);
  });

  test("Takács' second moment agrees with the exponential wait of M/M/1", () => {
    expect(secondMomentOfWaitMG1(0.8, 1)).toBeCloseTo(0.8 * 2 * 25, 10);
    expect(conditionalWaitScv(0.6, 1)).toBeCloseTo(1, 14);
    expect(conditionalWaitScv(0, 0)).toBeCloseTo(1 / 3, 14);
    for (const variability of [0, 0.5, 2]) {
      const mean = meanWaitMG1(0.7, variability);
      const scv = (0.7 * secondMomentOfWaitMG1(0.7, variability)) / (mean * mean) - 1;
      expect(conditionalWaitScv(0.7, variability)).toBeCloseTo(scv, 12);
    }
  });

  test("M/D/1: the tail agrees with Erlang's alternating sum where that is stable", () => {
    for (const rho of [0.1, 0.5, 0.8, 0.95]) {
      const tail = waitTailMD1(rho);
      for (const t of [0, 0.2, 0.999, 1, 1.7, 2.5, 4, 5.3]) {
        let sum = 0;
        let factorial = 1;
        for (let j = 0; j <= Math.floor(t); j += 1) {
          if (j > 0) factorial *= j;
          sum += ((-rho * (t - j)) ** j / factorial) * Math.exp(rho * (t - j));
        }
        expect(tail(t)).toBeCloseTo(1 - (1 - rho) * sum, 10);
      }
    }
  });

  test("M/D/1: the tail falls, and its integral is the mean, also at high load", () => {
    for (const rho of [0.05, 0.5, 0.9, 0.99]) {
      const tail = waitTailMD1(rho);
      const end = 40 / (1 - rho);
      const steps = 200_000;
      let integral = 0;
      let last = tail(0);
      for (let k = 1; k <= steps; k += 1) {
        const value = tail((end * k) / steps);
        if (value > last * (1 + 1e-12)) throw new Error(`rises at ${(end * k) / steps}`);
        integral += ((last + value) / 2) * (end / steps);
        last = value;
      }
      expect(Math.abs(integral / meanWaitMG1(rho, 0) - 1)).toBeLessThan(1e-4);
    }
  });

  test.each([0, 0.2, 0.5, 0.9, 1, 1.0001, 1.5, 4])("variability %d: the law has the exact moments", (variability) => {
    const law = waitingLawMG1(0.8, variability, 10);
    const mean = meanWaitMG1(0.8, variability) * 10;
    expect(law.meanMs / mean).toBeCloseTo(1, 9);
    const second = secondMomentOfWaitMG1(0.8, variability) * 100;
    expect((law.varianceMs2 + law.meanMs ** 2) / second).toBeCloseTo(1, 8);
    const [p50 = 0, p99 = 0] = quantiles(law, [0.5, 0.99]);
    expect(p50).toBeLessThan(p99);
  });

  test("hyperexponential service: the two exponentials solve the transform of Pollaczek and Khinchine", () => {
    const [rho, variability] = [0.7, 2];
    const law = waitingLawMG1(rho, variability, 1);
    const { probabilities, means } = balancedHyperexponential(variability ** 2);
    for (const s of [0.1, 1, 5]) {
      const service = probabilities[0] / (1 + s * means[0]) + probabilities[1] / (1 + s * means[1]);
      const expected = ((1 - rho) * s) / (s - rho + rho * service);
      const points = { re: new Float64Array([s]), im: new Float64Array([0]) };
      const found = law.pieces.reduce((sum, piece) => sum + piece.atom + (piece.smooth?.(points).re[0] ?? 0), 0);
      expect(found).toBeCloseTo(expected, 12);
    }
  });
});

test("Krämer and Langenbach-Belz is exact for Poisson arrivals", () => {
  expect(waitRatioGG1(0.6, 1, 0.25)).toBeCloseTo(0.625, 14);
  expect(waitRatioGG1(0.6, 0, 0)).toBe(0);
});

test("two choices: the mean-field predictions of Mitzenmacher 2001", () => {
  const predictions: readonly (readonly [number, number])[] = [
    [0.5, 1.2657],
    [0.7, 1.6145],
    [0.8, 1.9475],
    [0.9, 2.6141],
    [0.95, 3.383],
    [0.99, 5.432],
  ];
  for (const [rho, time] of predictions) expect(1 + meanFieldWaitTwoChoices(rho)).toBeCloseTo(time, 3);
});

test("wait plus service keeps its digits when the two rates are nearly equal", () => {
  for (const apart of [0, 1e-14, 1e-9, 1e-6, 1e-3]) {
    const law = exponentialSojournLaw(0.6, 1 / (1 + apart), 1);
    const [p99 = 0] = quantiles(law, [0.99]);
    const gamma = (t: number): number => 0.4 * Math.exp(-t) + 0.6 * (1 + t) * Math.exp(-t);
    expect(Math.abs(gamma(p99) / 0.01 - 1)).toBeLessThan(1e-9 + 5 * apart);
  }
});
