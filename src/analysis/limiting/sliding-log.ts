import { erlangB } from "../queueing/erlang-b.ts";

/**
 * Share of Poisson arrivals that a sliding log refuses: an arrival passes when fewer than `limit` have passed within the
 * last window. Each that passes takes one of `limit` places for exactly one window, which is M/D/N/N: Erlang's loss formula
 * at a = λW Erlang, the same for every law of the holding time (Erlang 1917; insensitivity: Sevastyanov 1957).
 *
 * @param meanArrivals a = λW, 0 or more
 * @param limit N, an integer of 1 or more
 * @returns a probability; exact for Poisson arrivals
 */
export function slidingLogLoss(meanArrivals: number, limit: number): number {
  return erlangB(limit, meanArrivals);
}
