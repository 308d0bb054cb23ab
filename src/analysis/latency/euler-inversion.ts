import type { ComplexVector } from "../model/latency-law.ts";
import { keepWeightsAt } from "./tail-grid-transform.ts";

/** e^(−2 · this) is the discretisation error, e^(this) times the rounding of a double the rounding error. */
export const DAMPING = 5 * Math.LN10;
/** Differences taken of the terms after the direct ones. */
const DIFFERENCES = 15;
const FIRST_DIRECT_TERMS = 16;
const MOST_DIRECT_TERMS = 1024;

/**
 * Terms for a law of this sharpness (see `LawPiece`): 14 + 2.2 · sharpness, the number at which Erlang laws of 1 to 10⁴
 * phases come out to 1e-9, rounded up to a few sizes.
 */
export function directTermsFor(sharpness: number): number {
  const wanted = Math.min(MOST_DIRECT_TERMS, 14 + 2.2 * sharpness);
  let terms = FIRST_DIRECT_TERMS;
  while (terms < wanted) terms = Math.ceil(terms * 1.4);
  return terms;
}

const knownPoints = new Map<string, ComplexVector>();
const MOST_POINTS_KEPT = 256;

/**
 * The points (DAMPING + iπk)/T, T = 2^place ms, at which a transform gives all times above T/2 and up to T: the same
 * object each time, so that what depends on it can be kept.
 */
export function octavePoints(place: number, terms: number): ComplexVector {
  const key = `${place} ${terms}`;
  const known = knownPoints.get(key);
  if (known !== undefined) return known;
  const longestMs = 2 ** place;
  const length = terms + DIFFERENCES + 1;
  const points = { re: new Float64Array(length).fill(DAMPING / longestMs), im: new Float64Array(length) };
  for (let k = 0; k < length; k++) points.im[k] = (Math.PI * k) / longestMs;
  keepWeightsAt(points);
  if (knownPoints.size >= MOST_POINTS_KEPT) knownPoints.clear();
  knownPoints.set(key, points);
  return points;
}

/** Σ cₖzᵏ: the direct terms, and the differences of all orders at the first term after them. */
export interface Series {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly differencesRe: Float64Array;
  readonly differencesIm: Float64Array;
}

/** The series whose terms are T times `re` and `im`, a transform at the points of an octave. Takes the arrays. */
export function seriesOf(re: Float64Array, im: Float64Array, terms: number): Series {
  re[0] = (re[0] ?? 0) / 2;
  im[0] = (im[0] ?? 0) / 2;
  return {
    re: re.subarray(0, terms),
    im: im.subarray(0, terms),
    differencesRe: differences(re.subarray(terms)),
    differencesIm: differences(im.subarray(terms)),
  };
}

/** Forward differences of all orders at the first value. */
function differences(values: Float64Array): Float64Array {
  const answer = values.slice();
  for (let order = 1; order < answer.length; order++) {
    for (let i = answer.length - 1; i >= order; i--) answer[i] = (answer[i] ?? 0) - (answer[i - 1] ?? 0);
  }
  return answer;
}

/**
 * The function with this transform at `share` · T, ½ < share ≤ 1, times T: the Fourier series of Dubner & Abate (J. ACM
 * 15, 1968) at period 2T, f(t) = e^(at)/T · Re[c₀/2 + Σ cₖzᵏ] with cₖ the transform at a + iπk/T and z = e^(iπt/T), summed
 * by Euler's transformation for a general z, Σ cₖ₊ₙzᵏ = (1 + w) Σⱼ wʲ Δʲcₙ with w = z/(1 − z), which is at most 0.71 in
 * size. At t = T this is the Euler method of Abate & Whitt (INFORMS J. Computing 18, 2006); unlike there, one set of
 * transform values serves the whole octave.
 */
export function sumOf({ re, im, differencesRe, differencesIm }: Series, share: number): number {
  const zRe = Math.cos(Math.PI * share);
  const zIm = Math.sin(Math.PI * share);
  const wRe = -0.5;
  const wIm = zIm / (2 * (1 - zRe));
  let restRe = 0;
  let restIm = 0;
  for (let j = DIFFERENCES; j >= 0; j--) {
    const x = restRe * wRe - restIm * wIm + (differencesRe[j] ?? 0);
    restIm = restRe * wIm + restIm * wRe + (differencesIm[j] ?? 0);
    restRe = x;
  }
  let sumRe = restRe * (1 + wRe) - restIm * wIm;
  let sumIm = restRe * wIm + restIm * (1 + wRe);
  for (let k = re.length - 1; k >= 0; k--) {
    const x = sumRe * zRe - sumIm * zIm + (re[k] ?? 0);
    sumIm = sumRe * zIm + sumIm * zRe + (im[k] ?? 0);
    sumRe = x;
  }
  return sumRe * Math.exp(DAMPING * share);
}
