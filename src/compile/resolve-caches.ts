import { type CachedContent, type ComputedCache, computeCache } from "#src/analysis/caching/cached-content.ts";
import { missDemand } from "#src/analysis/caching/steady-cache.ts";
import { missedBefore } from "./cache-chains.ts";
import type { ResolvedCache, ResolvedDesign, ResolvedNode } from "./resolved-design.ts";

/** Rounds in which caches with a time to live find the rates that the caches before them leave: more than chains are long. */
const mostRounds = 8;
const settled = 1e-9;

/**
 * The caches of a design in their places: what comes to a cache behind another one is what that one misses (H. Che, Y. Tung,
 * Z. Wang, IEEE JSAC 2002), where both are computed and state the same keys and skew. Caches with other keys are taken as
 * independent of each other: which keys they share is not known.
 *
 * A time to live needs the rate of reads. Where none is stated it is what comes to the cache at load 1, from the traffic by
 * itself; the hit ratio so found holds at every load, so that the dial moves nothing but the rate.
 *
 * @param readsPerSecond reads at each node at load 1, by node index, for the hit ratios of a design; asked only where needed
 */
export function resolveCaches(
  resolved: ResolvedDesign,
  withNodes: (nodes: readonly ResolvedNode[]) => ResolvedDesign,
  readsPerSecond: (resolved: ResolvedDesign) => readonly number[],
): ResolvedDesign {
  const contents = resolved.nodes.map(({ kind, rawSettings }) => kind.content(rawSettings));
  if (contents.every((content) => content === null)) return resolved;
  const missed = missedBefore(resolved);
  const needsRates = contents.some((content) => content !== null && isComputed(content) && needsRate(content));
  let current = withNodes(applied(resolved, contents, missed, null));
  let known: readonly number[] | null = null;
  for (let round = 0; needsRates && round < mostRounds; round++) {
    const rates = readsPerSecond(current);
    if (known !== null && rates.every((rate, node) => isClose(rate, known?.[node] ?? 0))) break;
    known = rates;
    current = withNodes(applied(resolved, contents, missed, rates));
  }
  return current;
}

function isClose(rate: number, before: number): boolean {
  return Math.abs(rate - before) <= settled * Math.max(rate, before);
}

type Computable = CachedContent & { readonly keys: number };

function isComputed(content: CachedContent): content is Computable {
  return content.hitRatio === null && content.keys !== null;
}

function needsRate(content: CachedContent): boolean {
  return content.ttlMs !== null && content.readsPerSecond === null;
}

function applied(
  { nodes }: ResolvedDesign,
  contents: readonly (CachedContent | null)[],
  missed: readonly (ReadonlySet<string> | null)[],
  rates: readonly number[] | null,
): readonly ResolvedNode[] {
  const caches = new Map<string, ResolvedCache>();
  // A cache comes after those that were missed before it, which have been missed on every way to it.
  const order = nodes
    .filter((node) => contents[node.index] !== null)
    .sort((first, second) => (missed[first.index]?.size ?? 0) - (missed[second.index]?.size ?? 0));
  for (const node of order) {
    const content = contents[node.index];
    if (content === null || content === undefined) continue;
    const before = [...(missed[node.index] ?? [])].filter((id) => id !== node.node.id);
    caches.set(node.node.id, resolvedCache(node, content, before, caches, rates?.[node.index] ?? null));
  }
  return nodes.map((node) => {
    const cache = caches.get(node.node.id) ?? null;
    if (cache === null) return node;
    return { ...node, cache, hitRatio: cache.computed?.cache.hitRatio ?? node.hitRatio };
  });
}

function resolvedCache(
  node: ResolvedNode,
  content: CachedContent,
  before: readonly string[],
  caches: ReadonlyMap<string, ResolvedCache>,
  solvedRate: number | null,
): ResolvedCache {
  if (!isComputed(content)) return { content, computed: null, behind: [], independentOf: [] };
  const alike = before.filter((id) => {
    const other = caches.get(id);
    return (
      other !== undefined &&
      other.computed !== null &&
      other.content.keys === content.keys &&
      other.content.skew === content.skew
    );
  });
  // The nearest one has itself been asked for what those before it let through.
  const nearest = alike.reduce<string | null>(
    (best, id) =>
      best === null || (caches.get(id)?.behind.length ?? 0) >= (caches.get(best)?.behind.length ?? 0) ? id : best,
    null,
  );
  const upstream = nearest === null ? null : (caches.get(nearest) ?? null);
  const behind = nearest === null || upstream === null ? [] : [...upstream.behind, nearest];
  const rate = content.ttlMs === null ? null : (content.readsPerSecond ?? solvedRate);
  return {
    content,
    computed: computedOnce(node, content, upstream?.computed ?? null, rate),
    behind,
    independentOf: before.filter((id) => !behind.includes(id)),
  };
}

interface Remembered {
  readonly upstream: ComputedCache | null;
  readonly rate: number | null;
  readonly computed: ComputedCache;
}

/** Settings of a document are values, and most edits leave those of the caches as they are. */
const computedBefore = new WeakMap<object, readonly Remembered[]>();
const mostRemembered = 4;

function computedOnce(
  { rawSettings }: ResolvedNode,
  content: CachedContent,
  upstream: ComputedCache | null,
  rate: number | null,
): ComputedCache {
  const key = typeof rawSettings === "object" && rawSettings !== null ? rawSettings : content;
  const before = computedBefore.get(key) ?? [];
  const same = before.find((other) => other.upstream === upstream && other.rate === rate);
  if (same !== undefined) return same.computed;
  const demand = upstream === null ? null : missDemand(upstream.demand, upstream.cache);
  // Without reads there is nothing that a time to live could be weighed against.
  const computed = computeCache(content, demand, rate === 0 ? null : rate);
  computedBefore.set(key, [{ upstream, rate, computed }, ...before].slice(0, mostRemembered));
  return computed;
}
