import type { TimeLaw } from "../model/program.ts";
import { balancedHyperexponential } from "../queueing/service-moments.ts";
import { naturalLogarithm } from "./natural-logarithm.ts";
import type { RandomStream } from "./random-streams.ts";

/** Draws one random time, in ms. */
export type TimeSampler = (stream: RandomStream) => number;

/**
 * Sampler of the law that the analytic engine means by a mean and a coefficient of variation v: constant at 0, gamma of
 * shape 1/v² below 1, exponential at 1, hyperexponential of two phases with balanced means above 1. A constant time draws
 * nothing.
 *
 * Throws a RangeError unless the mean is finite and the variability too, both 0 or more.
 */
export function timeSampler({ meanMs, variability }: TimeLaw): TimeSampler {
  if (
    !(meanMs >= 0 && variability >= 0 && meanMs < Number.POSITIVE_INFINITY && variability < Number.POSITIVE_INFINITY)
  ) {
    throw new RangeError(`timeSampler: no law has mean ${meanMs} and coefficient of variation ${variability}`);
  }
  if (variability === 0 || meanMs === 0) return () => meanMs;
  if (variability === 1) return (stream) => meanMs * stream.exponential();
  const scv = variability * variability;
  if (variability < 1) {
    const shape = 1 / scv;
    return (stream) => (meanMs / shape) * standardGamma(stream, shape);
  }
  const { probabilities, means } = balancedHyperexponential(scv);
  const often = probabilities[0];
  const shortMs = meanMs * means[0];
  const longMs = meanMs * means[1];
  return (stream) => (stream.uniform() < often ? shortMs : longMs) * stream.exponential();
}

/**
 * Gamma of scale 1 (G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", ACM TOMS 26, 2000).
 *
 * @param shape 1 or more
 */
function standardGamma(stream: RandomStream, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = stream.uniform();
    const square = x * x;
    if (u < 1 - 0.0331 * square * square) return d * v;
    if (naturalLogarithm(u) < 0.5 * square + d * (1 - v + naturalLogarithm(v))) return d * v;
  }
}
