import { describe, expect, it } from "vitest";
import { seededRandom } from "#src/base/random.ts";
import { QuantileSketch } from "./quantile-sketch.ts";

const PROBABILITIES = [0.0001, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999];

function sketchOf(values: Iterable<number>): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

function figures(sketch: QuantileSketch): number[] {
  return [sketch.count, sketch.minimum, sketch.maximum, ...PROBABILITIES.map((p) => sketch.quantile(p))];
}

describe("the quantile sketch", () => {
  const random = seededRandom(17);
  const samples: readonly (readonly [string, () => number])[] = [
    ["exponential", () => -Math.log(1 - random.next()) * 12],
    ["uniform over fourteen decades", () => 10 ** (random.next() * 14 - 5.5)],
    ["Pareto of infinite variance", () => (1 - random.next()) ** (-1 / 1.2)],
    ["two far peaks", () => (random.next() < 0.9 ? 1 + random.next() / 100 : 5e5)],
    ["whole numbers", () => 1 + random.below(20)],
  ];
  it.each(samples)("is within half a percent of the exact quantiles: %s", (_name, draw) => {
    const values = Float64Array.from({ length: 50_000 }, draw);
    const sketch = sketchOf(values);
    values.sort();
    for (const probability of PROBABILITIES) {
      const exact = values[Math.ceil(probability * values.length) - 1] ?? Number.NaN;
      expect(Math.abs(sketch.quantile(probability) / exact - 1)).toBeLessThan(0.005 + 1e-9);
    }
    expect(sketch.quantile(0)).toBe(values[0]);
    expect(sketch.quantile(1)).toBe(values.at(-1));
  });

  it("holds the bound wherever a value lies in its bucket, and not by a wide margin", () => {
    let worst = 0;
    for (let value = 1e-6; value < 1e9; value *= 1.002_93) {
      const estimate = sketchOf([value * 0.5, value, value * 2]).quantile(0.5);
      worst = Math.max(worst, Math.abs(estimate / value - 1));
    }
    expect(worst).toBeLessThan(0.005 + 1e-9);
    expect(worst).toBeGreaterThan(0.0045);
  });

  it("keeps nothing, zero, the tiny and the huge apart", () => {
    const empty = new QuantileSketch();
    for (const figure of [empty.mean, empty.variance, empty.minimum, empty.maximum, empty.quantile(0.5)]) {
      expect(figure).toBeNaN();
    }
    const mixed = sketchOf([0, 0, 1e-9, 4, 1e12, 2e12]);
    expect(mixed.quantile(0.5)).toBe(0);
    expect(Math.abs(mixed.quantile(4 / 6) / 4 - 1)).toBeLessThan(0.005);
    expect(mixed.quantile(5 / 6)).toBe(2e12);
    expect([mixed.minimum, mixed.maximum]).toEqual([0, 2e12]);
    expect(sketchOf([1e-6, 1e-6]).quantile(0.5)).toBe(1e-6);
    for (const value of [-1e-300, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new QuantileSketch().add(value)).toThrow(RangeError);
    }
    expect(() => mixed.quantile(1.01)).toThrow(RangeError);
  });

  it("merges into the sketch of the union, in any order", () => {
    const parts = Array.from({ length: 5 }, () => Float64Array.from({ length: 3000 }, () => 50 * random.next() ** 8));
    parts[2]?.fill(0, 0, 500);
    const union = sketchOf(parts.flatMap((part) => [...part]));
    for (const order of [parts, parts.toReversed()]) {
      const merged = new QuantileSketch();
      for (const part of order) merged.merge(sketchOf(part));
      merged.merge(new QuantileSketch());
      expect(figures(merged)).toEqual(figures(union));
      expect(merged.mean).toBe(union.mean);
      expect(merged.variance).toBeCloseTo(union.variance, 12);
    }
  });

  it("has the exact mean and variance, also far from zero", () => {
    const values = Array.from({ length: 10_000 }, (_, index) => 1e8 + (index % 4) / 4);
    const sketch = sketchOf(values);
    expect(sketch.mean).toBe(1e8 + 0.375);
    // Deviations of ±0.125 and ±0.375, a quarter each.
    expect(sketch.variance).toBeCloseTo((0.078125 * 10_000) / 9999, 14);
    expect(sketchOf([3]).variance).toBeNaN();
    expect(sketchOf([3, 3]).variance).toBe(0);
  });
});
