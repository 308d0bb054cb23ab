import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LatencyLaw } from "../model/latency-law.ts";
import { completedWithin } from "./completed-within.ts";
import { constantLaw } from "./constant-law.ts";
import { kthFastest } from "./kth-fastest.ts";
import { mixture } from "./mixture.ts";
import { MOST_PIECES } from "./pieces.ts";
import { quantiles } from "./quantile.ts";
import { repeat } from "./repeat.ts";
import { sequence } from "./sequence.ts";
import { serviceTimeLaw } from "./service-time-law.ts";
import { slowestOf } from "./slowest-of.ts";
import { tail } from "./tail.ts";
import { uniformLaw } from "./uniform-law.ts";

/** From a microsecond to an hour. */
const meanMs = fc.integer({ min: -300, max: 650 }).map((hundredths) => 10 ** (hundredths / 100));
const variability = fc.constantFrom(0, 0.1, 0.5, 0.9, 1, 1.5, 4);
const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);

const withoutBend: fc.Arbitrary<LatencyLaw> = fc.oneof(
  fc.tuple(meanMs, variability).map(([mean, v]) => serviceTimeLaw(mean, v)),
  meanMs.map(constantLaw),
);
const leaf = fc.oneof({ weight: 2, arbitrary: withoutBend }, { weight: 1, arbitrary: meanMs.map(uniformLaw) });

const anyLaw: fc.Arbitrary<LatencyLaw> = fc.letrec<{ law: LatencyLaw }>((tie) => ({
  law: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    { weight: 3, arbitrary: leaf },
    { weight: 3, arbitrary: fc.array(tie("law"), { minLength: 1, maxLength: 3 }).map(sequence) },
    {
      weight: 2,
      arbitrary: fc.tuple(share, tie("law"), tie("law")).map(([probability, law, other]) =>
        mixture([
          { probability, law },
          { probability: 1 - probability, law: other },
        ]),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.double({ min: 0, max: 4, noNaN: true }), tie("law"))
        .map(([calls, law]) => repeat(calls, law)),
    },
    { weight: 1, arbitrary: fc.array(tie("law"), { minLength: 1, maxLength: 3 }).map((laws) => slowestOf(laws)) },
    {
      weight: 1,
      arbitrary: fc.array(fc.tuple(tie("law"), share), { minLength: 2, maxLength: 3 }).map((branches) =>
        kthFastest(
          1,
          branches.map(([law]) => law),
          branches.map(([, p]) => p),
        ),
      ),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(tie("law"), fc.double({ min: 0.1, max: 4, noNaN: true }))
        .map(([law, times]) => completedWithin(law, times * law.meanMs).law),
    },
  ),
})).law;

const RUNS = { numRuns: 60, seed: 20261121 };
/** What inversion and grids may miss a probability by, where no bend is near. */
const NOISE = 2e-7;

function timesOf(law: LatencyLaw): number[] {
  const spread = Math.sqrt(law.varianceMs2) + law.meanMs * 1e-3;
  const around = [0, 0.01, 0.1, 0.5, 0.9, 1, 1.1, 2, 3, 6, 12].map((times) => law.meanMs + (times - 1) * spread);
  return [...around, ...law.pieces.map(({ shiftMs }) => shiftMs)].filter((ms) => ms >= 0).sort((a, b) => a - b);
}

