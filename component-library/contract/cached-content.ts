import * as v from "valibot";
import { cacheHitRatio } from "#src/analysis/caching/che.ts";
import type { SettingSource } from "./kind.ts";
import { byDefinition, derivedQuantityOrNone, estimate, optionalQuantity, quantity } from "./settings.ts";

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
      help: "Objects expire this long after they were stored; hits do not renew them. None: they stay until memory is needed. It bounds how old an answer can be, and lowers the computed hit ratio when the read rate is stated.",
      source: byDefinition,
      group,
    }),
    readsPerSecond: optionalQuantity({
      title: "Read rate for the time to live",
      unit: "per second",
      minimum: 0,
      maximum: 1e12,
      help: "Reads of all keys together, with which the effect of the time to live on the computed hit ratio is found.",
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
  readonly readsPerSecond: number | null;
}

/** Finding one takes milliseconds for millions of keys, and the settings of a node are asked about many times. */
const computedBefore = new WeakMap<ContentSettings, number>();

/** The stated hit ratio, or that of an LRU cache under Zipf's law by Che's approximation. */
export function hitRatioOf(settings: ContentSettings): number {
  if (settings.hitRatio !== null) return settings.hitRatio;
  if (settings.keys === null) throw new Error("A computed hit ratio needs the number of keys.");
  const before = computedBefore.get(settings);
  if (before !== undefined) return before;
  const { ttlMs, readsPerSecond } = settings;
  const computed = cacheHitRatio({
    memoryBytes: settings.memoryBytes,
    objectBytes: settings.objectBytes,
    keyCount: settings.keys,
    skew: settings.skew,
    expiry:
      ttlMs === null || readsPerSecond === null ? null : { timeToLiveMs: ttlMs, requestsPerSecond: readsPerSecond },
  });
  computedBefore.set(settings, computed);
  return computed;
}
