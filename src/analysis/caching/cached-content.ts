import { type DemandClass, zipfDemand } from "./demand.ts";
import type { Eviction } from "./key-state.ts";
import { type SteadyCache, steadyCache } from "./steady-cache.ts";

/** What a cache holds and how it forgets, as its kind states it. */
export interface CachedContent {
  /** Stated; null when it is to be computed. */
  readonly hitRatio: number | null;
  /** Objects that fit. */
  readonly capacityKeys: number;
  /** Different objects that are asked for; null when not known, never with a hit ratio to compute. */
  readonly keys: number | null;
  /** Exponent of Zipf's law. */
  readonly skew: number;
  readonly eviction: Eviction;
  /** Null: nothing expires. */
  readonly ttlMs: number | null;
  readonly ttlRenewedByHits: boolean;
  /** Share of the time to live, at its end, in which a hit fetches the object anew; 0 for none. */
  readonly refreshWindow: number;
  /** Stated rate of all reads that come here; null when it follows from the design. */
  readonly readsPerSecond: number | null;
  /** Whether every write of the design updates or removes the copy here. */
  readonly writesUpdateCopies: boolean;
  /** Stated rate of the writes of all keys; null when it follows from the design. */
  readonly writesPerSecond: number | null;
  /** Time that one fetch from behind takes; null when not stated. */
  readonly recomputeMs: number | null;
  /** Longest time until an acknowledged write is in the store; null when not stated. */
  readonly flushMs: number | null;
}

/** A cache whose figures follow from its content. The unit of time is one request of all keys at the first cache of a chain. */
export interface ComputedCache {
  readonly content: CachedContent;
  /** Of the keys by themselves, in the classes of the demand. */
  readonly popularity: readonly DemandClass[];
  /** What comes here: all requests, or what the caches before let through. */
  readonly demand: readonly DemandClass[];
  readonly cache: SteadyCache;
  /** Rate of reads for which a time to live was weighed; null where none was known or needed. */
  readonly readsPerSecond: number | null;
}

/**
 * The figures of a cache by its content.
 *
 * @param demand what comes here, when it is the misses of another cache; null for Zipf's law of its own keys
 * @param readsPerSecond reads that come here; null leaves a time to live out of account
 */
export function computeCache(
  content: CachedContent,
  demand: readonly DemandClass[] | null,
  readsPerSecond: number | null,
): ComputedCache {
  if (content.keys === null) throw new Error("A computed hit ratio needs the number of keys.");
  const popularity = zipfDemand(content.keys, content.skew);
  const asked = demand ?? popularity;
  const unitMs = readsPerSecond === null ? null : unitOfTimeMs(asked, readsPerSecond);
  const expiry =
    content.ttlMs === null || unitMs === null
      ? null
      : { time: content.ttlMs / unitMs, renewedByHits: content.ttlRenewedByHits };
  const cache = steadyCache(asked, {
    capacityKeys: content.capacityKeys,
    eviction: content.eviction,
    expiry,
    refreshWindow: content.refreshWindow,
  });
  return { content, popularity, demand: asked, cache, readsPerSecond: content.ttlMs === null ? null : readsPerSecond };
}

/** Length of the demand's unit of time when so many reads a second come; Infinity for none. */
export function unitOfTimeMs(demand: readonly DemandClass[], readsPerSecond: number): number {
  let total = 0;
  for (const { keys, rate } of demand) total += keys * rate;
  return (1000 * total) / readsPerSecond;
}
