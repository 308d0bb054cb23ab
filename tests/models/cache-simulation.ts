import type { Eviction } from "#src/analysis/caching/key-state.ts";
import { exponential, seededRandom } from "./seeded-random.ts";

/** Zipf probabilities of single keys, the most popular first. */
export function zipfProbabilities(keys: number, skew: number): readonly number[] {
  const weights = Array.from({ length: keys }, (_, rank) => (rank + 1) ** -skew);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The T with Σ (1 − e^(−pT)) = capacity, by bisection: the scale of time of a cache, written apart from the engine. */
export function characteristicTimeGuess(popularity: readonly number[], capacity: number): number {
  let low = 0;
  let high = 1e12;
  for (let step = 0; step < 100; step++) {
    const middle = step < 40 ? Math.sqrt((low + 1) * high) : (low + high) / 2;
    const present = popularity.reduce((sum, p) => sum - Math.expm1(-p * middle), 0);
    if (present < capacity) low = middle;
    else high = middle;
  }
  return high;
}

export interface SimulatedRules {
  readonly capacity: number;
  readonly eviction: Eviction;
  readonly expiry?: { readonly time: number; readonly renewedByHits: boolean };
  /** Share of the life at whose end a hit stores the object anew. */
  readonly refreshWindow?: number;
}

interface Entry {
  storedAt: number;
  expiresAt: number;
}

/** One cache, key by key. LFU keeps the lowest key numbers, which are the most popular. */
class SimulatedCache {
  private readonly entries = new Map<number, Entry>();
  /** The keys that are held, in any order, and where each of them stands. */
  private readonly held: number[] = [];
  private readonly places = new Map<number, number>();
  private readonly rules: SimulatedRules;
  private readonly random: () => number;
  refreshes = 0;

  constructor(rules: SimulatedRules, random: () => number) {
    this.rules = rules;
    this.random = random;
  }

  /** The time the object was stored at when it hits, else null. */
  ask(key: number, now: number): number | null {
    const { expiry, eviction, refreshWindow = 0 } = this.rules;
    const entry = this.entries.get(key);
    if (entry !== undefined && entry.expiresAt > now) {
      const { storedAt } = entry;
      if (expiry?.renewedByHits === true) entry.expiresAt = now + expiry.time;
      else if (expiry !== undefined && entry.expiresAt - now < refreshWindow * expiry.time) {
        this.refreshes += 1;
        entry.storedAt = now;
        entry.expiresAt = now + expiry.time;
      }
      if (eviction === "lru") {
        this.entries.delete(key);
        this.entries.set(key, entry);
      }
      return storedAt;
    }
    if (entry !== undefined) this.drop(key);
    this.store(key, now);
    return null;
  }

  private store(key: number, now: number): void {
    const { capacity, eviction, expiry } = this.rules;
    if (eviction === "lfu") {
      if (key >= capacity) return;
    } else if (this.entries.size >= capacity) {
      if (expiry !== undefined) this.dropExpired(now, (eviction === "lru") === expiry.renewedByHits);
      if (this.entries.size >= capacity) this.drop(this.victim());
    }
    this.entries.set(key, { storedAt: now, expiresAt: now + (expiry?.time ?? Number.POSITIVE_INFINITY) });
    this.places.set(key, this.held.push(key) - 1);
  }

  /** @param inOrder whether the entries stand in the order in which they expire */
  private dropExpired(now: number, inOrder: boolean): void {
    for (const [key, entry] of this.entries) {
      if (entry.expiresAt <= now) this.drop(key);
      else if (inOrder) return;
    }
  }

  private drop(key: number): void {
    this.entries.delete(key);
    const last = this.held.pop() ?? key;
    if (last !== key) {
      const place = this.places.get(key) ?? 0;
      this.held[place] = last;
      this.places.set(last, place);
    }
    this.places.delete(key);
  }

  private victim(): number {
    const oldest = this.entries.keys().next().value ?? -1;
    return this.rules.eviction === "random"
      ? (this.held[Math.floor(this.random() * this.held.length)] ?? oldest)
      : oldest;
  }
}

export interface SimulatedLevel {
  readonly hitRatio: number;
  readonly meanAge: number;
  readonly staleShare: number;
  readonly refreshesPerHit: number;
}

/**
 * Requests for independent keys, one in a unit of time on average, at a cache whose misses go to the next one, and so on.
 * The first fifth of the requests is not counted. With `writeRate` keys are written as well, as often relatively as they are
 * read, past the caches.
 */
export function simulateCaches(
  popularity: readonly number[],
  levels: readonly SimulatedRules[],
  { requests, seed, writeRate = 0 }: { readonly requests: number; readonly seed: number; readonly writeRate?: number },
): readonly SimulatedLevel[] {
  const random = seededRandom(seed);
  const drawn = cumulative(popularity);
  const caches = levels.map((rules) => new SimulatedCache(rules, random));
  const counts = levels.map(() => ({ asked: 0, hits: 0, age: 0, stale: 0, refreshesBefore: 0 }));
  let now = 0;
  const warmUp = Math.floor(requests / 5);
  for (let request = 0; request < requests; request++) {
    now += exponential(random, 1);
    const key = drawn(random());
    if (request === warmUp)
      for (const [level, count] of counts.entries()) count.refreshesBefore = caches[level]?.refreshes ?? 0;
    for (const [level, cache] of caches.entries()) {
      const count = counts[level];
      if (count === undefined) throw new Error(`No level ${level}`);
      const storedAt = cache.ask(key, now);
      if (request >= warmUp) {
        count.asked += 1;
        if (storedAt !== null) {
          count.hits += 1;
          count.age += now - storedAt;
          if (random() < -Math.expm1(-(popularity[key] ?? 0) * writeRate * (now - storedAt))) count.stale += 1;
        }
      }
      if (storedAt !== null) break;
    }
  }
  return counts.map(({ asked, hits, age, stale, refreshesBefore }, level) => ({
    hitRatio: hits / asked,
    meanAge: age / hits,
    staleShare: stale / asked,
    refreshesPerHit: ((caches[level]?.refreshes ?? 0) - refreshesBefore) / hits,
  }));
}

function cumulative(popularity: readonly number[]): (at: number) => number {
  const sums = new Float64Array(popularity.length);
  let sum = 0;
  popularity.forEach((p, key) => {
    sum += p;
    sums[key] = sum;
  });
  return (at) => {
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) > at * sum) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
