import type { DemandClass } from "./demand.ts";
import { absentKey, fixedLife, type KeyState, keyThatIsThere, renewedLife, type TimeToLive } from "./key-state.ts";
import { hitRatioOfStay, meanStay, type Stay, stayUntil } from "./residence.ts";

/**
 * Least frequently used, once it has learnt what is popular, or a cache that is filled by hand: the C keys most asked for
 * are kept and no others, so that h is their share of the requests (E. G. Coffman, P. J. Denning, "Operating Systems
 * Theory", 1973: the best that any policy does under independent requests). A time to live D takes a kept key out until it
 * is asked for again: λD / (1 + λD), or 1 − e^(−λD) when hits renew it (J. Jung, A. Berger, H. Balakrishnan, INFOCOM 2003).
 */
export function lfuStates(
  demand: readonly DemandClass[],
  capacityKeys: number,
  expiry: TimeToLive | null,
): readonly KeyState[] {
  const kept = new Map<DemandClass, number>();
  let left = capacityKeys;
  for (const group of [...demand].sort((first, second) => second.rate - first.rate)) {
    const share = Math.min(1, left / group.keys);
    kept.set(group, share);
    left = Math.max(0, left - group.keys);
  }
  return demand.map((group) => {
    const share = kept.get(group) ?? 0;
    if (share === 0 || group.rate === 0) return absentKey;
    const hitRatio = share * hitRatioOfStay(group.rate, meanStay(lfuStay(group.rate, expiry)));
    // A class of which only a part is kept has keys that miss at any time.
    const quietTime = share < 1 || expiry === null ? 0 : expiry.time;
    return keyThatIsThere(hitRatio, quietTime);
  });
}

/** The stay of a key that is kept. */
export function lfuStay(rate: number, expiry: TimeToLive | null): Stay {
  return stayUntil(rate, renewedLife(expiry), fixedLife(expiry));
}
