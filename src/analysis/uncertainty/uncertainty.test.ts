import { describe, expect, it } from "vitest";
import { seededRandom } from "#src/base/random.ts";
import { elasticityFrom, elasticityPoints } from "./elasticity.ts";
import { latinHypercube } from "./latin-hypercube.ts";
import { rankCorrelation } from "./rank-correlation.ts";
import { sampleQuantile } from "./sample-quantile.ts";
import { triangularQuantile } from "./triangular-law.ts";

describe("a seeded generator", () => {
  it("gives the same numbers for the same seed, and others for another", () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 8 }, () => random.next());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("is uniform: mean 1/2 and variance 1/12 within four standard errors, and every tenth as often", () => {
    const random = seededRandom(1);
    const values = Array.from({ length: 100_000 }, () => random.next());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / values.length));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / values.length));
    const tenths = new Array<number>(10).fill(0);
    for (const value of values) tenths[Math.floor(value * 10)] = (tenths[Math.floor(value * 10)] ?? 0) + 1;
    const chiSquare = tenths.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // The 99.9 % quantile of chi-square with 9 degrees of freedom.
    expect(chiSquare).toBeLessThan(27.88);
  });
});

describe("a Latin hypercube", () => {
  it.each([1, 2, 37, 200])("has each of %i strata of every coordinate exactly once", (samples) => {
    const points = latinHypercube(samples, 5, 42);
    for (let dimension = 0; dimension < 5; dimension++) {
      const strata = points.map((point) => Math.floor((point[dimension] ?? Number.NaN) * samples));
      expect([...strata].sort((a, b) => a - b)).toEqual(Array.from({ length: samples }, (_, index) => index));
    }
  });

  it("is the same for the same seed, pairs coordinates anew, and keeps them apart", () => {
    expect(latinHypercube(50, 3, 1)).toEqual(latinHypercube(50, 3, 1));
    expect(latinHypercube(50, 3, 1)).not.toEqual(latinHypercube(50, 3, 2));
    const points = latinHypercube(1000, 2, 3);
    const correlation = rankCorrelation(
      points.map(([x = 0]) => x),
      points.map(([, y = 0]) => y),
    );
    expect(Math.abs(correlation ?? 1)).toBeLessThan(4 / Math.sqrt(1000));
  });

  it("estimates the mean of a sum far better than independent draws would", () => {
    const mean = latinHypercube(200, 4, 9)
      .map((point) => point.reduce((sum, x) => sum + x, 0))
      .reduce((sum, y) => sum + y / 200, 0);
    // Independent draws: a standard error of sqrt(4 / 12 / 200) = 0.04.
    expect(Math.abs(mean - 2)).toBeLessThan(0.005);
  });
});

describe("the triangular law", () => {
  const law = (x: number): number => (x <= 3 ? (x - 1) ** 2 / (9 * 2) : 1 - (10 - x) ** 2 / (9 * 7));

  it("is the inverse of its distribution function", () => {
    for (const probability of [0, 0.01, 0.2, 2 / 9, 0.5, 0.95, 1]) {
      expect(law(triangularQuantile(1, 3, 10, probability))).toBeCloseTo(probability, 12);
    }
  });

  it("reaches from low to high, also where the likely value is an end of it or the only one", () => {
    expect([triangularQuantile(1, 1, 5, 0), triangularQuantile(1, 1, 5, 1)]).toEqual([1, 5]);
    expect([triangularQuantile(1, 5, 5, 0), triangularQuantile(1, 5, 5, 1)]).toEqual([1, 5]);
    expect(triangularQuantile(4, 4, 4, 0.3)).toBe(4);
  });

  it("has the mean (low + likely + high) / 3", () => {
    const steps = 100_000;
    let sum = 0;
    for (let step = 0; step < steps; step++) sum += triangularQuantile(1, 3, 10, (step + 0.5) / steps);
    expect(sum / steps).toBeCloseTo(14 / 3, 5);
  });
});

