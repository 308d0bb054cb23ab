import { describe, expect, test } from "vitest";
import type { LatencyLaw } from "../model/latency-law.ts";
import { completedWithin } from "./completed-within.ts";
import { constantLaw } from "./constant-law.ts";
import { exponentialLaw } from "./exponential-law.ts";
import { kthFastest } from "./kth-fastest.ts";
import { mixture } from "./mixture.ts";
import { quantile, quantiles } from "./quantile.ts";
import { repeat } from "./repeat.ts";
import { sequence } from "./sequence.ts";
import { slowestOf } from "./slowest-of.ts";
import { tail } from "./tail.ts";

const PERCENTILES = [0.5, 0.9, 0.99, 0.999];

function harmonic(n: number): number {
  let sum = 0;
  for (let i = 1; i <= n; i++) sum += 1 / i;
  return sum;
}

/** Without its closed tail a law must go through its transform. */
function throughTransform(law: LatencyLaw): LatencyLaw {
  return {
    ...law,
    pieces: law.pieces.map(({ smoothTail, ...piece }) => {
      if (piece.smooth !== null) expect(smoothTail?.(0)).toBeCloseTo(piece.smoothMass, 8);
      return piece;
    }),
  };
}

describe("slowestOf", () => {
  test("n equal exponentials: mean H(n), quantile −ln(1 − p^(1/n))", () => {
    for (const n of [2, 3, 10, 100]) {
      const law = slowestOf(new Array(n).fill(exponentialLaw(1)));
      expect(law.meanMs / harmonic(n)).toBeCloseTo(1, 7);
      for (const [i, ms] of quantiles(law, PERCENTILES).entries()) {
        expect(ms / -Math.log1p(-((PERCENTILES[i] ?? 0) ** (1 / n)))).toBeCloseTo(1, 5);
      }
    }
  });

  test("the transform of the join agrees with its tail, and carries it through a sum", () => {
    const joined = slowestOf([
      exponentialLaw(1),
      exponentialLaw(2),
      sequence([exponentialLaw(0.3), exponentialLaw(0.4)]),
    ]);
    const inverted = throughTransform(joined);
    for (const ms of [0.01, 0.3, 1, 3, 8, 15]) expect(tail(inverted, ms)).toBeCloseTo(tail(joined, ms), 7);
    // max of exponentials with rates 1 and 1/2 is a sum of three exponential terms; so is its sum with another of mean 5
    const sum = sequence([slowestOf([exponentialLaw(1), exponentialLaw(2)]), exponentialLaw(5)]);
    const withFive = (m: number, t: number): number => (5 * Math.exp(-t / 5) - m * Math.exp(-t / m)) / (5 - m);
    const exact = (t: number): number => withFive(1, t) + withFive(2, t) - withFive(2 / 3, t);
    for (const p of PERCENTILES) expect(exact(quantile(sum, p)) / (1 - p)).toBeCloseTo(1, 5);
    expect(sum.meanMs).toBeCloseTo(1 + 2 - 2 / 3 + 5, 7);
  });

  test("branches behind different constants start when the last one can be over", () => {
    const law = slowestOf([
      sequence([constantLaw(5), exponentialLaw(1)]),
      sequence([constantLaw(1), exponentialLaw(2)]),
    ]);
    const exact = (t: number): number => 1 - (1 - Math.exp(-(t - 5))) * (1 - Math.exp(-(t - 1) / 2));
    expect(law.pieces[0]?.shiftMs).toBe(5);
    for (const p of PERCENTILES) expect(exact(quantile(law, p)) / (1 - p)).toBeCloseTo(1, 5);
    for (const ms of [5.1, 6, 9, 20]) expect(tail(throughTransform(law), ms)).toBeCloseTo(exact(ms), 7);
  });

  test("constants only, and a constant with a random branch", () => {
    expect(quantiles(slowestOf([constantLaw(3), constantLaw(8)]), [0.01, 0.99])).toEqual([8, 8]);
    const law = slowestOf([constantLaw(3), exponentialLaw(2)]);
    expect(quantile(law, 0.5)).toBe(3);
    expect(tail(law, 3)).toBeCloseTo(Math.exp(-1.5), 12);
    expect(law.meanMs).toBeCloseTo(3 + 2 * Math.exp(-1.5), 7);
  });

  test("a branch that is not drawn is not waited for", () => {
    const law = slowestOf([exponentialLaw(1), exponentialLaw(1)], [0.5, 0.25]);
    const answered = (q: number, t: number): number => 1 - q * Math.exp(-t);
    for (const ms of [0, 0.5, 2, 6]) expect(tail(law, ms)).toBeCloseTo(1 - answered(0.5, ms) * answered(0.25, ms), 8);
    expect(quantile(law, 0.374)).toBe(0);
  });

  test("scales from microseconds to an hour side by side", () => {
    const law = slowestOf([exponentialLaw(0.001), exponentialLaw(3.6e6)]);
    expect(quantile(law, 0.99) / (3.6e6 * Math.log(100))).toBeCloseTo(1, 7);
    expect(law.meanMs / 3.6e6).toBeCloseTo(1, 7);
  });
});

