import { expect, test } from "vitest";
import { logGamma, upperIncompleteGammaRatio } from "./incomplete-gamma.ts";

test("ln Γ: factorials, and Γ(½) = √π", () => {
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
  for (let n = 1, factorial = 1; n <= 60; n++) {
    expect(Math.abs(logGamma(n) - Math.log(factorial))).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.log(factorial)));
    factorial *= n;
  }
});

test("Q(n, x) is the probability of fewer than n Poisson events", () => {
  for (const [n, x] of [
    [1, 0.2],
    [3, 7],
    [10, 9],
    [10, 30],
    [200, 180],
    [200, 260],
  ] as const) {
    let sum = 0;
    for (let j = 0, logTerm = -x; j < n; j++) {
      sum += Math.exp(logTerm);
      logTerm += Math.log(x / (j + 1));
    }
    expect(upperIncompleteGammaRatio(n, x) / sum).toBeCloseTo(1, 10);
  }
});

test("Q(½, x) is the complementary error function of √x", () => {
  // erfc(1) and erfc(2), Abramowitz & Stegun table 7.1
  expect(upperIncompleteGammaRatio(0.5, 1)).toBeCloseTo(0.15729920705, 10);
  expect(upperIncompleteGammaRatio(0.5, 4)).toBeCloseTo(0.00467773498, 10);
});