describe("quantiles of a sample", () => {
  it("lie on lines between order statistics", () => {
    expect(sampleQuantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(sampleQuantile([4, 1, 3, 2], 0)).toBe(1);
    expect(sampleQuantile([4, 1, 3, 2], 1)).toBe(4);
    expect(sampleQuantile([7], 0.3)).toBe(7);
  });

  it("are infinite where the sample is", () => {
    const sample = [1, 2, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    expect(sampleQuantile(sample, 0.2)).toBeCloseTo(1.6, 12);
    expect(sampleQuantile(sample, 0.5)).toBe(Number.POSITIVE_INFINITY);
    expect(sampleQuantile(sample, 1)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("rank correlation", () => {
  it("is 1 and −1 for orders that agree and oppose, however curved", () => {
    const x = [1, 2, 3, 4, 5];
    expect(rankCorrelation(x, x.map(Math.exp))).toBeCloseTo(1, 12);
    expect(
      rankCorrelation(
        x,
        x.map((value) => 1 / value),
      ),
    ).toBeCloseTo(-1, 12);
  });

  it("equals 1 − 6Σd²/n(n²−1) without ties, and the correlation of mid-ranks with them", () => {
    const left = [86, 97, 99, 100, 101, 103, 106, 110, 112, 113];
    const right = [2, 20, 28, 27, 50, 29, 7, 17, 6, 12];
    expect(rankCorrelation(left, right)).toBeCloseTo(-29 / 165, 12);
    // Ranks 1, 2.5, 2.5, 4 against 1, 3, 2, 4: 4.5 / sqrt(4.5 · 5).
    expect(rankCorrelation([1, 2, 2, 3], [1, 3, 2, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  });

  it("ranks infinities last, and has no value where nothing varies", () => {
    const infinite = Number.POSITIVE_INFINITY;
    expect(rankCorrelation([1, 2, 3, 4], [1, 2, infinite, infinite])).toBeGreaterThan(0.9);
    expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBeNull();
  });
});

describe("an elasticity", () => {
  const free = { integer: false, minimum: 0, maximum: Number.POSITIVE_INFINITY };

  it.each([0.1, 0.5, 0.8, 0.9])(
    "of the mean time in an M/M/1 queue with respect to λ is ρ / (1 − ρ) at ρ = %d",
    (rho) => {
      const points = elasticityPoints(rho, free);
      const time = (lambda: number): number => 1 / (1 - lambda);
      const found = elasticityFrom(points, time(points.below), time(points.above));
      expect(Math.abs((found ?? 0) - rho / (1 - rho))).toBeLessThan(1e-6 * Math.max(1, rho / (1 - rho)));
    },
  );

  it("of a power is its exponent, in whole steps and to one side as well", () => {
    const whole = elasticityPoints(4, { integer: true, minimum: 1, maximum: 100 });
    expect(whole).toEqual({ below: 3, above: 5 });
    expect(elasticityFrom(whole, 3 ** -2, 5 ** -2)).toBeCloseTo(-2, 12);
    const first = elasticityPoints(1, { integer: true, minimum: 1, maximum: 100 });
    expect(first).toEqual({ below: 1, above: 2 });
    expect(elasticityFrom(first, 1, 8)).toBeCloseTo(3, 12);
    const last = elasticityPoints(1, { integer: false, minimum: 0, maximum: 1 });
    expect(last.above).toBe(1);
    expect(elasticityFrom(last, last.below ** 2, 1)).toBeCloseTo(2, 6);
  });

  it("has no value where the figure has none", () => {
    const points = elasticityPoints(2, free);
    expect(elasticityFrom(points, 1, Number.POSITIVE_INFINITY)).toBeNull();
    expect(elasticityFrom(points, 0, 1)).toBeNull();
    expect(elasticityFrom({ below: 1, above: 1 }, 1, 1)).toBeNull();
  });
});