describe("kthFastest", () => {
  test("k of n equal exponentials: mean (H(n) − H(n − k))", () => {
    for (const [k, n] of [
      [1, 2],
      [2, 3],
      [3, 5],
      [1, 10],
      [10, 10],
      [50, 100],
    ] as const) {
      const law = kthFastest(k, new Array(n).fill(exponentialLaw(1)));
      expect(Math.abs(law.meanMs / (harmonic(n) - harmonic(n - k)) - 1)).toBeLessThan(1e-6);
    }
  });

  test("2 of 3 different laws, by enumeration", () => {
    const means = [1, 2, 5] as const;
    const law = kthFastest(2, [exponentialLaw(1), sequence([exponentialLaw(2)]), exponentialLaw(5)]);
    const exact = (t: number): number => {
      const [a = 0, b = 0, c = 0] = means.map((m) => 1 - Math.exp(-t / m));
      return 1 - (a * b + a * c + b * c - 2 * a * b * c);
    };
    for (const ms of [0.1, 1, 3, 10, 30]) expect(tail(law, ms)).toBeCloseTo(exact(ms), 8);
  });

  test("with fewer drawn than needed, the last of those drawn", () => {
    // 2 of 3 with the third drawn half of the time, and the second never
    const law = kthFastest(2, [exponentialLaw(1), exponentialLaw(1), exponentialLaw(1)], [1, 0, 0.5]);
    const e = (t: number): number => Math.exp(-t);
    for (const ms of [0.1, 1, 4]) expect(tail(law, ms)).toBeCloseTo(0.5 * e(ms) + 0.5 * (2 * e(ms) - e(2 * ms)), 8);
  });

  test("a hedge after 5: exponential with 1 % a hundred times slower (p99 5.35, p99.9 7.38)", () => {
    const once = mixture([
      { probability: 0.99, law: exponentialLaw(1) },
      { probability: 0.01, law: exponentialLaw(100) },
    ]);
    const hedged = (afterMs: number): LatencyLaw => kthFastest(1, [once, sequence([constantLaw(afterMs), once])]);
    const onceTail = (t: number): number => 0.99 * Math.exp(-t) + 0.01 * Math.exp(-t / 100);
    expect(onceTail(quantile(once, 0.99))).toBeCloseTo(0.01, 12);
    expect(quantile(once, 0.999).toFixed(1)).toBe("230.3");
    expect(quantiles(hedged(5), [0.99, 0.999]).map((ms) => ms.toFixed(2))).toEqual(["5.35", "7.38"]);
    expect(quantiles(hedged(10), [0.99, 0.999]).map((ms) => ms.toFixed(2))).toEqual(["7.25", "12.26"]);
  });
});

