import type { Design, Journey } from "#src/design/document.ts";

/** Peak factor when the requirements do not state one. */
export const defaultPeakFactor = 3;
const secondsPerDay = 86_400;

/** Peak rate by the requirements: daily users × requests per user / 86 400 s × peak factor; null when they do not say. */
export function peakRatePerSecond(design: Design): number | null {
  const { dailyActiveUsers, requestsPerUserPerDay, peakFactor } = design.requirements;
  if (dailyActiveUsers === undefined || requestsPerUserPerDay === undefined) return null;
  return ((dailyActiveUsers * requestsPerUserPerDay) / secondsPerDay) * (peakFactor ?? defaultPeakFactor);
}

/**
 * Declared rate at load 1. A journey without one takes an equal part of what the requirements leave to such journeys. Users that
 * think between requests have none: 0.
 */
export function declaredRatePerSecond(design: Design, journey: Journey): number {
  if (journey.users !== undefined) return 0;
  if (journey.ratePerSecond !== undefined) return journey.ratePerSecond;
  const peak = peakRatePerSecond(design);
  if (peak === null) return 0;
  const journeys = [...design.journeys.values()];
  const silent = journeys.filter((other) => other.ratePerSecond === undefined && other.users === undefined).length;
  const stated = journeys.reduce((sum, other) => sum + (other.ratePerSecond ?? 0), 0);
  return Math.max(0, peak - stated) / silent;
}

/** Users and their mean time to think, of a journey that states them instead of a rate; null for others. */
export function declaredUsers({ users, thinkTimeMs }: Journey): {
  readonly users: number;
  readonly thinkTimeMs: number;
} | null {
  return users === undefined ? null : { users, thinkTimeMs: thinkTimeMs ?? 0 };
}

/** Users of all journeys together at load 1. */
export function declaredTotalUsers(design: Design): number {
  let total = 0;
  for (const { users } of design.journeys.values()) total += users ?? 0;
  return total;
}

/** Declared rate at load 1 of all journeys together. */
export function declaredTotalPerSecond(design: Design): number {
  let total = 0;
  for (const journey of design.journeys.values()) total += declaredRatePerSecond(design, journey);
  return total;
}
