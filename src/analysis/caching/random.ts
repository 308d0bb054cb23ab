import { absentKey, fixedLife, type KeyModel, keyThatIsThere, renewedLife, type TimeToLive } from "./key-state.ts";
import { exponentialStay, hitRatioOfStay, meanStay, stayUntil } from "./residence.ts";

/**
 * Random replacement: a key stays for an exponential time of mean T, asked for or not. Without a time to live the hit ratio
 * is that of FIFO, λT / (1 + λT) (E. Gelenbe, IEEE Trans. Computers 22, 1973: the two laws are exactly equal). With one of D
 * that hits do not renew the mean stay is T·(1 − e^(−D/T)); with one that they renew, h = λ / (λ + 1/T) · (1 − e^(−(λ +
 * 1/T)·D)). Both follow from T without further error. Requests are taken as Poisson, behind another cache too.
 */
export const random: KeyModel = {
  state: ({ rate, quietTime }, characteristicTime, expiry) => {
    if (rate === 0) return absentKey;
    if (quietTime > 0 && expiry === null && Number.isFinite(characteristicTime)) {
      const spread = 1 / rate - quietTime;
      const hitRatio = Math.exp(-quietTime / characteristicTime) / (1 + spread / characteristicTime);
      const occupancy = Math.min(1, rate * (1 - hitRatio) * characteristicTime);
      return { occupancy, hitRatio, quietTime, refreshRatio: 0 };
    }
    return keyThatIsThere(hitRatioOf(rate, characteristicTime, expiry), 0);
  },
  stay: (rate, characteristicTime, expiry) => {
    if (expiry?.renewedByHits !== true) return exponentialStay(characteristicTime, fixedLife(expiry));
    if (characteristicTime === Number.POSITIVE_INFINITY) return stayUntil(rate, expiry.time, characteristicTime);
    const hitRatio = hitRatioOf(rate, characteristicTime, expiry);
    return exponentialStay(hitRatio / (1 - hitRatio) / rate, Number.POSITIVE_INFINITY);
  },
};

function hitRatioOf(rate: number, characteristicTime: number, expiry: TimeToLive | null): number {
  const gap = renewedLife(expiry);
  if (gap === Number.POSITIVE_INFINITY)
    return hitRatioOfStay(rate, meanStay(exponentialStay(characteristicTime, fixedLife(expiry))));
  const leaving = rate + 1 / characteristicTime;
  return (rate / leaving) * -Math.expm1(-leaving * gap);
}
