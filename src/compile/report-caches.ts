import { type ComputedCache, unitOfTimeMs } from "#src/analysis/caching/cached-content.ts";
import { totalRate } from "#src/analysis/caching/demand.ts";
import type { Eviction } from "#src/analysis/caching/key-state.ts";
import { type Staleness, stalenessOf } from "#src/analysis/caching/staleness.ts";
import { stampedeCalls } from "#src/analysis/caching/stampede.ts";
import { warmUpTime } from "#src/analysis/caching/warm-up.ts";
import type { Exactness } from "#src/analysis/model/exactness.ts";
import type { Solution } from "#src/analysis/model/solution.ts";
import type { CompiledDesign } from "./compile-design.ts";
import type { CacheReport, NodeReport } from "./report.ts";
import type { ResolvedCache, ResolvedNode } from "./resolved-design.ts";

/** A cache counts as warm when it hits this share of what it hits in the long run. */
const warmShare = 0.9;

/** The reports of nodes, those of caches with what they hold and how old it is. */
export function withCacheReports(
  compiled: CompiledDesign,
  solution: Solution,
  nodes: readonly NodeReport[],
): readonly NodeReport[] {
  return compiled.resolved.nodes.every(({ cache }) => cache === null)
    ? nodes
    : nodes.map((report, index) => {
        const node = compiled.resolved.nodes[index];
        if (node === undefined || node.cache === null || node.hitRatio === null) return report;
        return { ...report, cache: cacheReport(compiled, solution, node, node.cache, node.hitRatio) };
      });
}

function cacheReport(
  compiled: CompiledDesign,
  solution: Solution,
  node: ResolvedNode,
  cache: ResolvedCache,
  hitRatio: number,
): CacheReport {
  const { content, computed } = cache;
  const rates = ratesAt(compiled, solution, node, cache);
  const unitMs = computed === null ? null : unitOf(computed, rates.reads);
  const staleness = computed === null || unitMs === null ? null : stalenessAt(computed, rates, unitMs);
  const expires = content.ttlMs !== null && !content.ttlRenewedByHits;
  const { refreshWindow, flushMs, recomputeMs } = content;
  return {
    hitRatio,
    hitRatioFrom: computed === null ? "settings" : "content",
    readsPerSecond: rates.reads,
    missPerSecond: rates.reads * (1 - hitRatio),
    weighedReadsPerSecond: computed?.readsPerSecond ?? null,
    behind: cache.behind,
    independentOf: cache.independentOf,
    characteristicTimeMs:
      computed === null || unitMs === null ? null : finite(computed.cache.characteristicTime * unitMs),
    coldMissFactor: hitRatio < 1 ? 1 / (1 - hitRatio) : null,
    warmUpMs: computed === null || unitMs === null ? null : finite(figuresOf(computed).warmUp * unitMs),
    hottestKeyShare: computed === null ? null : figuresOf(computed).hottestShare,
    staleReadShare: content.writesUpdateCopies ? 0 : (staleness?.staleReadShare ?? null),
    meanAgeMs: staleness === null || unitMs === null || !expires ? null : finite(staleness.meanAge * unitMs),
    maxAgeMs: content.writesUpdateCopies ? 0 : expires ? content.ttlMs : null,
    refreshesPerSecond:
      computed === null || refreshWindow === 0 || computed.readsPerSecond === null
        ? null
        : rates.reads * hitRatio * computed.cache.refreshRatio,
    stampedeCalls:
      computed === null || recomputeMs === null
        ? null
        : stampedeCalls(rates.reads * figuresOf(computed).hottestShare, recomputeMs),
    storeLagMs: flushMs,
    unstoredWrites: flushMs === null ? null : (rates.writesHere * flushMs) / 1000,
    exactness: computed === null ? asStated : exactnessOf(cache, computed),
  };
}

interface Rates {
  /** Reads that come to the cache. */
  readonly reads: number;
  readonly writesHere: number;
  /** Writes of what it caches that do not update the copy. */
  readonly writesBeyond: number;
}

