import { describe, expect, it } from "vitest";
import { AndersonMixing } from "./anderson-mixing.ts";

/** Points that are mixed until nothing moves by more than 1e-12, and the rounds that this takes. */
function iterate(map: (x: Float64Array) => Float64Array, start: readonly number[]) {
  const mixing = new AndersonMixing();
  const visited: Float64Array[] = [];
  let point = Float64Array.from(start);
  for (let round = 1; round <= 200; round++) {
    visited.push(point);
    const image = map(point);
    if (image.every((value, index) => Math.abs(value - (point[index] ?? 0)) <= 1e-12)) return { point, round, visited };
    point = Float64Array.from(mixing.next(point, image) ?? image);
  }
  throw new Error("Does not come to rest");
}

describe("Anderson mixing", () => {
  it("finds the fixed point of a linear map with as many rates as it looks back in a few rounds more", () => {
    const rates = [0.97, -0.9, 0.5];
    const fixed = [1, 2, 3];
    const { point, round } = iterate(
      (x) => x.map((value, index) => (fixed[index] ?? 0) + (rates[index] ?? 0) * (value - (fixed[index] ?? 0))),
      [0, 0, 0],
    );
    fixed.forEach((value, index) => {
      expect(point[index]).toBeCloseTo(value, 9);
    });
    expect(round).toBeLessThanOrEqual(10);
  });

  it("never goes past the lower fixed point of a convex map from below, however near the two are", () => {
    // x = x² + c has the fixed points (1 ± √(1 − 4c))/2; the lower one attracts, the upper one repels.
    for (const c of [0.1, 0.2, 0.249, 0.24999]) {
      const lower = (1 - Math.sqrt(1 - 4 * c)) / 2;
      const { point, round, visited } = iterate((x) => x.map((value) => value * value + c), [0]);
      expect(Math.abs((point[0] ?? 0) - lower)).toBeLessThan(1e-9);
      expect(Math.max(...visited.map(([value = 0]) => value))).toBeLessThan(lower + 1e-9);
      expect(round).toBeLessThan(40);
    }
  });

  it("leaves alone what its last points do not explain, and what would go back", () => {
    const mixing = new AndersonMixing();
    expect(mixing.next(Float64Array.of(0, 0), Float64Array.of(1, 0))).toBeNull();
    // Gaps at right angles: hardly anything of the second is explained by the first.
    expect(mixing.next(Float64Array.of(1, 0), Float64Array.of(2.02, 10))).toBeNull();
    mixing.forget();
    // Gaps that grow point to a fixed point behind, which repels.
    expect(mixing.next(Float64Array.of(1), Float64Array.of(1.1))).toBeNull();
    expect(mixing.next(Float64Array.of(1.1), Float64Array.of(1.3))).toBeNull();
  });
});
