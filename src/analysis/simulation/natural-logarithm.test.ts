import { describe, expect, it } from "vitest";
import { seededRandom } from "#src/base/random.ts";
import { naturalLogarithm } from "./natural-logarithm.ts";

describe("the natural logarithm of our own", () => {
  it("is that of the platform to four units of 1e-16", () => {
    const random = seededRandom(5);
    let worst = 0;
    for (let draw = 0; draw < 200_000; draw++) {
      const x =
        (random.next() + 2 ** -40) * 2 ** (random.below(draw % 2 === 0 ? 3 : 2000) - (draw % 2 === 0 ? 1 : 1000));
      const truth = Math.log(x);
      if (truth !== 0) worst = Math.max(worst, Math.abs(naturalLogarithm(x) / truth - 1));
    }
    expect(worst).toBeLessThan(4e-16);
    expect(worst).toBeGreaterThan(0);
  });

  it("keeps every digit next to 1 and is 0 at 1", () => {
    expect(naturalLogarithm(1)).toBe(0);
    for (const gap of [2 ** -52, 1e-12, 1e-6, -(2 ** -53), -1e-9]) {
      expect(naturalLogarithm(1 + gap) / Math.log1p(1 + gap - 1)).toBeCloseTo(1, 14);
    }
  });

  it("is exact to the last bits of known values, at both ends as well", () => {
    expect(naturalLogarithm(Math.E)).toBeCloseTo(1, 15);
    expect(naturalLogarithm(2 ** -53) / (-53 * Math.LN2)).toBeCloseTo(1, 15);
    expect(naturalLogarithm(2 ** -1022) / (-1022 * Math.LN2)).toBeCloseTo(1, 15);
    expect(naturalLogarithm(Number.MAX_VALUE)).toBeCloseTo(709.782712893384, 12);
  });
});
