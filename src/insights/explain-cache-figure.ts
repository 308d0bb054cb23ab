import type { Exactness } from "#src/analysis/model/exactness.ts";
import {
  formatCount,
  formatDurationMs,
  formatMultiple,
  formatNumber,
  formatPercent,
  formatRate,
} from "#src/base/format.ts";
import type { CacheReport } from "#src/compile/report.ts";
import { settingAssumptions } from "./assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { CacheFigure, Explanation } from "./explanation.ts";

const contentSettings = ["hitRatio", "memoryBytes", "objectBytes", "keys", "skew", "eviction"];
const lifeSettings = ["ttlMs", "ttlRenewedByHits", "readsPerSecond"];
const writeSettings = ["strategy", "writesPerSecond"];
const refreshSettings = ["strategy", "refreshWindow", "refreshedHits"];
const behindSettings = ["flushMs", "coalescedWrites"];

interface FigureWords {
  readonly title: string;
  readonly value: (cache: CacheReport) => string;
  readonly formula: string;
  readonly substituted: (cache: CacheReport, context: ExplanationContext) => string;
  readonly settings: readonly string[];
  /** Null: that of the hit ratio. */
  readonly exactness: Exactness | null;
}

function exact(model: string, source: string): Exactness {
  return { kind: "exact", model, source, typicalErrorPercent: null };
}

const unbounded = "without bound";

