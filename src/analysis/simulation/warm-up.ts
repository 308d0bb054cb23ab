/** Observations are averaged in groups of this many, against chance in the single ones (the 5 of MSER-5). */
const GROUP = 5;
/** Below this many groups the standard error is no guide. */
const FEWEST_GROUPS = 10;

/** Where the start of a series ends to matter. */
export type WarmUp =
  | { readonly kind: "settled"; readonly discardedObservations: number }
  /** The series is too short, or is at rest in its last half at the earliest. */
  | { readonly kind: "too-short"; readonly observations: number };

/**
 * The warm-up of a simulation that starts away from its steady state, by MSER-5 (K. P. White, "An effective truncation
 * heuristic for bias reduction in simulation output", Simulation 69, 1997): of all truncations of up to half of the
 * series, the one that makes the standard error of the mean of the rest least. Where that is half of the series, the run
 * has not settled (W. W. Franklin, K. P. White, WSC 2008).
 *
 * For steady states only: a failure that is studied over time has no warm-up.
 *
 * @param observations in the order of time, finite
 */
export function findWarmUp(observations: ArrayLike<number>): WarmUp {
  const tooShort = { kind: "too-short", observations: observations.length } as const;
  const groups = Math.floor(observations.length / GROUP);
  if (groups < FEWEST_GROUPS) return tooShort;
  // Welford's recurrence from the end gives mean and squared deviations of every rest.
  let mean = 0;
  let squares = 0;
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  const half = Math.floor(groups / 2);
  for (let first = groups - 1; first >= 0; first--) {
    const value = groupMean(observations, first);
    const rest = groups - first;
    const deviation = value - mean;
    mean += deviation / rest;
    squares += deviation * (value - mean);
    const criterion = squares / (rest * rest);
    // Of equal ones the shortest truncation.
    if (first <= half && criterion <= least) {
      least = criterion;
      best = first;
    }
  }
  return best === half ? tooShort : { kind: "settled", discardedObservations: best * GROUP };
}

function groupMean(observations: ArrayLike<number>, group: number): number {
  let sum = 0;
  for (let place = group * GROUP; place < (group + 1) * GROUP; place++) sum += observations[place] ?? 0;
  return sum / GROUP;
}
