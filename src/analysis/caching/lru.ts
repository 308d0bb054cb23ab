import { absentKey, fixedLife, type KeyModel, keyThatIsThere, renewedLife } from "./key-state.ts";
import { hitRatioOfStay, meanStay, stayUntil } from "./residence.ts";

/**
 * Least recently used, by Che's approximation: a key is forgotten when nobody asked for it during the characteristic time T,
 * so that h = 1 − e^(−λT) (H. Che, Y. Tung, Z. Wang, "Hierarchical web caching systems", IEEE JSAC 2002; why it is good:
 * C. Fricker, P. Robert, J. Roberts, ITC 24, 2012). Requests are independent and objects of one size. Against exact values
 * −3 % at room for 2 keys, −1 % at 5, within 0.4 % from 10 on.
 *
 * A time to live D that hits renew makes it min(T, D), with no further error; one that they do not limits the stay (see
 * `stayUntil`). Where a cache before this one forces a quiet time d between requests, they come as d plus an exponential
 * time with the rest m of the mean: h = 1 − e^(−(T − d)/m) beyond d and 0 up to it (renewal requests as in V. Martina,
 * M. Garetto, E. Leonardi, INFOCOM 2014). A time to live that hits do not renew takes such requests as Poisson.
 */
export const lru: KeyModel = {
  state: (group, characteristicTime, expiry) => {
    const { rate, quietTime } = group;
    if (rate === 0) return absentKey;
    const gap = Math.min(characteristicTime, renewedLife(expiry));
    const life = fixedLife(expiry);
    if (life < Number.POSITIVE_INFINITY) {
      return keyThatIsThere(hitRatioOfStay(rate, meanStay(stayUntil(rate, gap, life))), Math.min(gap, life));
    }
    if (gap === Number.POSITIVE_INFINITY) return keyThatIsThere(1, 0);
    if (quietTime === 0) return keyThatIsThere(-Math.expm1(-rate * gap), gap);
    const spread = 1 / rate - quietTime;
    const hitRatio = gap > quietTime ? -Math.expm1(-(gap - quietTime) / spread) : 0;
    return {
      occupancy: Math.min(1, rate * (Math.min(gap, quietTime) + spread * hitRatio)),
      hitRatio,
      quietTime: Math.max(gap, quietTime),
      refreshRatio: 0,
    };
  },
  stay: (rate, characteristicTime, expiry) =>
    stayUntil(rate, Math.min(characteristicTime, renewedLife(expiry)), fixedLife(expiry)),
};
