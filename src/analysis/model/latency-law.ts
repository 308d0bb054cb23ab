/** Complex numbers side by side: point k is `re[k] + i·im[k]`. */
export interface ComplexVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Laplace–Stieltjes transform E[e^(−sT)] of a (sub-)probability law of a non-negative time in milliseconds, evaluated at
 * many points s (per millisecond) at once. Callers must not write to the answer: it may be remembered for the same
 * `points` object, so that a law shared by many paths is evaluated once.
 */
export type Transform = (points: ComplexVector) => ComplexVector;

/**
 * One piece of a law: the time is `shiftMs` plus either nothing (probability `atom`) or a continuous time with the
 * sub-probability transform `smooth` (mass `smoothMass`). Constants are kept apart from what is smooth because numerical
 * inversion is exact to about 1e-8 for smooth tails and poor at jumps.
 */
export interface LawPiece {
  readonly shiftMs: number;
  readonly atom: number;
  readonly smoothMass: number;
  readonly smooth: Transform | null;
  /** P(smooth part > t), where a closed form is known (t in ms after the shift). Its value at 0 is `smoothMass`. */
  readonly smoothTail?: (ms: number) => number;
}

/** The law of a latency in milliseconds, as a mixture of shifted pieces. Probabilities over all pieces add up to 1. */
export interface LatencyLaw {
  readonly meanMs: number;
  readonly varianceMs2: number;
  readonly pieces: readonly LawPiece[];
}
