import { describe, expect, test } from "vitest";
import { constantLaw } from "./constant-law.ts";
import { exponentialLaw } from "./exponential-law.ts";
import { gammaLaw } from "./gamma-law.ts";
import { hyperexponentialLaw } from "./hyperexponential-law.ts";
import { mixture } from "./mixture.ts";
import { quantile, quantiles } from "./quantile.ts";
import { sequence } from "./sequence.ts";
import { smoothLaw } from "./smooth-law.ts";
import { tail } from "./tail.ts";
import { remembering } from "./transform.ts";

const PERCENTILES = [0.5, 0.9, 0.95, 0.99, 0.999];

/** The largest relative error of the tail at the quantiles, as an error of the time. */
function worstQuantile(law: Parameters<typeof quantiles>[0], exactTail: (ms: number) => number): number {
  let worst = 0;
  for (const [i, ms] of quantiles(law, PERCENTILES).entries()) {
    const exact = bisect(exactTail, 1 - (PERCENTILES[i] ?? 0), ms);
    worst = Math.max(worst, Math.abs(ms / exact - 1));
  }
  return worst;
}

function bisect(exactTail: (ms: number) => number, wanted: number, near: number): number {
  let low = near / 2;
  let high = near * 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (exactTail(middle) > wanted) low = middle;
    else high = middle;
  }
  return high;
}

/** Sojourn in M/M/c (mean service 1 ms) by its textbook formulas, with its transform and, if asked, its closed tail. */
function sojournMMc(servers: number, rho: number, closed: boolean) {
  const offered = servers * rho;
  let blocking = 1;
  for (let k = 1; k <= servers; k++) blocking = (offered * blocking) / (k + offered * blocking);
  const wait = blocking / (1 - rho + rho * blocking);
  const d = servers - offered;
  const transform = remembering((points, answer) => {
    for (let k = 0; k < answer.re.length; k++) {
      const x = points.re[k] ?? 0;
      const y = points.im[k] ?? 0;
      // [(1 − C) + C d/(d + s)] / (1 + s)
      const w = (wait * d) / ((d + x) ** 2 + y * y);
      const aRe = 1 - wait + w * (d + x);
      const aIm = -w * y;
      const size = (1 + x) ** 2 + y * y;
      answer.re[k] = (aRe * (1 + x) + aIm * y) / size;
      answer.im[k] = (aIm * (1 + x) - aRe * y) / size;
    }
  });
  const exact = (t: number): number =>
    (1 - wait) * Math.exp(-t) + (wait * (d * Math.exp(-t) - Math.exp(-d * t))) / (d - 1);
  const parts = { meanMs: wait / d + 1, varianceMs2: (2 * wait) / d ** 2 - (wait / d) ** 2 + 1, transform };
  return { law: smoothLaw(closed ? { ...parts, tail: exact } : parts), exact };
}

describe("single laws", () => {
  test("an exponential law in closed form: −m ln(1 − p)", () => {
    for (const meanMs of [1e-3, 1, 3.6e6]) {
      for (const p of [0.001, ...PERCENTILES, 0.999999]) {
        expect(quantile(exponentialLaw(meanMs), p) / (-meanMs * Math.log1p(-p))).toBeCloseTo(1, 12);
      }
    }
  });

  test("sojourn in M/M/c through its closed tail to 1e-9, through its transform to 1e-7", () => {
    for (const [servers, rho] of [
      [4, 0.8],
      [8, 0.8],
      [2, 0.8],
      [5, 0.95],
      [50, 0.5],
    ] as const) {
      const closed = sojournMMc(servers, rho, true);
      expect(worstQuantile(closed.law, closed.exact)).toBeLessThan(1e-9);
      const open = sojournMMc(servers, rho, false);
      expect(worstQuantile(open.law, open.exact)).toBeLessThan(1e-7);
    }
  });

  test("balanced hyperexponential and gamma laws keep their closed tails", () => {
    const scv = 4;
    const often = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
    const exact = (t: number): number =>
      often * Math.exp(-2 * often * t) + (1 - often) * Math.exp(-2 * (1 - often) * t);
    expect(worstQuantile(hyperexponentialLaw(1, scv), exact)).toBeLessThan(1e-9);
    // Gamma of shape 4 is Erlang-4.
    const erlang = (t: number): number => Math.exp(-4 * t) * (1 + 4 * t + 8 * t * t + (32 * t * t * t) / 3);
    expect(worstQuantile(gammaLaw(1, 0.25), erlang)).toBeLessThan(1e-9);
  });

  test("a constant is its own quantile at every p", () => {
    expect(quantiles(constantLaw(7), [0, 0.5, 0.999999])).toEqual([7, 7, 7]);
  });

  test("p outside 0 to 1 is refused", () => {
    expect(() => quantile(constantLaw(1), 1)).toThrow(RangeError);
    expect(() => quantile(constantLaw(1), Number.NaN)).toThrow(RangeError);
  });
});

