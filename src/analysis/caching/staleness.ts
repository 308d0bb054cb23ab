import type { DemandClass } from "./demand.ts";
import { meanAgeAtHit, staleShareOfHits } from "./residence.ts";
import type { SteadyCache } from "./steady-cache.ts";

export interface Staleness {
  /** Share of all reads that are answered with an object which has been written since it was stored. */
  readonly staleReadShare: number;
  /** Mean time since the object of a hit was stored, in the demand's unit; Infinity where some never leave. */
  readonly meanAge: number;
}

/**
 * How old the answers of a cache are whose objects only leave by expiry or for room, while writes pass it by. Writes are
 * Poisson and fall on the keys as reads do, so that a key with the share p of the reads has the share p of the writes. An
 * object stored a ago has been written with probability 1 − e^(−ωa), and its age at a hit is spread over its stay (the
 * age of a renewal process: D. R. Cox, "Renewal Theory", 1962).
 *
 * @param popularity the keys by what is written, in the classes of the demand; rates add up to 1
 * @param writeRate writes of all keys together, in the demand's unit of time
 */
export function stalenessOf(
  popularity: readonly DemandClass[],
  demand: readonly DemandClass[],
  cache: SteadyCache,
  writeRate: number,
): Staleness {
  let requests = 0;
  let hits = 0;
  let stale = 0;
  let age = 0;
  demand.forEach((group, index) => {
    const weight = group.keys * group.rate;
    requests += weight;
    const hit = weight * (cache.states[index]?.hitRatio ?? 0);
    if (hit === 0) return;
    const stay = cache.stayOf(group.rate);
    hits += hit;
    stale += hit * staleShareOfHits(stay, (popularity[index]?.rate ?? 0) * writeRate);
    age += hit * meanAgeAtHit(stay);
  });
  return { staleReadShare: requests > 0 ? stale / requests : 0, meanAge: hits > 0 ? age / hits : 0 };
}