describe("completedWithin", () => {
  test("an exponential law cut at its timeout", () => {
    const { probability, law } = completedWithin(exponentialLaw(2), 3);
    const inside = 1 - Math.exp(-1.5);
    expect(probability).toBeCloseTo(inside, 14);
    expect(law.meanMs).toBeCloseTo(2 - (3 * Math.exp(-1.5)) / inside, 8);
    for (const p of PERCENTILES) expect(quantile(law, p)).toBeCloseTo(-2 * Math.log1p(-p * inside), 6);
    expect(tail(law, 3)).toBe(0);
  });

  test("what ends exactly at the timeout has completed", () => {
    const { probability, law } = completedWithin(
      mixture([
        { probability: 0.4, law: constantLaw(10) },
        { probability: 0.6, law: exponentialLaw(20) },
      ]),
      10,
    );
    const inside = 1 - 0.6 * Math.exp(-0.5);
    expect(probability).toBeCloseTo(inside, 14);
    expect(quantile(law, 0.9)).toBe(10);
    expect(quantile(law, 0.2)).toBeCloseTo(-20 * Math.log1p((-0.2 * inside) / 0.6), 6);
  });

  test("nobody, everybody", () => {
    expect(completedWithin(constantLaw(5), 4)).toMatchObject({ probability: 0, law: { meanMs: 4 } });
    const law = exponentialLaw(1);
    expect(completedWithin(law, 1000)).toEqual({ probability: 1, law });
  });

  test("three attempts, each cut at the timeout, add up to the geometric mixture", () => {
    const attempt = completedWithin(sequence([constantLaw(1), exponentialLaw(2)]), 4);
    const failed = 1 - attempt.probability;
    const weights = [attempt.probability, failed * attempt.probability, failed * failed * attempt.probability];
    const total = weights.reduce((a, b) => a + b, 0);
    const law = mixture(
      weights.map((weight, i) => ({ probability: weight / total, law: sequence([constantLaw(4 * i), attempt.law]) })),
    );
    // In the second attempt, x after it began:
    const late = (x: number): number => (Math.exp(-(x - 1) / 2) - Math.exp(-1.5)) / attempt.probability;
    expect(tail(law, 4 + 2.5)).toBeCloseTo(((weights[1] ?? 0) * late(2.5) + (weights[2] ?? 0)) / total, 8);
    expect(tail(law, 4.5)).toBeCloseTo(((weights[1] ?? 0) + (weights[2] ?? 0)) / total, 8);
  });
});

describe("repeat", () => {
  test("whole calls are Erlang, a fraction is one more with that probability", () => {
    const law = repeat(2.25, exponentialLaw(1));
    const exact = (t: number): number => Math.exp(-t) * (1 + t + (0.25 * t * t) / 2);
    for (const p of PERCENTILES) expect(exact(quantile(law, p)) / (1 - p)).toBeCloseTo(1, 6);
    expect(law.meanMs).toBeCloseTo(2.25, 14);
    // one more call of mean 1 with probability ¼: ¼·2 − 1/16
    expect(law.varianceMs2).toBeCloseTo(2 + 0.5 - 1 / 16, 12);
  });

  test("a law with an atom: the number of times it is not zero is binomial", () => {
    const once = mixture([
      { probability: 0.75, law: constantLaw(0) },
      { probability: 0.25, law: exponentialLaw(1) },
    ]);
    const law = repeat(4, sequence([constantLaw(2), once]));
    expect(tail(law, 8)).toBeCloseTo(1 - 0.75 ** 4, 12);
    expect(law.meanMs).toBeCloseTo(8 + 1, 12);
    expect(law.varianceMs2).toBeCloseTo(4 * (0.5 - 1 / 16), 12);
    const binomial = [4 * 0.25 * 0.75 ** 3, 6 * 0.25 ** 2 * 0.75 ** 2, 4 * 0.25 ** 3 * 0.75, 0.25 ** 4] as const;
    const erlangTail = (phases: number, t: number): number =>
      [1, t, (t * t) / 2, (t * t * t) / 6].slice(0, phases).reduce((a, b) => a + b, 0) * Math.exp(-t);
    const exact = binomial.reduce((sum, weight, i) => sum + weight * erlangTail(i + 1, 1.5), 0);
    expect(tail(law, 9.5)).toBeCloseTo(exact, 9);
  });

  test("no call takes no time", () => {
    expect(repeat(0, exponentialLaw(5))).toMatchObject({ meanMs: 0, varianceMs2: 0 });
  });
});
