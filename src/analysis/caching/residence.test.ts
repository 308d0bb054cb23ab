import { describe, expect, it } from "vitest";
import { exponentialStay, hitRatioOfStay, meanAgeAtHit, meanStay, staleShareOfHits, stayUntil } from "./residence.ts";

/** Steps of the delay equation in one gap. */
const steps = 400;

/**
 * The exact law of a stay, P(stay > t) = 1 − q − q·λ·∫₀^(t − gap) P(stay > u) du beyond the gap, q = e^(−λ·gap): who leaves at
 * t was asked for at t − gap and not since. On a grid, by the trapezoid rule; the integrals of 1, a and e^(−ωa) over it.
 */
function exactStay(rate: number, gap: number, age: number, writeRate: number) {
  const step = gap / steps;
  const missed = Math.exp(-rate * gap);
  const integrals: number[] = [0];
  let before = 1;
  let ofAge = 0;
  let unwritten = 0;
  const count = Math.round(age / step);
  for (let k = 1; k <= count; k++) {
    const now = k <= steps ? 1 : 1 - missed * (1 + rate * (integrals[k - steps] ?? 0));
    // At the gap itself the law jumps: the panel before it ends at 1.
    const left = k === steps + 1 ? 1 - missed : before;
    const from = (k - 1) * step;
    integrals.push((integrals[k - 1] ?? 0) + (step * (left + now)) / 2);
    ofAge += (step * (left * from + now * (from + step))) / 2;
    unwritten += (step * (left * Math.exp(-writeRate * from) + now * Math.exp(-writeRate * (from + step)))) / 2;
    before = now;
  }
  const mean = integrals.at(-1) ?? 0;
  return { mean, age: ofAge / mean, stale: 1 - unwritten / mean };
}

describe("how long an object stays", () => {
  it("with a gap alone (e^(λ·gap) − 1) / λ, with an age alone that age", () => {
    expect(meanStay(stayUntil(0.7, 2, Number.POSITIVE_INFINITY))).toBeCloseTo(Math.expm1(1.4) / 0.7, 12);
    expect(meanStay(stayUntil(1e-9, 2, Number.POSITIVE_INFINITY))).toBeCloseTo(2, 8);
    expect(meanStay(stayUntil(0.7, 5, 3))).toBe(3);
    expect(meanStay(stayUntil(0.7, Number.POSITIVE_INFINITY, 3))).toBe(3);
  });

  const cases = [0.05, 0.3, 1, 2, 4].flatMap((rate) => [1.2, 1.5, 2, 4, 10, 40].map((age) => [rate, age] as const));

  it.each(cases)("λ·gap = %d, age %d gaps: near the exact delay equation", (rate, age) => {
    const exact = exactStay(rate, 1, age, 0.5);
    const stay = stayUntil(rate, 1, age);
    expect(Math.abs(meanStay(stay) / exact.mean - 1)).toBeLessThan(0.04);
    expect(Math.abs(hitRatioOfStay(rate, meanStay(stay)) / hitRatioOfStay(rate, exact.mean) - 1)).toBeLessThan(0.012);
    expect(Math.abs(meanAgeAtHit(stay) / exact.age - 1)).toBeLessThan(0.06);
    expect(Math.abs(staleShareOfHits(stay, 0.5) - exact.stale)).toBeLessThan(0.015);
  });
});

describe("how old a hit is", () => {
  it("after a constant stay D: D / 2 on average, and stale in 1 − (1 − e^(−ωD)) / (ωD) of the cases", () => {
    const stay = stayUntil(3, Number.POSITIVE_INFINITY, 4);
    expect(meanAgeAtHit(stay)).toBe(2);
    expect(staleShareOfHits(stay, 0.5)).toBeCloseTo(1 - -Math.expm1(-2) / 2, 12);
  });

  it("after an exponential stay of mean m: m, and stale in ωm / (1 + ωm)", () => {
    const stay = exponentialStay(4, Number.POSITIVE_INFINITY);
    expect(meanAgeAtHit(stay)).toBeCloseTo(4, 12);
    expect(staleShareOfHits(stay, 0.5)).toBeCloseTo(2 / 3, 12);
    expect(meanStay(exponentialStay(4, 4))).toBeCloseTo(4 * -Math.expm1(-1), 12);
  });

  it("never stale without writes, always where nothing ever leaves", () => {
    expect(staleShareOfHits(stayUntil(1, 1, 5), 0)).toBe(0);
    expect(staleShareOfHits(stayUntil(1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY), 1e-9)).toBe(1);
    expect(meanAgeAtHit(stayUntil(1, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY))).toBe(
      Number.POSITIVE_INFINITY,
    );
  });
});
