/** Longer lines are left to the caller: with two choices they practically never fill below saturation. */
export const LONGEST_ROOM = 2000;

/**
 * Share of the arrivals that finds both of two random queues full, with infinitely many queues of `servers` exponential servers
 * and `places` waiting places (mean-field limit: Vvedenskaya, Dobrushin and Karpelevich 1996, with a finite room). Exact in
 * that limit, also above saturation.
 *
 * With u(i) the share of queues that hold i or more, cρ(u(i−1)² − u(i)²) = min(i, c)(u(i) − u(i+1)); the share of full
 * queues is the one that leads down to u(0) = 1.
 *
 * @param servers c, an integer from 1
 * @param utilization ρ, above 0
 * @param places an integer of 0 or more, with servers + places at most `LONGEST_ROOM`
 */
export function meanFieldLossTwoChoices(servers: number, utilization: number, places: number): number {
  const room = servers + places;
  const rate = servers * utilization;
  const atLeastNone = (full: number): number => {
    let above = 0;
    let here = full;
    for (let i = room; i >= 1 && here <= 1; i -= 1) {
      const below = Math.sqrt(here * here + (Math.min(i, servers) * (here - above)) / rate);
      above = here;
      here = below;
    }
    return here;
  };
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (atLeastNone(middle) > 1) high = middle;
    else low = middle;
  }
  return low * low;
}
