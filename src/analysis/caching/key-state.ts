import type { DemandClass } from "./demand.ts";
import type { Stay } from "./residence.ts";

/** What a full cache throws out: the least recently used, the least often used, the oldest, or any. */
export type Eviction = "lru" | "lfu" | "fifo" | "random";

/** Time to live of an object, in the demand's unit of time. */
export interface TimeToLive {
  readonly time: number;
  /** Whether a hit starts it anew. */
  readonly renewedByHits: boolean;
}

/** A key of a cache in its steady state. */
export interface KeyState {
  /** Share of the time that the key is in the cache. */
  readonly occupancy: number;
  readonly hitRatio: number;
  /** A miss of the key is followed by the next one no sooner than this. */
  readonly quietTime: number;
  /** Times per request that the key is fetched anew ahead of its expiry. */
  readonly refreshRatio: number;
}

/** A key of which requests find it as often as it is there: what Poisson requests see. */
export function keyThatIsThere(share: number, quietTime: number): KeyState {
  return { occupancy: share, hitRatio: share, quietTime, refreshRatio: 0 };
}

/**
 * What becomes of a key in a cache that forgets by its characteristic time, which is the same for all keys: its state, and
 * the stay that a miss begins.
 */
export interface KeyModel {
  state(group: DemandClass, characteristicTime: number, expiry: TimeToLive | null): KeyState;
  stay(rate: number, characteristicTime: number, expiry: TimeToLive | null): Stay;
}

/** A key that nobody asks for. */
export const absentKey: KeyState = keyThatIsThere(0, 0);

/** Until hits no longer renew it, or Infinity where they do or nothing expires. */
export function fixedLife(expiry: TimeToLive | null): number {
  return expiry === null || expiry.renewedByHits ? Number.POSITIVE_INFINITY : expiry.time;
}

/** The gap between requests that a life renewed by hits survives, or Infinity. */
export function renewedLife(expiry: TimeToLive | null): number {
  return expiry?.renewedByHits === true ? expiry.time : Number.POSITIVE_INFINITY;
}
