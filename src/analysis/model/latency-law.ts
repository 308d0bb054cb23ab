/** Complex numbers side by side: point k is `re[k] + i·im[k]`. */
export interface ComplexVector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * Laplace–Stieltjes transform E[e^(−sT)] of a (sub-)probability law of a non-negative time in milliseconds, evaluated at
 * many points s (per millisecond, real part not negative) at once. Callers must not write to the answer: it may be
 * remembered for the same `points` object, so that a law shared by many paths is evaluated once. The answer is good until
 * the transform is called with other points; its arrays may then be used again. Whoever changes points makes a new object.
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
  /** Mean of the smooth part given that it occurs, counted from the shift; 0 without a smooth part. */
  readonly smoothMeanMs: number;
  /** The smooth part takes no longer than this, counted from the shift; left out where it has no known end. */
  readonly smoothEndMs?: number;
  /** Variance of the smooth part given that it occurs; 0 without a smooth part. */
  readonly smoothVarianceMs2: number;
  /**
   * The steepest feature of the smooth part, as mean over standard deviation of the narrowest law mixed into it; squares
   * add along a sequence. Inversion takes more terms where it is large. 0 without a smooth part.
   */
  readonly sharpness: number;
}

/** The law of a latency in milliseconds, as a mixture of shifted pieces. Probabilities over all pieces add up to 1. */
export interface LatencyLaw {
  readonly meanMs: number;
  readonly varianceMs2: number;
  /** In order of their shifts, each shift once. */
  readonly pieces: readonly LawPiece[];
}
