/** What arrives at consumers and what they can take, per second. */
export interface ConsumerRates {
  readonly arrivalsPerSecond: number;
  /** The rate at which the fullest of their lines is full. */
  readonly capacityPerSecond: number;
}

/** Messages that wait after the consumers took none for `outageMs`: λ · D. */
export function backlogAfterOutage({ arrivalsPerSecond }: ConsumerRates, outageMs: number): number {
  return (arrivalsPerSecond * outageMs) / 1000;
}

/** Time to work off `backlog` messages while more arrive: Q / (μ − λ), the fluid limit (Newell 1982, ch. 2); null when it never ends. */
export function drainMs({ arrivalsPerSecond, capacityPerSecond }: ConsumerRates, backlog: number): number | null {
  const surplus = capacityPerSecond - arrivalsPerSecond;
  return backlog === 0 ? 0 : surplus > 0 ? (backlog / surplus) * 1000 : null;
}

/** How long the youngest of `backlog` messages will have waited, and the age of the oldest of a steady backlog: Q / μ. */
export function waitBehindMs({ capacityPerSecond }: ConsumerRates, backlog: number): number {
  return (backlog / capacityPerSecond) * 1000;
}

/** Time until a growing backlog holds `places` messages: M / (λ − μ); null when it does not grow. */
export function fullAfterMs(growthPerSecond: number, places: number): number | null {
  return growthPerSecond > 0 ? (places / growthPerSecond) * 1000 : null;
}

/**
 * Time until the oldest message of a growing backlog is older than `retentionMs`. After t the messages of the first tμ/λ are taken, so
 * that the oldest is (1 − μ/λ)t old: R / (1 − μ/λ). Null when it does not grow.
 */
export function expiresAfterMs(arrivalsPerSecond: number, growthPerSecond: number, retentionMs: number): number | null {
  return growthPerSecond > 0 ? (retentionMs * arrivalsPerSecond) / growthPerSecond : null;
}

/**
 * Messages given up per second, λ · f^(r + 1), of consumers whose attempts fail with probability f and are tried again r times.
 *
 * @param attemptsPerSecond all attempts, λ(1 − f^(r + 1)) / (1 − f)
 */
export function deadLettersPerSecond(attemptsPerSecond: number, failure: number, retries: number): number {
  if (failure >= 1) return attemptsPerSecond / (retries + 1);
  const lost = failure ** (retries + 1);
  return (attemptsPerSecond * (1 - failure) * lost) / (1 - lost);
}
