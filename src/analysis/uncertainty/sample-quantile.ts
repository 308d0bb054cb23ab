/**
 * Quantile of a sample that may hold infinities, by straight lines between order statistics (definition 7 of R. J. Hyndman,
 * Y. Fan, The American Statistician 50, 1996). Throws on an empty sample.
 */
export function sampleQuantile(values: readonly number[], probability: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = probability * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new Error("A quantile needs a sample");
  const share = place - Math.floor(place);
  // Between a number and infinity there is no straight line.
  return share === 0 || below === above ? below : below + share * (above - below);
}
