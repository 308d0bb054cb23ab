/**
 * How long an object stays in a cache after a miss has put it in: `certain` for sure, and with `probability` an exponential
 * time of mean `mean` more, cut off when the whole reaches `limit`.
 */
export interface Stay {
  readonly certain: number;
  readonly probability: number;
  readonly mean: number;
  /** At least `certain`; may be Infinity. */
  readonly limit: number;
}

/**
 * The stay of an object that is dropped at `age`, or earlier when nobody asked for it during `gap`. Requests are Poisson at
 * `rate`; the first of them put it in. Either limit may be Infinity.
 *
 * Without an age its mean is (e^(λ·gap) − 1) / λ exactly, and with an age up to the gap it is the age. Between them what
 * comes after the first gap is taken as exponential with the right mean and probability of occurring; the mean is then
 * within 4 % of the exact delay equation and the hit ratio within 1.2 %.
 *
 * The stay decides everything else: with Poisson requests the object is there for the share λ·E / (1 + λ·E) of all time, E
 * the mean stay, and that share is its hit ratio (E. Gelenbe, IEEE Trans. Computers 22, 1973, by the same step).
 */
export function stayUntil(rate: number, gap: number, age: number): Stay {
  if (age <= gap || rate === 0) return { certain: Math.min(age, gap), probability: 0, mean: 0, limit: age };
  const x = rate * gap;
  const probability = -Math.expm1(-x);
  // (e^x − 1 − x) / λ over the probability; by its series where that would cancel.
  const beyond = x < 1e-3 ? (x * x) / 2 + (x * x * x) / 6 : Math.expm1(x) - x;
  return { certain: gap, probability, mean: probability === 0 ? 0 : beyond / rate / probability, limit: age };
}

/** An exponential stay, cut off at `limit`. */
export function exponentialStay(mean: number, limit: number): Stay {
  return { certain: 0, probability: 1, mean, limit };
}

export function meanStay({ certain, probability, mean, limit }: Stay): number {
  if (probability === 0 || mean === 0) return certain;
  if (mean === Number.POSITIVE_INFINITY) return certain + probability * (limit - certain);
  return certain + probability * mean * -Math.expm1(-(limit - certain) / mean);
}

/** P(the stay lasts at least so long), up to its limit. */
export function survivalOf({ certain, probability, mean }: Stay, time: number): number {
  if (time <= certain) return 1;
  return mean === 0 ? 0 : probability * Math.exp(-(time - certain) / mean);
}

/** The hit ratio of an object with this mean stay under Poisson requests; from 0 to 1. */
export function hitRatioOfStay(rate: number, stay: number): number {
  const requests = rate * stay;
  return requests === Number.POSITIVE_INFINITY ? 1 : requests / (1 + requests);
}

/** Mean age of the object at a hit, ∫ a·P(stay > a) da / E(stay); Infinity where the stay has no end. */
export function meanAgeAtHit(stay: Stay): number {
  const whole = meanStay(stay);
  if (whole === 0) return 0;
  if (whole === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  const { certain, probability, mean, limit } = stay;
  const sure = (certain * certain) / 2;
  if (probability === 0 || mean === 0) return sure / whole;
  const left = limit - certain;
  if (mean === Number.POSITIVE_INFINITY) return (sure + probability * left * (certain + left / 2)) / whole;
  const ended = -Math.expm1(-left / mean);
  const cut = left === Number.POSITIVE_INFINITY ? 0 : mean * left * (1 - ended);
  return (sure + probability * ((certain + mean) * mean * ended - cut)) / whole;
}

/**
 * Share of the hits that answer with an object which has been written since it was stored, for Poisson writes of that
 * object: 1 − ∫ e^(−ωa)·P(stay > a) da / E(stay). For a stay of constant length D it is 1 − (1 − e^(−ωD)) / (ωD).
 *
 * @param writeRate ω, in the unit of time of the stay
 */
export function staleShareOfHits(stay: Stay, writeRate: number): number {
  const whole = meanStay(stay);
  if (writeRate === 0 || whole === 0) return 0;
  if (whole === Number.POSITIVE_INFINITY) return 1;
  const { certain, probability, mean, limit } = stay;
  const sure = -Math.expm1(-writeRate * certain) / writeRate;
  const fading = writeRate + (mean > 0 ? 1 / mean : 0);
  const later =
    probability === 0 || mean === 0
      ? 0
      : (probability * Math.exp(-writeRate * certain) * -Math.expm1(-fading * (limit - certain))) / fading;
  return Math.min(1, Math.max(0, 1 - (sure + later) / whole));
}
