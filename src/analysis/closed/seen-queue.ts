import { constantLaw } from "../latency/constant-law.ts";
import { smoothLaw } from "../latency/smooth-law.ts";
import type { ComplexVector, LatencyLaw } from "../model/latency-law.ts";
import { poissonProbability } from "../queueing/erlang-b.ts";
import { fittedWaitingLaw } from "../queueing/waiting-law.ts";

/**
 * What an arriving user finds at a station: at place k the probability that all servers are busy and at least k others
 * wait. Falls from place to place.
 */
export type SeenTail = Float64Array;

/** Moments of the wait in mean times between departures of a full station (service time over servers). */
export interface SeenWait {
  readonly waitProbability: number;
  readonly mean: number;
  readonly secondMoment: number;
}

/** With exponential service a user who finds k others waiting waits for k + 1 departures: ΣT_k and Σ2(k + 1)T_k. */
export function waitSeeing(tail: SeenTail): SeenWait {
  let mean = 0;
  let secondMoment = 0;
  tail.forEach((probability, k) => {
    mean += probability;
    secondMoment += 2 * (k + 1) * probability;
  });
  return { waitProbability: tail[0] ?? 0, mean, secondMoment };
}

/** Below this a wait is too rare to have a law. */
const NO_WAIT = 1e-12;
/** With more places the exact law costs too much; its two moments say the same by then. */
const MOST_PLACES = 1024;

/**
 * The law of the wait, exact for exponential service: a mixture of Erlang laws with the mean `departureMs` between two departures.
 * For more than 1024 places it is fitted to its probability and two moments.
 */
export function waitingLawSeeing(tail: SeenTail, departureMs: number): LatencyLaw {
  const { waitProbability, mean, secondMoment } = waitSeeing(tail);
  if (waitProbability < NO_WAIT || mean < NO_WAIT || !(departureMs > 0)) return constantLaw(0);
  let places = tail.length;
  while (places > 1 && (tail[places - 1] ?? 0) < 1e-18) places--;
  const conditionalMeanMs = (mean / waitProbability) * departureMs;
  if (places > MOST_PLACES) {
    const conditionalScv = Math.max(0, (secondMoment * waitProbability) / (mean * mean) - 1);
    return fittedWaitingLaw({ waitProbability: Math.min(1, waitProbability), conditionalMeanMs, conditionalScv });
  }
  return smoothLaw({
    meanMs: mean * departureMs,
    varianceMs2: Math.max(0, secondMoment - mean * mean) * departureMs * departureMs,
    transform: transformSeeing(tail, places, departureMs),
    tail: (ms) => tailSeeing(tail, places, ms / departureMs),
    atomAtZero: Math.max(0, Math.min(1 - NO_WAIT, 1 - waitProbability)),
  });
}

/** P(W > t) = Σ P(k departures until t)·T_k. */
function tailSeeing(tail: SeenTail, places: number, expected: number): number {
  if (expected <= 0) return tail[0] ?? 0;
  // The terms near the mean of the Poisson law count; summed from its top outwards.
  const top = Math.min(places - 1, Math.floor(expected));
  const atTop = poissonProbability(top, expected);
  let sum = 0;
  for (let k = top, term = atTop; k < places; k++, term *= expected / k) {
    sum += term * (tail[k] ?? 0);
    if (term < 1e-20) break;
  }
  for (let k = top - 1, term = (atTop * top) / expected; k >= 0; k--) {
    sum += term * (tail[k] ?? 0);
    term *= k / expected;
    if (term < 1e-22) break;
  }
  return Math.min(1, sum);
}

/** (1 − T₀) + Σ(T_k − T_{k+1})z^{k+1} with z = 1/(1 + s·d), by Horner's scheme. */
function transformSeeing(tail: SeenTail, places: number, departureMs: number) {
  return (points: ComplexVector): ComplexVector => {
    const { length } = points.re;
    const re = new Float64Array(length);
    const im = new Float64Array(length);
    for (let point = 0; point < length; point++) {
      const x = 1 + departureMs * (points.re[point] ?? 0);
      const y = departureMs * (points.im[point] ?? 0);
      const size = x * x + y * y;
      const a = x / size;
      const b = -y / size;
      let u = 0;
      let v = 0;
      for (let k = places - 1; k >= 0; k--) {
        const p = u + (tail[k] ?? 0) - (k + 1 < places ? (tail[k + 1] ?? 0) : 0);
        u = p * a - v * b;
        v = p * b + v * a;
      }
      re[point] = 1 - (tail[0] ?? 0) + u;
      im[point] = v;
    }
    return { re, im };
  };
}
