import { describe, expect, test } from "vitest";
import { ringShareLaw } from "./ring-share-law.ts";

/** A thousand targets: the printed table of Lamping and Veach 2014 has the same to its digits of simulation. */
test.each([
  [1, 0.999, 0.005, 5.29],
  [10, 0.3161, 0.372, 2.0],
  [100, 0.0999, 0.761, 1.276],
  [1000, 0.0316, 0.92, 1.083],
])("%d points a target: standard error and 99 %% range", (points, variation, low, high) => {
  const law = ringShareLaw(1000, points);
  expect(law.variation).toBeCloseTo(variation, 4);
  expect(Math.abs(law.range99[0] - low)).toBeLessThan(0.0006);
  expect(Math.abs(law.range99[1] - high)).toBeLessThan(high > 2 ? 0.006 : 0.0006 * 10);
});

/** Simulated to one or two percent. */
test.each([
  [5, [2.27, 1.39, 1.12, 1.075]],
  [10, [2.88, 1.56, 1.16, 1.1]],
  [50, [4.55, 1.88, 1.24, 1.15]],
  [100, [5.23, 1.96, 1.27, 1.16]],
] as const)("mean of the largest of %d shares", (targets, largest) => {
  for (const [k, points] of [1, 10, 100, 256].entries()) {
    const expected = largest[k] ?? 0;
    expect(Math.abs(ringShareLaw(targets, points).expectedLargest / expected - 1)).toBeLessThan(0.018);
  }
});

describe("exact values", () => {
  test("one point a target: the largest arc is the harmonic number over n", () => {
    for (const n of [2, 5, 10, 100]) {
      const harmonic = Array.from({ length: n }, (_, k) => 1 / (k + 1)).reduce((sum, term) => sum + term, 0);
      expect(ringShareLaw(n, 1).expectedLargest).toBeCloseTo(harmonic, 6);
    }
  });

  test("two targets with one point each: uniform", () => {
    const { variation, range99, expectedLargest } = ringShareLaw(2, 1);
    expect(variation).toBeCloseTo(Math.sqrt(1 / 3), 12);
    expect(range99[0]).toBeCloseTo(0.01, 9);
    expect(range99[1]).toBeCloseTo(1.99, 9);
    expect(expectedLargest).toBeCloseTo(1.5, 7);
  });

  test("one target has it all", () => {
    expect(ringShareLaw(1, 50)).toEqual({ variation: 0, expectedLargest: 1, range99: [1, 1] });
  });
});
