import type { ComplexVector } from "../model/latency-law.ts";

/**
 * The Euler method in the form of Abate & Whitt ("A unified framework for numerically inverting Laplace transforms",
 * INFORMS J. Computing 18, 2006), with M = 15 Euler terms, so that the discretisation error is about 10^(−0.6·15 − 1).
 * Their number of terms before the averaging, M too, is freed: a law that is sharp at the scale of the time asked for
 * needs more of them.
 */
const EULER_TERMS = 15;
const DAMPING = (EULER_TERMS * Math.LN10) / 3;
const FIRST_DIRECT_TERMS = 16;
const MOST_DIRECT_TERMS = 1024;

/** Nodes β (s = β/t) and weights that do not depend on the transform or the time. */
export interface EulerRule {
  readonly nodesIm: Float64Array;
  readonly pointsRe: Float64Array;
  readonly pointsIm: Float64Array;
  readonly weights: Float64Array;
  /** Real and imaginary part of weight/β. */
  readonly tailRe: Float64Array;
  readonly tailIm: Float64Array;
}

const rules = new Map<number, EulerRule>();

/**
 * The rule for a law of this sharpness (see `LawPiece`): 14 + 2.2 · sharpness terms, the number at which Erlang laws of
 * 1 to 10⁴ phases come out to 1e-9, rounded up to a few sizes.
 */
export function eulerRuleFor(sharpness: number): EulerRule {
  const wanted = Math.min(MOST_DIRECT_TERMS, 14 + 2.2 * sharpness);
  let terms = FIRST_DIRECT_TERMS;
  while (terms < wanted) terms = Math.ceil(terms * 1.4);
  const known = rules.get(terms);
  if (known !== undefined) return known;
  const rule = buildRule(terms);
  rules.set(terms, rule);
  return rule;
}

function buildRule(directTerms: number): EulerRule {
  const length = directTerms + EULER_TERMS + 1;
  const nodesIm = new Float64Array(length);
  const weights = new Float64Array(length);
  const tailRe = new Float64Array(length);
  const tailIm = new Float64Array(length);
  let binomial = 1;
  let share = 0;
  for (let k = length - 1; k >= 0; k--) {
    const fromEnd = length - 1 - k;
    if (fromEnd < EULER_TERMS) {
      share += binomial / 2 ** EULER_TERMS;
      binomial = (binomial * (EULER_TERMS - fromEnd)) / (fromEnd + 1);
    } else {
      share = 1;
    }
    const weight = (k % 2 === 0 ? 1 : -1) * (k === 0 ? 0.5 : share) * 10 ** (EULER_TERMS / 3);
    const im = Math.PI * k;
    const size = DAMPING * DAMPING + im * im;
    nodesIm[k] = im;
    weights[k] = weight;
    tailRe[k] = (weight * DAMPING) / size;
    tailIm[k] = (-weight * im) / size;
  }
  return {
    nodesIm,
    weights,
    tailRe,
    tailIm,
    pointsRe: new Float64Array(length),
    pointsIm: new Float64Array(length),
  };
}

/** The points at which to evaluate transforms for time `ms` > 0. Good until the next call for the same rule. */
export function pointsAt(rule: EulerRule, ms: number): ComplexVector {
  const { pointsRe, pointsIm, nodesIm } = rule;
  pointsRe.fill(DAMPING / ms);
  for (let k = 0; k < pointsIm.length; k++) pointsIm[k] = (nodesIm[k] ?? 0) / ms;
  return { re: pointsRe, im: pointsIm };
}

/** P(T > ms), not clipped, of the smooth law of mass `mass` that has this transform at `pointsAt(rule, ms)`. */
export function invertTail(rule: EulerRule, mass: number, transform: ComplexVector): number {
  const { tailRe, tailIm } = rule;
  const { re, im } = transform;
  let sum = 0;
  for (let k = 0; k < re.length; k++) {
    sum += (mass - (re[k] ?? 0)) * (tailRe[k] ?? 0) + (im[k] ?? 0) * (tailIm[k] ?? 0);
  }
  return sum;
}

/** The density per millisecond at `ms`, not clipped, from the same values. */
export function invertDensity(rule: EulerRule, ms: number, transform: ComplexVector): number {
  const { weights } = rule;
  const { re } = transform;
  let sum = 0;
  for (let k = 0; k < re.length; k++) sum += (weights[k] ?? 0) * (re[k] ?? 0);
  return sum / ms;
}
