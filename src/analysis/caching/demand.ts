import { zipfPopularity } from "./zipf.ts";

/**
 * Keys that are asked for alike: `keys` of them, each `rate` times in one unit of time. The unit is the caller's: with
 * Zipf's law by itself it is one request of all keys together.
 */
export interface DemandClass {
  readonly keys: number;
  readonly rate: number;
  /**
   * The least time between two requests of the same key, 0 for Poisson requests; always shorter than the mean time between
   * them. What a cache before this one lets through comes no faster than that cache forgets.
   */
  readonly quietTime: number;
}

/** Independent Poisson requests under Zipf's law; one request of all keys together in a unit of time. */
export function zipfDemand(keyCount: number, skew: number): readonly DemandClass[] {
  return zipfPopularity(keyCount, skew).map(({ keys, probability }) => ({ keys, rate: probability, quietTime: 0 }));
}

/** Requests of all keys together in a unit of time. */
export function totalRate(demand: readonly DemandClass[]): number {
  let total = 0;
  for (const { keys, rate } of demand) total += keys * rate;
  return total;
}

/** Σ over keys of a figure of each key. */
export function sumOver(demand: readonly DemandClass[], ofKey: (group: DemandClass) => number): number {
  let sum = 0;
  for (const group of demand) sum += group.keys * ofKey(group);
  return sum;
}
