import { constantLaw } from "../latency/constant-law.ts";
import { exponentialLaw } from "../latency/exponential-law.ts";
import { gammaLaw } from "../latency/gamma-law.ts";
import { hyperexponentialLaw } from "../latency/hyperexponential-law.ts";
import { mixture } from "../latency/mixture.ts";
import { smoothLaw } from "../latency/smooth-law.ts";
import type { ComplexVector, LatencyLaw } from "../model/latency-law.ts";

/** A variation this close to that of the exponential law is the exponential law. */
const EXPONENTIAL = 1e-9;
/** The least squared coefficient of variation that a fitted wait is given: below it the law is a step to every purpose. */
const LEAST_SCV = 1e-4;

/** How long an accepted request waits: not at all, or with probability `waitProbability` a time of the given moments. */
export interface WaitMoments {
  readonly waitProbability: number;
  readonly conditionalMeanMs: number;
  readonly conditionalScv: number;
}

/**
 * The law of a wait from its probability and two moments: an atom at zero, and a gamma law (variation below exponential),
 * an exponential law or a hyperexponential law of two phases with balanced means (above).
 *
 * For M/G/c the conditional variation of M/G/1 gives percentiles of the response time within 1–2 % (c² ≤ 1) to 5 %
 * (hyperexponential) of simulation; a single exponential is 3–10 % off.
 */
export function fittedWaitingLaw({ waitProbability, conditionalMeanMs, conditionalScv }: WaitMoments): LatencyLaw {
  if (waitProbability === 0 || conditionalMeanMs === 0) return constantLaw(0);
  return mixture([
    { probability: 1 - waitProbability, law: constantLaw(0) },
    { probability: waitProbability, law: twoMomentLaw(conditionalMeanMs, conditionalScv) },
  ]);
}

function twoMomentLaw(meanMs: number, scv: number): LatencyLaw {
  if (Math.abs(scv - 1) < EXPONENTIAL) return exponentialLaw(meanMs);
  return scv < 1 ? gammaLaw(meanMs, Math.max(LEAST_SCV, scv)) : hyperexponentialLaw(meanMs, scv);
}

/**
 * Wait plus service where both are exponential: the wait is 0, or with probability `waitProbability` exponential of mean
 * `conditionalMeanMs`; the service is exponential of mean `serviceTimeMs` (above 0). The tail is closed: M/M/c, and every
 * GI/M/1 and GI/M/c.
 *
 * P(T > t) = (1 − C)e^(−μt) + C(de^(−μt) − μe^(−dt))/(d − μ), written with expm1 so that d near μ costs no digits.
 */
export function exponentialSojournLaw(
  waitProbability: number,
  conditionalMeanMs: number,
  serviceTimeMs: number,
): LatencyLaw {
  const waitRate = 1 / conditionalMeanMs;
  const serviceRate = 1 / serviceTimeMs;
  if (waitProbability === 0 || conditionalMeanMs === 0 || !Number.isFinite(waitRate))
    return exponentialLaw(serviceTimeMs);
  const meanWaitMs = waitProbability * conditionalMeanMs;
  const transform = (points: ComplexVector): ComplexVector => {
    const { length } = points.re;
    const re = new Float64Array(length);
    const im = new Float64Array(length);
    for (let k = 0; k < length; k += 1) {
      const x = points.re[k] ?? 0;
      const y = points.im[k] ?? 0;
      // ((1 − C)·s·w + 1)/((1 + s·w)(1 + s·S)), from (1 − C) + C/(1 + sw) over one denominator
      const a = 1 + (1 - waitProbability) * conditionalMeanMs * x;
      const b = (1 - waitProbability) * conditionalMeanMs * y;
      const p = 1 + conditionalMeanMs * x;
      const q = conditionalMeanMs * y;
      const u = 1 + serviceTimeMs * x;
      const v = serviceTimeMs * y;
      const c = p * u - q * v;
      const d = p * v + q * u;
      const size = c * c + d * d;
      re[k] = (a * c + b * d) / size;
      im[k] = (b * c - a * d) / size;
    }
    return { re, im };
  };
  return smoothLaw({
    meanMs: meanWaitMs + serviceTimeMs,
    varianceMs2: 2 * meanWaitMs * conditionalMeanMs - meanWaitMs * meanWaitMs + serviceTimeMs * serviceTimeMs,
    transform,
    tail: (ms) =>
      (1 - waitProbability) * Math.exp(-serviceRate * ms) + waitProbability * twoStageTail(waitRate, serviceRate, ms),
  });
}

/** P(X + Y > t) for exponential X and Y of the given rates, equal or not. */
function twoStageTail(oneRate: number, otherRate: number, ms: number): number {
  const slow = Math.min(oneRate, otherRate);
  const apart = Math.max(oneRate, otherRate) - slow;
  // (1 − e^(−xt))/x tends to t: the slower stage alone, plus the part in which the faster one made the difference.
  const overlap = apart * ms < 1e-12 ? ms : -Math.expm1(-apart * ms) / apart;
  return Math.exp(-slow * ms) * (1 + slow * overlap);
}
