/**
 * The second and third moments of a service time of mean 1 by its coefficient of variation: constant at 0, gamma below
 * 1, exponential at 1, hyperexponential of two phases with balanced means above 1.
 *
 * @param variability coefficient of variation, 0 or more
 */
export function serviceMoments(variability: number): { readonly second: number; readonly third: number } {
  const scv = variability * variability;
  const third = scv <= 1 ? (1 + scv) * (1 + 2 * scv) : 3 * scv * (1 + scv);
  return { second: 1 + scv, third };
}

/** A hyperexponential law of two phases: with `probabilities[i]` an exponential time of mean `means[i]`. */
export interface BalancedHyperexponential {
  readonly probabilities: readonly [number, number];
  readonly means: readonly [number, number];
}

/**
 * The hyperexponential law of mean 1 in which both phases contribute half of the mean ("balanced means", Tijms 2003,
 * appendix B).
 *
 * @param scv squared coefficient of variation, 1 or more
 */
export function balancedHyperexponential(scv: number): BalancedHyperexponential {
  const often = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  // 1 − often would lose every digit for a large scv; p(1 − p) = 1/(2(scv + 1)) does not.
  const seldom = 1 / (2 * (scv + 1) * often);
  return { probabilities: [often, seldom], means: [0.5 / often, 0.5 / seldom] };
}
