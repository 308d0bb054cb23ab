import { absentKey, type KeyState } from "./key-state.ts";
import { meanStay, stayUntil, survivalOf } from "./residence.ts";

/**
 * A key under refresh-ahead: a hit within the last part w of the life D fetches the object anew, with nobody waiting.
 *
 * Where room is no limit, from one fetch to the next pass D − w, then either the first request within w or, with probability
 * e^(−λw), the whole of w and an idle time: D − w + 1/λ on average. The key is then fetched 1 / (1 + λ(D − w)) times a
 * request, by a miss in the share e^(−λw) of the cases and by a refresh in the others (renewal reward, exact for Poisson
 * requests). A key that is forgotten after a `gap` without requests reaches its last part only if it stays so long, and is
 * then as old since its last request as Poisson requests leave it on average: an approximation.
 *
 * @param rate λ; `life` D and `lastPart` w in its unit of time, w from 0 to D
 */
export function refreshedKey(rate: number, gap: number, life: number, lastPart: number): KeyState {
  if (rate === 0) return absentKey;
  const early = stayUntil(rate, gap, life - lastPart);
  const reached = survivalOf(early, life - lastPart);
  const idle = -Math.expm1(-rate * Math.min(gap, life - lastPart)) / rate;
  const open = Math.min(lastPart, Math.max(0, gap - idle));
  const asked = -Math.expm1(-rate * open);
  const missed = 1 - reached * asked;
  const requestsPerFetch = rate * meanStay(early) + reached * asked + missed;
  const hitRatio = 1 - missed / requestsPerFetch;
  return { occupancy: hitRatio, hitRatio, quietTime: 0, refreshRatio: (reached * asked) / requestsPerFetch };
}