function ratesAt(
  { model, resolved, unreachable }: CompiledDesign,
  solution: Solution,
  node: ResolvedNode,
  { content }: ResolvedCache,
): Rates {
  const isWrite = model.journeyIds.map((id) => resolved.design.journeys.get(id)?.operation === "write");
  let reads = 0;
  let writesHere = 0;
  model.routines.forEach((routine, index) => {
    if (routine.node !== node.index || unreachable.has(index)) return;
    const rate = solution.routines[index]?.visitsPerSecond ?? 0;
    if (isWrite[routine.journey] === true) writesHere += rate;
    else reads += rate;
  });
  if (content.writesPerSecond !== null) return { reads, writesHere, writesBeyond: content.writesPerSecond };
  let writesBeside = 0;
  model.calls.forEach((call, index) => {
    const journey = model.routines[call.routine]?.journey ?? -1;
    const edge = resolved.edges[call.edge];
    if (isWrite[journey] !== true || edge === undefined || edge.of !== node.node.id || edge.source === node) return;
    writesBeside += solution.calls[index]?.attemptsPerSecond ?? 0;
  });
  return { reads, writesHere, writesBeyond: Math.max(writesHere, writesBeside) };
}

/** What a time to live was weighed with, else what comes now. */
function unitOf(computed: ComputedCache, readsNow: number): number | null {
  const reads = computed.readsPerSecond ?? readsNow;
  return reads > 0 ? unitOfTimeMs(computed.demand, reads) : null;
}

interface Figures {
  readonly warmUp: number;
  readonly hottestShare: number;
  staleness: { readonly writeRate: number; readonly found: Staleness } | null;
}

/** What does not change with the load is worked out once. */
const figuresBefore = new WeakMap<ComputedCache, Figures>();

function figuresOf(computed: ComputedCache): Figures {
  const before = figuresBefore.get(computed);
  if (before !== undefined) return before;
  const { demand, cache, content } = computed;
  const total = totalRate(demand);
  const figures = {
    warmUp: warmUpTime(demand, content.capacityKeys, cache.hitRatio, warmShare),
    hottestShare: total === 0 ? 0 : demand.reduce((most, { rate }) => Math.max(most, rate), 0) / total,
    staleness: null,
  };
  figuresBefore.set(computed, figures);
  return figures;
}

function stalenessAt(computed: ComputedCache, { reads, writesBeyond }: Rates, unitMs: number): Staleness {
  // Writes of the design grow with its reads; a stated rate is what it is.
  const stated = computed.content.writesPerSecond;
  const perUnit =
    stated === null ? (reads > 0 ? (writesBeyond / reads) * totalRate(computed.demand) : 0) : (stated * unitMs) / 1000;
  const writeRate = Number(perUnit.toPrecision(12));
  const figures = figuresOf(computed);
  if (figures.staleness?.writeRate !== writeRate)
    figures.staleness = {
      writeRate,
      found: stalenessOf(computed.popularity, computed.demand, computed.cache, writeRate),
    };
  return figures.staleness.found;
}

const asStated: Exactness = {
  kind: "exact",
  model: "Hit ratio as the settings say",
  source: "Definition",
  typicalErrorPercent: null,
};

const policies: Readonly<Record<Eviction, Pick<Exactness, "model" | "source" | "typicalErrorPercent">>> = {
  lru: {
    model: "Che 2002 (LRU)",
    source: "Che, Tung, Wang 2002; Fricker, Robert, Roberts 2012",
    typicalErrorPercent: 1,
  },
  lfu: { model: "Most popular keys kept (LFU)", source: "Coffman and Denning 1973", typicalErrorPercent: 1 },
  fifo: { model: "Gelenbe 1973 (FIFO)", source: "Gelenbe 1973; Fricker, Robert, Roberts 2012", typicalErrorPercent: 1 },
  random: {
    model: "Gelenbe 1973 (RANDOM)",
    source: "Gelenbe 1973; Fricker, Robert, Roberts 2012",
    typicalErrorPercent: 1,
  },
};

function exactnessOf({ behind }: ResolvedCache, { content }: ComputedCache): Exactness {
  const policy = policies[content.eviction];
  if (behind.length === 0) return { kind: "approximation", ...policy };
  return {
    kind: "approximation",
    model: `${policy.model} behind another cache, requests no closer together than that one forgets`,
    source: `${policy.source}; Martina, Garetto, Leonardi 2014`,
    typicalErrorPercent: 5,
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