describe("any composition", () => {
  test("is a law: masses add up to 1, shifts ascend, moments are those of the pieces", () => {
    fc.assert(
      fc.property(anyLaw, (law) => {
        expect(law.pieces.length).toBeGreaterThan(0);
        expect(law.pieces.length).toBeLessThanOrEqual(MOST_PIECES);
        let mass = 0;
        let last = -1;
        let mean = 0;
        for (const piece of law.pieces) {
          expect(piece.shiftMs).toBeGreaterThan(last);
          last = piece.shiftMs;
          mass += piece.atom + piece.smoothMass;
          mean += piece.atom * piece.shiftMs + piece.smoothMass * (piece.shiftMs + piece.smoothMeanMs);
          expect(piece.smooth === null).toBe(piece.smoothMass === 0);
        }
        expect(mass).toBeCloseTo(1, 8);
        expect(Math.abs(law.meanMs - mean)).toBeLessThanOrEqual(1e-9 * mean);
        expect(law.varianceMs2).toBeGreaterThanOrEqual(0);
      }),
      RUNS,
    );
  });

  test("has quantiles that are finite and do not fall as p grows", () => {
    fc.assert(
      fc.property(anyLaw, (law) => {
        const found = quantiles(law, [0, 0.01, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999]);
        for (const [i, ms] of found.entries()) {
          expect(Number.isFinite(ms)).toBe(true);
          expect(ms).toBeGreaterThanOrEqual(found[i - 1] ?? 0);
        }
      }),
      RUNS,
    );
  });

  test("has a tail from 0 to 1 that does not rise, and 0 far out", () => {
    fc.assert(
      fc.property(smoothCompound, (law) => {
        let before = 1;
        for (const ms of timesOf(law)) {
          const now = tail(law, ms);
          expect(now).toBeGreaterThanOrEqual(0);
          expect(now).toBeLessThanOrEqual(before + NOISE);
          before = now;
        }
      }),
      RUNS,
    );
  });

  test("has the mean and the variance that the algebra says", () => {
    const parts = fc.tuple(anyLaw, anyLaw, share);
    fc.assert(
      fc.property(parts, ([a, b, p]) => {
        const sum = sequence([a, b]);
        const mean = a.meanMs + b.meanMs;
        expect(Math.abs(sum.meanMs - mean)).toBeLessThanOrEqual(1e-7 * mean);
        expect(Math.abs(sum.varianceMs2 - a.varianceMs2 - b.varianceMs2)).toBeLessThanOrEqual(
          1e-6 * (sum.varianceMs2 + sum.meanMs ** 2),
        );
        const either = mixture([
          { probability: p, law: a },
          { probability: 1 - p, law: b },
        ]);
        const weighted = p * a.meanMs + (1 - p) * b.meanMs;
        expect(Math.abs(either.meanMs - weighted)).toBeLessThanOrEqual(1e-7 * weighted);
      }),
      RUNS,
    );
  });

  test("has the mixture of the tails as the tail of the mixture", () => {
    fc.assert(
      fc.property(smoothCompound, smoothCompound, share, (a, b, p) => {
        const either = mixture([
          { probability: p, law: a },
          { probability: 1 - p, law: b },
        ]);
        for (const ms of timesOf(either)) {
          expect(Math.abs(tail(either, ms) - p * tail(a, ms) - (1 - p) * tail(b, ms))).toBeLessThanOrEqual(NOISE);
        }
      }),
      RUNS,
    );
  });

  test("splits at a timeout into what is within and what is not", () => {
    fc.assert(
      fc.property(smoothCompound, fc.double({ min: 0.05, max: 3, noNaN: true }), (law, times) => {
        const timeoutMs = times * law.meanMs;
        const { probability, law: within } = completedWithin(law, timeoutMs);
        expect(probability).toBeCloseTo(1 - tail(law, timeoutMs), 9);
        expect(within.meanMs).toBeLessThanOrEqual(timeoutMs * (1 + 1e-9));
        if (probability > 1e-3) {
          for (const ms of timesOf(law).filter((time) => time < timeoutMs)) {
            expect(1 - tail(within, ms)).toBeCloseTo((1 - tail(law, ms)) / probability, 5);
          }
        }
      }),
      RUNS,
    );
  });
});

/** Laws without a bend after their start: inversion is at its best. */
const smoothLeaf = fc.tuple(meanMs, fc.constantFrom(0.1, 0.5, 1, 1.5, 4)).map(([mean, v]) => serviceTimeLaw(mean, v));
const smoothCompound: fc.Arbitrary<LatencyLaw> = fc.oneof(
  withoutBend,
  fc.array(smoothLeaf, { minLength: 1, maxLength: 4 }).map(sequence),
  fc.array(withoutBend, { minLength: 1, maxLength: 4 }).map((laws) => slowestOf(laws)),
  fc
    .tuple(fc.array(smoothLeaf, { minLength: 1, maxLength: 3 }), meanMs)
    .map(([laws, ms]) => sequence([...laws, constantLaw(ms)])),
);
