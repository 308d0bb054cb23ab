import { upperIncompleteGammaRatio } from "../latency/incomplete-gamma.ts";

/** P(Z > z) of a standard normal. */
function normalTail(z: number): number {
  const half = upperIncompleteGammaRatio(0.5, (z * z) / 2) / 2;
  return z >= 0 ? half : 1 - half;
}

/** Above this level the passage takes longer than numbers last. */
const HIGHEST = 37;

/** The level that a standard normal exceeds with this probability, between −37 and 37; by bisection. */
export function normalLevel(probability: number): number {
  let low = -HIGHEST;
  let high = HIGHEST;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalTail(middle) > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Φ(u)e^{u²/2}, which is Mills' ratio below 0; by its asymptotic series from −6 down. */
function millsRatio(u: number): number {
  if (u > -6) return (1 - normalTail(u)) * Math.exp((u * u) / 2);
  const inverse = 1 / (u * u);
  return (1 - inverse * (1 - 3 * inverse * (1 - 5 * inverse))) / (-u * Math.sqrt(2 * Math.PI));
}

const PANELS = 64;

/**
 * Mean time until an Ornstein–Uhlenbeck process in balance, known to be below a level, passes it, in units of its relaxation
 * time: √(2π) ∫ Φ(u)e^{u²/2} du from the mean below the level, −φ(z)/Φ(z), to the level z (Siegert 1951, "On the first passage
 * time probability problem"). For a high level it is √(2π)e^{z²/2}/z.
 *
 * @param level z, in standard deviations above the mean
 */
export function meanPassage(level: number): number {
  if (level >= HIGHEST) return Number.POSITIVE_INFINITY;
  const from = -1 / (Math.sqrt(2 * Math.PI) * millsRatio(level));
  // Simpson's rule; the integrand is smooth, and grows at the level only.
  let sum = 0;
  for (let panel = 0; panel < PANELS; panel++) {
    const [left, right] = [panel / PANELS, (panel + 1) / PANELS].map(
      (part) => level - (level - from) * (1 - part) ** 2,
    );
    if (left === undefined || right === undefined) continue;
    sum += ((right - left) / 6) * (millsRatio(left) + 4 * millsRatio((left + right) / 2) + millsRatio(right));
  }
  return Math.sqrt(2 * Math.PI) * sum;
}
