import type { LatencyLaw, Transform } from "../model/latency-law.ts";
import { remembering } from "./transform.ts";

export interface SmoothLawParts {
  /** Mean of the whole law, atom included. */
  readonly meanMs: number;
  /** Variance of the whole law, atom included. */
  readonly varianceMs2: number;
  /** E[e^(−sT)] of the whole law, atom included; s is per millisecond. */
  readonly transform: Transform;
  /** P(T > t) for t ≥ 0 ms, where a closed form is known. */
  readonly tail?: (ms: number) => number;
  /** P(T = 0), from 0 to 1. Default 0. */
  readonly atomAtZero?: number;
}

/**
 * A law that is continuous but for an atom at zero, from its transform: the way in for models of other folders (the
 * sojourn in a queue, a fitted wait). `transform` may allocate its answer; it is asked once per vector of points.
 */
export function smoothLaw(parts: SmoothLawParts): LatencyLaw {
  const { meanMs, varianceMs2, transform, tail, atomAtZero = 0 } = parts;
  if (
    !(meanMs > 0 && meanMs < Number.POSITIVE_INFINITY && varianceMs2 >= 0 && varianceMs2 < Number.POSITIVE_INFINITY)
  ) {
    throw new RangeError(`smoothLaw: mean ${meanMs} ms, variance ${varianceMs2} ms² are not those of a smooth law`);
  }
  if (!(atomAtZero >= 0 && atomAtZero < 1))
    throw new RangeError(`smoothLaw: ${atomAtZero} is not an atom beside a smooth part`);
  const smooth = atomAtZero === 0 ? remembered(transform) : withoutAtom(transform, atomAtZero);
  const smoothMass = 1 - atomAtZero;
  const smoothMeanMs = meanMs / smoothMass;
  const smoothVarianceMs2 = Math.max(0, (varianceMs2 + meanMs * meanMs) / smoothMass - smoothMeanMs * smoothMeanMs);
  const sharpness = smoothMeanMs / Math.sqrt(smoothVarianceMs2);
  const piece = { shiftMs: 0, atom: atomAtZero, smoothMass, smooth, smoothMeanMs, smoothVarianceMs2, sharpness };
  return { meanMs, varianceMs2, pieces: [tail === undefined ? piece : { ...piece, smoothTail: tail }] };
}

function withoutAtom(transform: Transform, atom: number): Transform {
  return remembering((points, answer) => {
    const value = transform(points);
    for (let k = 0; k < answer.re.length; k++) answer.re[k] = (value.re[k] ?? 0) - atom;
    answer.im.set(value.im);
  });
}

function remembered(transform: Transform): Transform {
  return remembering((points, answer) => {
    const value = transform(points);
    answer.re.set(value.re);
    answer.im.set(value.im);
  });
}
