/**
 * How much shorter than independent branches those are on average that are started by the same arrivals: the mean of the
 * slowest by Nelson & Tantawi (IEEE Trans. Computers 37, 1988), Rₖ = [Hₖ/H₂ + (1 − Hₖ/H₂)·4ρ/11]·(12 − ρ)/8·R, over the
 * mean of independent ones, Hₖ·R. Exact for two queues M/M/1 (Flatto & Hahn 1984), within 5 % of simulation up to 50.
 *
 * @param slowestOverOne mean of the slowest of independent branches over that of the slowest by itself, 1 or more: Hₖ for
 *   k equal exponential ones; below H₂ the answer goes straight to 1
 * @param utilization ρ of the queues, or the share of waiting in the time of a branch, 0 to 1
 */
export function forkJoinMeanRatio(slowestOverOne: number, utilization: number): number {
  const ofTwo = 1 - utilization / 12;
  if (slowestOverOne < 1.5) return 1 - (1 - ofTwo) * Math.max(0, (slowestOverOne - 1) / 0.5);
  const overTwo = slowestOverOne / 1.5;
  return ((overTwo + ((1 - overTwo) * 4 * utilization) / 11) * ofTwo) / overTwo;
}
