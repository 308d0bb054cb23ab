import { erlangB } from "../queueing/erlang-b.ts";

/**
 * Variance over mean of the weighted count. A share u into the window it is (1 − u)² + u without refusals, 5/6 on average;
 * refusals even it out, to about this.
 */
const PEAKEDNESS = 0.75;
/** What rounding the weighted count up to whole requests takes of the limit. */
const LOST_TO_ROUNDING = 0.5;

/**
 * Share of Poisson arrivals that a sliding counter refuses: an arrival passes when what has passed in this window, plus what
 * passed in the one before times the part of it that a sliding window still covers, leaves room for one more below `limit`.
 *
 * Approximation: a sliding log whose count varies less, by Erlang's formula at N/z places and a/z Erlang (Hayward's
 * approximation: Fredericks 1980, "Congestion in blocking systems"), z fitted to simulation. Measured against simulation in
 * `limiting.test.ts`: within 5 % of the share for a limit of 10 or more near and above it, 12 % for smaller limits.
 *
 * @param meanArrivals a = λW, 0 or more
 * @param limit N, an integer of 1 or more
 * @returns a probability
 */
export function slidingCounterLoss(meanArrivals: number, limit: number): number {
  if (meanArrivals === 0) return 0;
  const places = (limit - LOST_TO_ROUNDING) / PEAKEDNESS;
  const load = meanArrivals / PEAKEDNESS;
  const below = Math.floor(places);
  const part = places - below;
  const low = erlangB(below, load);
  const high = erlangB(below + 1, load);
  // Between whole numbers of places the loss is nearly geometric.
  return low === 0 || high === 0 ? high : low ** (1 - part) * high ** part;
}