const words: Record<CacheFigure, FigureWords> = {
  hitRatio: {
    title: "hit ratio",
    value: ({ hitRatio }) => formatPercent(hitRatio),
    formula: "h = Σ λᵢ hᵢ / Σ λᵢ over the keys, with Σ (share of time in the cache) = objects that fit",
    substituted: hitRatioInWords,
    settings: [...contentSettings, ...lifeSettings],
    exactness: null,
  },
  readsPerSecond: {
    title: "reads",
    value: ({ readsPerSecond }) => formatRate(readsPerSecond),
    formula: "λ = Σ over read journeys of rate × mean visits per request",
    substituted: (cache) => `${formatRate(cache.readsPerSecond)} come here, writes not counted`,
    settings: [],
    exactness: exact("Traffic equations", "Jackson 1957"),
  },
  weighedReadsPerSecond: {
    title: "reads that a time to live was weighed with",
    value: ({ weighedReadsPerSecond }) => formatRate(weighedReadsPerSecond),
    formula: "reads at load 1, or as the settings say: the hit ratio is that of this rate at every load",
    substituted: (cache) =>
      `${formatRate(cache.weighedReadsPerSecond)}, while ${formatRate(cache.readsPerSecond)} come now`,
    settings: lifeSettings,
    exactness: exact("As stated", "Definition"),
  },
  missPerSecond: {
    title: "misses",
    value: ({ missPerSecond }) => formatRate(missPerSecond),
    formula: "misses = reads · (1 − h)",
    substituted: (cache) =>
      `${formatRate(cache.missPerSecond)} = ${formatRate(cache.readsPerSecond)} × (1 − ${formatPercent(cache.hitRatio)})`,
    settings: contentSettings,
    exactness: null,
  },
  characteristicTimeMs: {
    title: "how long an object is remembered",
    value: ({ characteristicTimeMs }) => formatDurationMs(characteristicTimeMs),
    formula: "T with Σ (share of time in the cache) = objects that fit",
    substituted: (cache) =>
      cache.characteristicTimeMs === null
        ? "Room is never the reason to forget an object, or there is no such time."
        : `at ${formatRate(cache.readsPerSecond)} of reads`,
    settings: [...contentSettings, ...lifeSettings],
    exactness: null,
  },
  coldMissFactor: {
    title: "load of a cold cache on what is behind",
    value: ({ coldMissFactor }) => formatMultiple(coldMissFactor),
    formula: "1 / (1 − h): an empty cache misses every read",
    substituted: (cache) =>
      cache.coldMissFactor === null
        ? "Nothing misses in the long run, so that any load of a cold cache is infinitely more."
        : `${formatMultiple(cache.coldMissFactor)} = 1 / (1 − ${formatPercent(cache.hitRatio)}): ${formatRate(cache.readsPerSecond)} instead of ${formatRate(cache.missPerSecond)}`,
    settings: contentSettings,
    exactness: exact("Every read of an empty cache misses", "Definition"),
  },
  warmUpMs: {
    title: "time until an empty cache is warm",
    value: ({ warmUpMs }) => formatDurationMs(warmUpMs),
    formula: "t with Σ pᵢ (1 − e^(−λᵢt)) = 90 % of h, or until it is full",
    substituted: (cache) =>
      `at ${formatRate(cache.readsPerSecond)} of reads, up to 90 % of ${formatPercent(cache.hitRatio)}`,
    settings: contentSettings,
    exactness: exact("Independent requests until the cache is full", "Che, Tung, Wang 2002"),
  },
  hottestKeyShare: {
    title: "share of the hottest key",
    value: ({ hottestKeyShare }) => formatPercent(hottestKeyShare),
    formula: "p₁ = 1 / Σ i^−skew, of the reads that come here",
    substituted: (cache) =>
      cache.behind.length === 0
        ? `${formatPercent(cache.hottestKeyShare)} of ${formatRate(cache.readsPerSecond)}`
        : `${formatPercent(cache.hottestKeyShare)} of what the caches before let through`,
    settings: ["keys", "skew"],
    exactness: exact("Zipf's law", "Zipf 1949"),
  },
  staleReadShare: {
    title: "share of stale answers",
    value: ({ staleReadShare }) => formatPercent(staleReadShare),
    formula: "Σ λᵢ hᵢ · P(written since it was stored) / Σ λᵢ, with P = 1 − e^(−ωa) at age a",
    substituted: (cache) =>
      cache.maxAgeMs === 0
        ? "Every write updates or removes the copy: no answer is stale."
        : `a hit is ${cache.meanAgeMs === null ? "of any age" : `${formatDurationMs(cache.meanAgeMs)} old on average`}`,
    settings: [...writeSettings, ...lifeSettings],
    exactness: {
      kind: "approximation",
      model: "Age of a renewal process and Poisson writes",
      source: "Cox 1962",
      typicalErrorPercent: 1,
    },
  },
  meanAgeMs: {
    title: "mean age of a cached answer",
    value: ({ meanAgeMs }) => formatDurationMs(meanAgeMs),
    formula:
      "∫ a · P(still there at age a) da / mean stay, over all hits; half the time to live where nothing else removes it",
    substituted: (cache) => `at most ${cache.maxAgeMs === null ? unbounded : formatDurationMs(cache.maxAgeMs)}`,
    settings: lifeSettings,
    exactness: {
      kind: "approximation",
      model: "Age of a renewal process",
      source: "Cox 1962",
      typicalErrorPercent: 1,
    },
  },
  maxAgeMs: {
    title: "worst age of a cached answer",
    value: ({ maxAgeMs }) => (maxAgeMs === null ? unbounded : formatDurationMs(maxAgeMs)),
    formula:
      "the time to live; 0 where every write updates or removes the copy; no bound where hits renew it or nothing expires",
    substituted: (cache) =>
      cache.maxAgeMs === null
        ? "An object that is asked for often enough stays for good."
        : `${formatDurationMs(cache.maxAgeMs)}`,
    settings: [...writeSettings, ...lifeSettings],
    exactness: exact("Time to live", "Definition"),
  },
  refreshesPerSecond: {
    title: "refreshes ahead of expiry",
    value: ({ refreshesPerSecond }) => formatRate(refreshesPerSecond),
    formula: "Σ over keys of (1 − e^(−λw)) / (D − w + 1/λ), w the last part of the life D",
    substituted: (cache) => `besides ${formatRate(cache.missPerSecond)} of misses`,
    settings: [...refreshSettings, ...lifeSettings],
    exactness: {
      kind: "approximation",
      model: "Refresh-ahead by renewal reward",
      source: "Cox 1962",
      typicalErrorPercent: 1,
    },
  },
  stampedeCalls: {
    title: "calls when the hottest key leaves",
    value: ({ stampedeCalls }) => formatNumber(stampedeCalls),
    formula: "1 + λ₁ · T, T the time to fetch the object: without coalescing every request for it until then is a miss",
    substituted: (cache) =>
      `${formatNumber(cache.stampedeCalls)} with λ₁ = ${formatPercent(cache.hottestKeyShare)} of ${formatRate(cache.readsPerSecond)}`,
    settings: ["recomputeMs", "keys", "skew"],
    exactness: exact("Poisson requests within a fetch", "Vattani, Chierichetti, Lowenstein 2015"),
  },
  storeLagMs: {
    title: "longest lag of the store",
    value: ({ storeLagMs }) => formatDurationMs(storeLagMs),
    formula: "the longest time until an acknowledged write is in the store",
    substituted: (cache) => `${formatDurationMs(cache.storeLagMs)}, as stated`,
    settings: behindSettings,
    exactness: exact("As stated", "Definition"),
  },
  unstoredWrites: {
    title: "acknowledged writes that a crash loses",
    value: ({ unstoredWrites }) => formatCount(unstoredWrites),
    formula: "writes a second × longest time until they are stored",
    substituted: (cache) => `${formatCount(cache.unstoredWrites)} within ${formatDurationMs(cache.storeLagMs)}`,
    settings: behindSettings,
    exactness: exact("Little's law", "Little 1961"),
  },
};

