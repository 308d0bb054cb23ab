import { expect, it } from "vitest";
import {
  DEGREE,
  fillTransformWeights,
  firstMomentWeights,
  integralWeights,
  interpolated,
  TRANSFORM_WEIGHTS,
} from "./panel-polynomial.ts";

const values = (f: (y: number) => number): Float64Array =>
  Float64Array.from({ length: DEGREE + 1 }, (_, j) => f((2 * j) / DEGREE - 1));

function dot(weights: Float64Array, at: Float64Array): number {
  return at.reduce((sum, value, j) => sum + value * (weights[j] ?? 0), 0);
}

it("is exact for polynomials up to degree 8", () => {
  for (let n = 0; n <= DEGREE; n++) {
    const power = values((y) => y ** n);
    expect(dot(integralWeights, power)).toBeCloseTo(n % 2 === 0 ? 2 / (n + 1) : 0, 12);
    expect(dot(firstMomentWeights, power)).toBeCloseTo(n % 2 === 1 ? 2 / (n + 2) : 0, 12);
    for (const place of [0, 0.3, 4, 5.5, 7.9]) expect(interpolated(power, place)).toBeCloseTo((place / 4 - 1) ** n, 11);
  }
});

it("has the weights of e^(−p(1 + y)) against polynomials, on both sides of the change of method", () => {
  for (const [re, im] of [
    [0.001, 0],
    [0.1, 0.3],
    [2, 3.4],
    [2, 3.5],
    [1, 20],
    [8, 0],
    [30, 200],
  ] as const) {
    const weights = new Float64Array(TRANSFORM_WEIGHTS);
    fillTransformWeights(weights, 0, re, im);
    for (const n of [0, 1, 5, 8]) {
      const power = values((y) => y ** n);
      let real = 0;
      let imaginary = 0;
      for (let j = 0; j <= DEGREE; j++) {
        real += (power[j] ?? 0) * (weights[2 + 2 * j] ?? 0);
        imaginary += (power[j] ?? 0) * (weights[3 + 2 * j] ?? 0);
      }
      // the same integral by the midpoint rule with Richardson's correction
      const rule = (steps: number): readonly [number, number] => {
        let [a, b] = [0, 0];
        for (let i = 0; i < steps; i++) {
          const y = (2 * i + 1) / steps - 1;
          const size = (2 / steps) * y ** n * Math.exp(-re * (1 + y));
          a += size * Math.cos(im * (1 + y));
          b -= size * Math.sin(im * (1 + y));
        }
        return [a, b];
      };
      const coarse = rule(10_000);
      const fine = rule(20_000);
      expect(real).toBeCloseTo((4 * fine[0] - coarse[0]) / 3, 9);
      expect(imaginary).toBeCloseTo((4 * fine[1] - coarse[1]) / 3, 9);
    }
  }
});
