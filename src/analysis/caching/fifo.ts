import { absentKey, fixedLife, type KeyModel, keyThatIsThere, renewedLife, type TimeToLive } from "./key-state.ts";
import { hitRatioOfStay, meanStay, type Stay, stayUntil } from "./residence.ts";

/** Requests that come after a quiet time are counted one by one up to this many, and by their asymptote beyond. */
const mostCounted = 8;

/**
 * First in, first out: a key stays for the characteristic time T after it was put in, asked for or not, so that
 * h = λT / (1 + λT) (E. Gelenbe, "A unified approach to the evaluation of a class of replacement algorithms", IEEE Trans.
 * Computers 22, 1973; with one T for all keys, which is exact as the cache grows: Fricker, Robert, Roberts 2012). A time to
 * live that hits do not renew shortens T; one that they renew drops what nobody asked for in between.
 *
 * Where a cache before this one forces a quiet time d between requests, the mean number of hits in a stay is the renewal
 * function of d plus an exponential time: none for T up to d. With a time to live that hits renew, requests count as Poisson.
 */
export const fifo: KeyModel = {
  state: ({ rate, quietTime }, characteristicTime, expiry) => {
    if (rate === 0) return absentKey;
    const stay = stayOf(rate, characteristicTime, expiry);
    if (quietTime > 0 && stay.probability === 0 && Number.isFinite(stay.certain)) {
      const hits = renewals(stay.certain, quietTime, 1 / rate - quietTime);
      return {
        occupancy: Math.min(1, (rate * stay.certain) / (1 + hits)),
        hitRatio: hits / (1 + hits),
        quietTime: Math.max(stay.certain, quietTime),
        refreshRatio: 0,
      };
    }
    const share = hitRatioOfStay(rate, meanStay(stay));
    return keyThatIsThere(share, Number.isFinite(stay.certain) ? stay.certain : 0);
  },
  stay: stayOf,
};

function stayOf(rate: number, characteristicTime: number, expiry: TimeToLive | null): Stay {
  return stayUntil(rate, renewedLife(expiry), Math.min(characteristicTime, fixedLife(expiry)));
}

/**
 * Mean number of requests within a time after one, for a constant quiet time plus an exponential one between them:
 * Σ P(Erlang(k) ≤ time − k·quiet), and for many of them time/E + (c² − 1)/2 (Cox, "Renewal Theory", 1962).
 */
function renewals(time: number, quietTime: number, mean: number): number {
  if (time > mostCounted * quietTime) {
    const between = quietTime + mean;
    return Math.max(0, time / between + ((mean / between) ** 2 - 1) / 2);
  }
  let count = 0;
  for (let requests = 1; requests * quietTime < time; requests++) {
    const x = (time - requests * quietTime) / mean;
    let term = Math.exp(-x);
    let below = term;
    for (let k = 1; k < requests; k++) {
      term *= x / k;
      below += term;
    }
    count += Math.max(0, 1 - below);
  }
  return count;
}
