import { logGamma, upperIncompleteGammaRatio } from "../latency/incomplete-gamma.ts";

/** What chance makes of the shares of a consistent-hash ring. Shares are over their mean 1/n. */
export interface RingShareLaw {
  /** Coefficient of variation of a share: √((n − 1)/(nv + 1)). */
  readonly variation: number;
  /** Mean of the largest of the n shares. */
  readonly expectedLargest: number;
  /** Half a percent of the shares lie below, half a percent above. */
  readonly range99: readonly [low: number, high: number];
}

/**
 * The share of one of n equal targets with v random points each on a ring: Beta(v, (n − 1)v), exact (Karger et al. 1997; arcs
 * between uniform points). The shares together are gamma variables of shape v over their sum, which is independent of them,
 * so that the mean of the largest is that of the largest of n gamma variables.
 *
 * @param targets n, an integer from 1
 * @param pointsPerTarget v, an integer from 1
 */
export function ringShareLaw(targets: number, pointsPerTarget: number): RingShareLaw {
  if (targets === 1) return { variation: 0, expectedLargest: 1, range99: [1, 1] };
  const v = pointsPerTarget;
  const others = (targets - 1) * v;
  return {
    variation: Math.sqrt((targets - 1) / (targets * v + 1)),
    expectedLargest: largestGamma(targets, v) / v,
    range99: [targets * betaQuantile(v, others, 0.005), targets * betaQuantile(v, others, 0.995)],
  };
}

const STEPS = 2000;

/** E[max of n gamma variables of shape v] = ∫ 1 − F(x)ⁿ dx, by Simpson's rule between where F is 0 and where it is 1. */
function largestGamma(count: number, shape: number): number {
  const spread = Math.sqrt(shape);
  const low = Math.max(0, shape - 9 * spread);
  const high = shape + (9 + Math.sqrt(2 * Math.log(count))) * spread + 2 * Math.log(count) + 40;
  const step = (high - low) / STEPS;
  let sum = 0;
  for (let k = 0; k <= STEPS; k += 1) {
    const tail = upperIncompleteGammaRatio(shape, low + k * step);
    const weight = k === 0 || k === STEPS ? 1 : k % 2 === 1 ? 4 : 2;
    sum += weight * -Math.expm1(count * Math.log1p(-Math.min(1, tail)));
  }
  return low + (sum * step) / 3;
}

function betaQuantile(a: number, b: number, probability: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (betaDistribution(a, b, middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(X ≤ x) for X ~ Beta(a, b), by its continued fraction (Abramowitz and Stegun 26.5.8) and Lentz's method. */
function betaDistribution(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaDistribution(b, a, 1 - x);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / Math.max(tiny, 1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 20_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * fraction;
}