describe("sums against closed forms", () => {
  test("two unequal exponentials, and a wide range of scales", () => {
    for (const [a, b] of [
      [1, 2],
      [1, 100],
      [0.001, 3.6e6],
      [5, 5.001],
    ] as const) {
      const law = sequence([exponentialLaw(a), exponentialLaw(b)]);
      const exact = (t: number): number => (b * Math.exp(-t / b) - a * Math.exp(-t / a)) / (b - a);
      expect(worstQuantile(law, exact)).toBeLessThan(1e-6);
    }
  });

  test("Erlang of 1 to 1000 phases", () => {
    for (const phases of [2, 5, 20, 100, 1000]) {
      const law = sequence(new Array(phases).fill(exponentialLaw(1)));
      const exact = (t: number): number => {
        let sum = 0;
        for (let j = 0, logTerm = -t; j < phases; j++) {
          sum += Math.exp(logTerm);
          logTerm += Math.log(t / (j + 1));
        }
        return sum;
      };
      expect(worstQuantile(law, exact)).toBeLessThan(1e-6);
    }
  });

  test("hypoexponential of five different means", () => {
    const means = [1, 2, 4, 7, 11];
    const law = sequence(means.map(exponentialLaw));
    const exact = (t: number): number =>
      means.reduce((sum, m) => {
        const others = means.filter((other) => other !== m);
        return sum + Math.exp(-t / m) * others.reduce((product, other) => product * (m / (m - other)), 1);
      }, 0);
    expect(worstQuantile(law, exact)).toBeLessThan(1e-6);
  });

  test("gamma plus exponential: Erlang-3 of mean 3 plus exponential of mean 2", () => {
    const law = sequence([gammaLaw(3, 1 / 3), exponentialLaw(2)]);
    // Partial fractions of 1/((1 + s)³(1 + 2s)): 8 e^(−t/2) − e^(−t)(7 + 3t + t²/2) is the tail.
    const exact = (t: number): number => 8 * Math.exp(-t / 2) - Math.exp(-t) * (7 + 3 * t + (t * t) / 2);
    expect(exact(0)).toBeCloseTo(1, 12);
    expect(worstQuantile(law, exact)).toBeLessThan(1e-6);
  });

  test("the tandem M/M/4, M/M/8, M/M/2 at ρ = 0.8 and the same arrival rate", () => {
    // λ = 0.8 per ms and ρ = λS/c = 0.8 make the mean service c ms. Recomputed independently; simulation: 20.74, 45.48, 59.79, 79.09.
    const law = sequence([4, 8, 2].map((servers) => timesFactor(sojournMMc(servers, 0.8, false).law, servers)));
    expect(quantiles(law, [0.5, 0.95, 0.99, 0.999]).map((ms) => ms.toFixed(3))).toEqual([
      "20.786",
      "45.495",
      "59.729",
      "78.964",
    ]);
  });
});

function timesFactor(law: ReturnType<typeof exponentialLaw>, factor: number) {
  const [piece] = law.pieces;
  const smooth = piece?.smooth;
  if (smooth === undefined || smooth === null) throw new Error("not a smooth law");
  return smoothLaw({
    meanMs: law.meanMs * factor,
    varianceMs2: law.varianceMs2 * factor * factor,
    transform: ({ re, im }) => smooth({ re: re.map((x) => x * factor), im: im.map((y) => y * factor) }),
  });
}

describe("branches", () => {
  test("one request in a hundred is a hundred times slower", () => {
    const law = mixture([
      { probability: 0.99, law: sequence([exponentialLaw(1), exponentialLaw(0.5)]) },
      { probability: 0.01, law: sequence([exponentialLaw(100), exponentialLaw(0.5)]) },
    ]);
    const two = (a: number, b: number, t: number): number => (a * Math.exp(-t / a) - b * Math.exp(-t / b)) / (a - b);
    expect(worstQuantile(law, (t) => 0.99 * two(1, 0.5, t) + 0.01 * two(100, 0.5, t))).toBeLessThan(1e-6);
  });

  test("a constant and then 0.3 nothing, 0.7 exponential: the jump is a quantile of its own", () => {
    const law = sequence([
      constantLaw(5),
      mixture([
        { probability: 0.3, law: constantLaw(0) },
        { probability: 0.7, law: exponentialLaw(10) },
      ]),
    ]);
    expect(quantiles(law, [0.1, 0.29999])).toEqual([5, 5]);
    expect(quantile(law, 0.99)).toBeCloseTo(5 - 10 * Math.log(0.01 / 0.7), 8);
    expect(tail(law, 4.999)).toBe(1);
    expect(tail(law, 5)).toBeCloseTo(0.7, 15);
  });

  test("atoms in the middle of a continuous law", () => {
    const law = mixture([
      { probability: 0.5, law: sequence([exponentialLaw(1), exponentialLaw(2)]) },
      { probability: 0.5, law: constantLaw(3) },
    ]);
    const smoothTail = (t: number): number => 2 * Math.exp(-t / 2) - Math.exp(-t);
    const below = 0.5 * (1 - smoothTail(3));
    expect(quantile(law, below + 1e-6)).toBe(3);
    expect(quantile(law, below + 0.5 - 1e-6)).toBe(3);
    expect(quantile(law, below - 1e-3)).toBeLessThan(3);
    expect(0.5 * smoothTail(quantile(law, below + 0.5 + 0.01))).toBeCloseTo(0.5 * smoothTail(3) - 0.01, 9);
  });

  test("constants of different branches stay exact shifts after more hops", () => {
    // 5 or 50 ms of network, then two exponentials: the tail is a mixture of shifted Erlang-2 tails.
    const law = sequence([
      mixture([
        { probability: 0.8, law: constantLaw(5) },
        { probability: 0.2, law: constantLaw(50) },
      ]),
      exponentialLaw(2),
      exponentialLaw(2),
    ]);
    const erlang2 = (t: number): number => (t <= 0 ? 1 : (1 + t / 2) * Math.exp(-t / 2));
    expect(worstQuantile(law, (t) => 0.8 * erlang2(t - 5) + 0.2 * erlang2(t - 50))).toBeLessThan(1e-6);
  });
});
