/**
 * Keys of nearly equal popularity: `keys` of them, each asked for with `probability` a request. The classes of a catalogue
 * are in falling order of popularity and their `keys · probability` add up to 1.
 */
export interface PopularityClass {
  readonly keys: number;
  readonly probability: number;
}

/** Ranks up to here stand alone; beyond, neighbours differ by less than a thousandth and are taken together. */
const exactRanks = 2000;
const classRatio = 1.005;

/**
 * Zipf's law: the key of rank i is asked for with probability i^−skew / H, H = Σ i^−skew (G. K. Zipf, 1949).
 *
 * @param keyCount number of keys, 1 to 1e15, whole
 * @param skew exponent, 0 (all keys alike) to 10
 */
export function zipfPopularity(keyCount: number, skew: number): readonly PopularityClass[] {
  if (!(keyCount >= 1) || !(keyCount <= 1e15) || !Number.isInteger(keyCount)) throw new Error(`keyCount ${keyCount}`);
  if (!(skew >= 0) || !(skew <= 10)) throw new Error(`skew ${skew}`);
  const weighted: { readonly keys: number; readonly weight: number }[] = [];
  const single = Math.min(keyCount, exactRanks);
  for (let rank = 1; rank <= single; rank++) weighted.push({ keys: 1, weight: rank ** -skew });
  for (let first = single + 1; first <= keyCount; ) {
    const last = Math.min(keyCount, Math.max(first, Math.floor(first * classRatio)));
    // The sum over ranks a…b is the integral from a − ½ to b + ½ up to a relative error of order 1/a² (midpoint rule).
    weighted.push({ keys: last - first + 1, weight: integralOfPower(first - 0.5, last + 0.5, skew) });
    first = last + 1;
  }
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  return weighted.map(({ keys, weight }) => ({ keys, probability: weight / total / keys }));
}

/** ∫ x^−skew dx. With expm1 and log, so that exponents near 1 lose no digits. */
function integralOfPower(from: number, to: number, skew: number): number {
  const exponent = 1 - skew;
  const logRatio = Math.log(to / from);
  if (exponent === 0) return logRatio;
  return (from ** exponent * Math.expm1(exponent * logRatio)) / exponent;
}
