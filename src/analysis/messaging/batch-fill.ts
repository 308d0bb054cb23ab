/** How a batch fills from its first item on. */
export interface BatchFill {
  readonly meanItems: number;
  /** Mean time from the first item until the batch is closed. */
  readonly meanMs: number;
  /** Mean wait of an item until its batch is closed. */
  readonly meanItemWaitMs: number;
}

/** Beyond this many items the time to fill counts as constant. */
const MOST_TERMS = 10_000;

/**
 * A batch that closes when `size` items are there or `lingerMs` after the first, fed by a Poisson stream. Exact: with N the
 * arrivals within the linger, the time with n further items is P(N > n)/λ for each n < size − 1. The plain rule
 * min((B − 1)/(2λ), linger/2) is its limit at high and at low rates.
 *
 * @param size integer from 1
 * @param lingerMs 0 or more
 */
export function batchFill(size: number, lingerMs: number, arrivalsPerMs: number): BatchFill {
  if (size === 1 || lingerMs === 0 || arrivalsPerMs === 0) {
    return { meanItems: 1, meanMs: size === 1 ? 0 : lingerMs, meanItemWaitMs: size === 1 ? 0 : lingerMs };
  }
  const mean = arrivalsPerMs * lingerMs;
  if (size > MOST_TERMS) {
    const items = Math.min(size, 1 + mean);
    const ms = (items - 1) / arrivalsPerMs;
    return { meanItems: items, meanMs: ms, meanItemWaitMs: (ms * (items + 1)) / (2 * items) };
  }
  let further = 0;
  let waited = 0;
  // P(N = n) in logarithms, so that a long linger does not start from a probability of 0.
  let logProbability = -mean;
  let below = 0;
  for (let n = 0; n < size - 1; n++) {
    below += Math.exp(logProbability);
    logProbability += Math.log(mean) - Math.log(n + 1);
    const more = Math.max(0, 1 - below);
    further += more;
    waited += (1 + n) * more;
  }
  const meanItems = 1 + further;
  return {
    meanItems,
    meanMs: further / arrivalsPerMs,
    meanItemWaitMs: waited / arrivalsPerMs / meanItems,
  };
}
