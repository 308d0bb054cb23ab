/**
 * Quantile of the triangular law on [low, high] with mode `likely`, at a probability from 0 to 1. It is what is known of a
 * number of which only these three are (D. Johnson, "The triangular distribution as a proxy for the beta distribution in risk
 * analysis", The Statistician 46, 1997); its tails are heavier than those of the PERT law, so intervals err on the wide side.
 */
export function triangularQuantile(low: number, likely: number, high: number, probability: number): number {
  const width = high - low;
  if (width === 0) return likely;
  const atMode = (likely - low) / width;
  return probability <= atMode
    ? low + Math.sqrt(probability * width * (likely - low))
    : high - Math.sqrt((1 - probability) * width * (high - likely));
}