/** Null where the part is no cache or its settings do not give the figure. */
export function explainCacheFigure(context: ExplanationContext, id: string, figure: CacheFigure): Explanation | null {
  const node = context.design.nodes.get(id);
  const kind = node === undefined ? undefined : context.catalogue.get(node.kind);
  const cache = context.report.nodes.find((candidate) => candidate.id === id)?.cache;
  if (node === undefined || kind === undefined || cache === undefined) return null;
  const { title, value, formula, substituted, settings, exactness } = words[figure];
  const isStated = figure === "hitRatio" && cache.hitRatioFrom === "settings";
  return {
    title: `${node.name ?? id}: ${title}`,
    value: value(cache),
    formula: isStated ? "as the settings say" : formula,
    substituted: substituted(cache, context),
    values: [
      { symbol: "h", meaning: "hit ratio", value: formatPercent(cache.hitRatio) },
      { symbol: "λ", meaning: "reads that come here", value: formatRate(cache.readsPerSecond) },
    ],
    assumptions: settingAssumptions(node, kind, settings),
    exactness: exactness ?? cache.exactness,
  };
}

function hitRatioInWords(cache: CacheReport, context: ExplanationContext): string {
  const named = (ids: readonly string[]): string =>
    ids.map((id) => context.design.nodes.get(id)?.name ?? id).join(" and ");
  if (cache.hitRatioFrom === "settings")
    return `${formatPercent(cache.hitRatio)} of ${formatRate(cache.readsPerSecond)}`;
  const parts = [
    cache.behind.length > 0 ? `of what misses at ${named(cache.behind)}` : "of all requests for its keys",
    ...(cache.weighedReadsPerSecond === null
      ? []
      : [`with a time to live at ${formatRate(cache.weighedReadsPerSecond)}, at every load`]),
    ...(cache.independentOf.length === 0
      ? []
      : [`taken as independent of ${named(cache.independentOf)}, whose keys are not the same or not stated`]),
  ];
  return `${formatPercent(cache.hitRatio)} ${parts.join(", ")}`;
}

/** The figures that a cache's settings give, in the order in which they are shown. */
export function cacheFigures(
  cache: CacheReport,
): readonly { readonly figure: CacheFigure; readonly title: string; readonly value: string }[] {
  return figureNames
    .filter((figure) => figure === "maxAgeMs" || cache[figure] !== null)
    .map((figure) => ({ figure, title: words[figure].title, value: words[figure].value(cache) }));
}

const figureNames: readonly CacheFigure[] = [
  "hitRatio",
  "missPerSecond",
  "coldMissFactor",
  "warmUpMs",
  "characteristicTimeMs",
  "hottestKeyShare",
  "staleReadShare",
  "meanAgeMs",
  "maxAgeMs",
  "refreshesPerSecond",
  "stampedeCalls",
  "storeLagMs",
  "unstoredWrites",
];
