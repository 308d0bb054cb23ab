import * as v from "valibot";
import { type CachedContent, computeCache } from "#src/analysis/caching/cached-content.ts";
import { formatPercent } from "#src/base/format.ts";
import type { SettingSource } from "./kind.ts";
import {
  byDefinition,
  choice,
  derivedQuantityOrNone,
  estimate,
  optionalQuantity,
  quantity,
  toggle,
} from "./settings.ts";

interface CachedContentDefaults {
  /** Holds when neither a hit ratio nor the number of keys is stated. */
  readonly hitRatio: number;
  readonly memoryBytes: number;
  readonly objectBytes: number;
  readonly skew: number;
  readonly sources: { readonly hitRatio: SettingSource; readonly memory: SettingSource; readonly skew: SettingSource };
}

const group = "Cached content";

function contentEntries(defaults: CachedContentDefaults) {
  return {
    hitRatio: derivedQuantityOrNone({
      title: "Hit ratio",
      unit: "ratio",
      usually: defaults.hitRatio,
      minimum: 0,
      maximum: 1,
      help: "Share of the reads that are answered from here. None: computed from memory, keys and skew, which is also what happens when only the number of keys is stated.",
      source: defaults.sources.hitRatio,
      group,
    }),
    memoryBytes: quantity({
      title: "Memory for objects",
      unit: "bytes",
      default: defaults.memoryBytes,
      minimum: 0,
      maximum: 1e18,
      help: "All instances together. For the computed hit ratio.",
      source: defaults.sources.memory,
      group,
    }),
    objectBytes: quantity({
      title: "Size of an object",
      unit: "bytes",
      default: defaults.objectBytes,
      minimum: 1,
      maximum: 1e15,
      help: "Mean size with its key and overhead. For the computed hit ratio.",
      source: estimate("A size to be replaced by your own: it differs from design to design."),
      group,
    }),
    keys: optionalQuantity({
      title: "Number of keys",
      unit: "count",
      minimum: 1,
      maximum: 1e15,
      integer: true,
      help: "Different objects that are asked for. For the computed hit ratio.",
      source: byDefinition,
      group,
    }),
    skew: quantity({
      title: "Skew of popularity",
      unit: "factor",
      default: defaults.skew,
      minimum: 0,
      maximum: 10,
      help: "Exponent of Zipf's law: 0 all keys alike, 1 the second key half as popular as the first. For the computed hit ratio.",
      source: defaults.sources.skew,
      group,
    }),
    ttlMs: optionalQuantity({
      title: "Time to live",
      unit: "ms",
      minimum: 0,
      maximum: 1e12,
      help: "Objects expire this long after they were stored. None: they stay until memory is needed. It bounds how old an answer can be, and lowers the computed hit ratio.",
      source: byDefinition,
      group,
    }),
    ttlRenewedByHits: toggle({
      title: "Hits renew the time to live",
      default: false,
      help: "On: an object expires when nobody has asked for it that long, so that a popular one may stay for good. Off: it expires that long after it was stored.",
      source: byDefinition,
      group,
      advanced: true,
    }),
    eviction: choice({
      title: "What makes room",
      default: "lru",
      choices: [
        { value: "lru", title: "Least recently used" },
        { value: "lfu", title: "Least often used" },
        { value: "fifo", title: "First in, first out" },
        { value: "random", title: "Random" },
      ],
      help: "Which object leaves a full cache. For the computed hit ratio.",
      source: byDefinition,
      group,
      advanced: true,
    }),
    readsPerSecond: optionalQuantity({
      title: "Read rate for the time to live",
      unit: "per second",
      minimum: 0,
      maximum: 1e12,
      help: "Reads of all keys together, with which the effect of the time to live on the computed hit ratio is found. None: what comes here at load 1.",
      source: byDefinition,
      group,
      advanced: true,
    }),
    writesPerSecond: optionalQuantity({
      title: "Write rate for stale answers",
      unit: "per second",
      minimum: 0,
      maximum: 1e12,
      help: "Writes of all keys together that pass this cache by, spread over the keys as the reads are. None: the writes of the design that go to what it caches.",
      source: byDefinition,
      group,
      advanced: true,
    }),
    recomputeMs: optionalQuantity({
      title: "Time to fetch one object",
      unit: "ms",
      minimum: 0,
      maximum: 1e9,
      help: "From a miss until the object is stored here. With it the calls are told that one popular object causes when it leaves.",
      source: byDefinition,
      group,
      advanced: true,
    }),
  };
}

/**
 * What a cache holds. A stated hit ratio holds; with a stated number of keys and no hit ratio it is computed; with neither,
 * the kind's default holds. Stating "none" for both is a fault.
 */
export function contentSettings(defaults: CachedContentDefaults) {
  return v.pipe(
    v.object(contentEntries(defaults)),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed || dataset.value.hitRatio !== null || dataset.value.keys !== null) return;
      addIssue({
        message: "The hit ratio is to be computed, but the number of keys is not stated.",
        expected: "a hitRatio from 0 to 1, or keys to compute it from",
        path: [{ type: "object", origin: "value", input: dataset.value, key: "hitRatio", value: null }],
      });
    }),
    v.transform((settings) => ({
      ...settings,
      hitRatio: settings.hitRatio ?? (settings.keys === null ? defaults.hitRatio : null),
    })),
  );
}

export interface ContentSettings {
  readonly hitRatio: number | null;
  readonly memoryBytes: number;
  readonly objectBytes: number;
  readonly keys: number | null;
  readonly skew: number;
  readonly ttlMs: number | null;
  readonly ttlRenewedByHits: boolean;
  readonly eviction: CachedContent["eviction"];
  readonly readsPerSecond: number | null;
  readonly writesPerSecond: number | null;
  readonly recomputeMs: number | null;
}

/** What these settings say of a cache that writes pass by and that fetches only on a miss, unless `more` says otherwise. */
export function contentOf(settings: ContentSettings, more: Partial<CachedContent> = {}): CachedContent {
  return {
    hitRatio: settings.hitRatio,
    capacityKeys: Math.floor(settings.memoryBytes / settings.objectBytes),
    keys: settings.keys,
    skew: settings.skew,
    eviction: settings.eviction,
    ttlMs: settings.ttlMs,
    ttlRenewedByHits: settings.ttlRenewedByHits,
    refreshWindow: 0,
    readsPerSecond: settings.readsPerSecond,
    writesUpdateCopies: false,
    writesPerSecond: settings.writesPerSecond,
    recomputeMs: settings.recomputeMs,
    flushMs: null,
    ...more,
  };
}

/** For captions: "80 % hits", or that it is computed, which depends on the place of the cache among others. */
export function hitsInWords({ hitRatio }: ContentSettings): string {
  return hitRatio === null ? "computed hits" : `${formatPercent(hitRatio)} hits`;
}

/** Finding one takes milliseconds for millions of keys, and the settings of a node are asked about many times. */
const computedBefore = new WeakMap<ContentSettings, number>();

/**
 * The stated hit ratio, or the one that follows from the settings by themselves: without caches before this one, and without
 * the effect of a time to live where no read rate is stated.
 */
export function hitRatioOf(settings: ContentSettings): number {
  if (settings.hitRatio !== null) return settings.hitRatio;
  const before = computedBefore.get(settings);
  if (before !== undefined) return before;
  const computed = computeCache(contentOf(settings), null, settings.readsPerSecond).cache.hitRatio;
  computedBefore.set(settings, computed);
  return computed;
}
