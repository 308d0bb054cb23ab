import { describe, expect, test } from "vitest";
import type { LatencyLaw } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { exponentialLaw } from "./exponential-law.ts";
import { mixture } from "./mixture.ts";
import { MOST_PIECES } from "./pieces.ts";
import { quantile } from "./quantile.ts";
import { sequence } from "./sequence.ts";
import { tail } from "./tail.ts";

function either(probability: number, ms: number, otherMs: number): LatencyLaw {
  return mixture([
    { probability, law: constantLaw(ms) },
    { probability: 1 - probability, law: constantLaw(otherMs) },
  ]);
}

const DETOURS = [1.1, 2.3, 4.7, 9.1, 17.9, 33.3, 70.7] as const;
const HOPS = 7;

/** The 2⁷ shifts of seven optional detours, with their probabilities. */
function shifts(): { readonly ms: number; readonly probability: number }[] {
  return Array.from({ length: 2 ** DETOURS.length }, (_, bits) => {
    const taken = DETOURS.map((ms, i) => ({ ms, taken: (bits >> i) % 2 === 1 }));
    return {
      ms: taken.reduce((sum, detour) => sum + (detour.taken ? detour.ms : 0.5), 0),
      probability: taken.reduce((product, detour) => product * (detour.taken ? 0.1 : 0.9), 1),
    };
  });
}

function erlangTail(ms: number): number {
  if (ms <= 0) return 1;
  let sum = 0;
  for (let j = 0, term = Math.exp(-ms); j < HOPS; j++, term *= ms / j) sum += term;
  return sum;
}

describe("a law with more shifts than it may keep", () => {
  const law = sequence(DETOURS.flatMap((ms) => [either(0.9, 0.5, ms), exponentialLaw(1)]));
  const exact = (ms: number): number =>
    shifts().reduce((sum, shift) => sum + shift.probability * erlangTail(ms - shift.ms), 0);

  test("keeps the heaviest and folds the rest, with the same mean and variance", () => {
    expect(law.pieces.length).toBe(MOST_PIECES);
    const mean = shifts().reduce((sum, { ms, probability }) => sum + probability * ms, 0);
    expect(law.meanMs).toBeCloseTo(mean + HOPS, 10);
    const variance = shifts().reduce((sum, { ms, probability }) => sum + probability * (ms - mean) ** 2, 0);
    expect(law.varianceMs2).toBeCloseTo(variance + HOPS, 8);
  });

  test("has the percentiles of the exact mixture to 1e-4", () => {
    for (const p of [0.5, 0.9, 0.95, 0.99, 0.999]) {
      const ms = quantile(law, p);
      const slope = (exact(ms * 0.9999) - exact(ms * 1.0001)) / (0.0002 * ms);
      expect(Math.abs((exact(ms) - (1 - p)) / (slope * ms))).toBeLessThan(1e-4);
    }
  });
});

describe("constants", () => {
  test("add up exactly, and equal sums in another order are one shift", () => {
    const law = sequence([either(0.5, 0.1, 0.2), either(0.5, 0.3, 0.2), constantLaw(1)]);
    // 1.3 arises once, 1.4 twice (0.1 + 0.3 and 0.2 + 0.2), 1.5 once
    expect(law.pieces.map(({ shiftMs }) => Number(shiftMs.toFixed(9)))).toEqual([1.3, 1.4, 1.5]);
    expect(law.pieces.map(({ atom }) => atom)).toEqual([0.25, 0.5, 0.25]);
    expect(tail(law, 1.45)).toBe(0.25);
  });

  test("before or behind a station leave its closed tail in place", () => {
    const [piece] = sequence([constantLaw(2), exponentialLaw(3), constantLaw(4)]).pieces;
    expect(piece?.shiftMs).toBe(6);
    expect(piece?.smoothTail?.(3)).toBeCloseTo(Math.exp(-1), 15);
  });
});
