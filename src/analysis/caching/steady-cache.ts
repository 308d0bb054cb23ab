import { type DemandClass, sumOver, totalRate } from "./demand.ts";
import { fifo } from "./fifo.ts";
import { absentKey, type Eviction, type KeyModel, type KeyState, type TimeToLive } from "./key-state.ts";
import { lfuStates, lfuStay } from "./lfu.ts";
import { lru } from "./lru.ts";
import { random } from "./random.ts";
import { refreshedKey } from "./refresh-ahead.ts";
import { type Stay, stayUntil } from "./residence.ts";
import { risingRoot } from "./rising-root.ts";

export interface CacheRules {
  /** Objects that fit, whole, 0 or more. */
  readonly capacityKeys: number;
  readonly eviction: Eviction;
  /** In the demand's unit of time; null when nothing expires. */
  readonly expiry: TimeToLive | null;
  /** Share of a life that hits do not renew, at its end, in which a hit fetches the object anew; 0 for no refresh. */
  readonly refreshWindow: number;
}

/** A cache that has long been in use. Times are in the demand's unit. */
export interface SteadyCache {
  /** Share of the requests that hit, from 0 to 1. */
  readonly hitRatio: number;
  /** How long a key is remembered; Infinity when room is never the reason to forget, and under LFU, which has no such time. */
  readonly characteristicTime: number;
  /** Refreshes per hit. */
  readonly refreshRatio: number;
  /** Of the classes of the demand, in its order. */
  readonly states: readonly KeyState[];
  /** The stay that a miss of a key with this rate begins. */
  readonly stayOf: (rate: number) => Stay;
}

const models: Readonly<Record<Exclude<Eviction, "lfu">, KeyModel>> = { lru, fifo, random };

/**
 * Hit ratio of a cache by what it holds and what is asked of it: the characteristic time T solves Σ occupancy(T) = capacity,
 * and the hit ratio is Σ λh / Σ λ. Costs some 30 passes over the classes, of which there are a few thousand for any number
 * of keys (see `zipfPopularity`): milliseconds.
 */
export function steadyCache(demand: readonly DemandClass[], rules: CacheRules): SteadyCache {
  const { capacityKeys, eviction, expiry } = rules;
  if (!(capacityKeys >= 0)) throw new Error(`capacityKeys ${capacityKeys}`);
  const total = totalRate(demand);
  const asked = demand.reduce((keys, group) => keys + (group.rate > 0 ? group.keys : 0), 0);
  if (total === 0 || capacityKeys === 0) {
    const states = demand.map(() => absentKey);
    return { ...figures(demand, states), characteristicTime: 0, stayOf: () => stayUntil(0, 0, 0) };
  }
  const lastPart = refreshWindowOf(rules);
  if (eviction === "lfu") {
    const kept = lfuStates(demand, capacityKeys, lastPart === null ? expiry : null);
    const states = demand.map((group, index) => {
      const state = kept[index] ?? absentKey;
      return lastPart === null
        ? state
        : narrower(state, refreshedKey(group.rate, Number.POSITIVE_INFINITY, ...lastPart));
    });
    const characteristicTime = Number.POSITIVE_INFINITY;
    return { ...figures(demand, states), characteristicTime, stayOf: (rate) => lfuStay(rate, expiry) };
  }
  const model = models[eviction];
  const stateAt = (group: DemandClass, time: number): KeyState => {
    if (lastPart === null) return model.state(group, time, expiry);
    if (eviction === "lru") return refreshedKey(group.rate, time, ...lastPart);
    return narrower(model.state(group, time, null), refreshedKey(group.rate, Number.POSITIVE_INFINITY, ...lastPart));
  };
  const occupied = (time: number): number => sumOver(demand, (group) => stateAt(group, time).occupancy);
  const characteristicTime =
    capacityKeys >= asked ? Number.POSITIVE_INFINITY : risingRoot(occupied, capacityKeys, capacityKeys / total);
  const states = demand.map((group) => stateAt(group, characteristicTime));
  return {
    ...figures(demand, states),
    characteristicTime,
    stayOf: (rate) => model.stay(rate, characteristicTime, expiry),
  };
}

/** Life and the last part of it in which a hit fetches the object anew; null where nothing is refreshed. */
function refreshWindowOf({ expiry, refreshWindow }: CacheRules): readonly [life: number, lastPart: number] | null {
  if (expiry === null || expiry.renewedByHits || refreshWindow === 0) return null;
  return [expiry.time, refreshWindow * expiry.time];
}

/** Room and a life that is refreshed are two limits; the narrower one holds. */
function narrower(byRoom: KeyState, refreshed: KeyState): KeyState {
  const hitRatio = Math.min(byRoom.hitRatio, refreshed.hitRatio);
  const share = refreshed.hitRatio > 0 ? hitRatio / refreshed.hitRatio : 0;
  return { occupancy: hitRatio, hitRatio, quietTime: 0, refreshRatio: refreshed.refreshRatio * share };
}

function figures(
  demand: readonly DemandClass[],
  states: readonly KeyState[],
): Pick<SteadyCache, "hitRatio" | "refreshRatio" | "states"> {
  let requests = 0;
  let hits = 0;
  let refreshes = 0;
  demand.forEach((group, index) => {
    const weight = group.keys * group.rate;
    const { hitRatio, refreshRatio } = states[index] ?? absentKey;
    requests += weight;
    hits += weight * hitRatio;
    refreshes += weight * refreshRatio;
  });
  return {
    hitRatio: requests > 0 ? Math.min(1, Math.max(0, hits / requests)) : 0,
    refreshRatio: hits > 0 ? Math.min(1, refreshes / hits) : 0,
    states,
  };
}

/**
 * What a cache asks of the one behind it: the requests that miss, key by key (Che, Tung, Wang 2002: the popularity of a
 * miss is λ(1 − h)), no closer together than the cache before it forgets.
 */
export function missDemand(demand: readonly DemandClass[], { states }: SteadyCache): readonly DemandClass[] {
  return demand.map((group, index) => {
    const { hitRatio, quietTime } = states[index] ?? absentKey;
    const rate = group.rate * (1 - hitRatio);
    // Rounding must not leave less than no time between requests.
    return { keys: group.keys, rate, quietTime: rate * quietTime < 1 ? quietTime : 0 };
  });
}
