import type { CircuitBreaker } from "#src/analysis/model/program.ts";
import type { Design, DesignEdge } from "#src/design/document.ts";
import { circuitBreakerDefaults, type EdgeSettings, edgeSettingsOf } from "#src/design/edge-settings.ts";
import { inferNetworkMs } from "./network-distance.ts";
import type { Condition, ResolvedEdge, ResolvedNode } from "./resolved-design.ts";

/** Fills in what the file leaves open on the edges of one source, which must come in the order of the file. */
export function resolveEdgesOf(
  design: Design,
  source: ResolvedNode,
  edges: readonly { readonly edge: DesignEdge; readonly index: number; readonly target: ResolvedNode }[],
  targetsOf: (node: ResolvedNode) => readonly ResolvedNode[],
): readonly ResolvedEdge[] {
  const stated = edges.map(({ edge }) => edgeSettingsOf(edge));
  const modes = edges.map(({ target }, place) => inferMode(source, target, stated[place] ?? {}));
  const nearestCaches = nearestCachesOf(
    edges.map(({ target }) => target.node.id),
    new Set(
      edges.flatMap(({ target }, place) =>
        target.kind.role === "cache" && modes[place] === "synchronous" && isAskedAside(target, targetsOf)
          ? [target.node.id]
          : [],
      ),
    ),
  );
  return edges.map(({ edge, index, target }, place) => {
    const settings = stated[place] ?? {};
    const mode = modes[place] ?? "synchronous";
    const nearest = nearestCaches[place] ?? null;
    const { condition, of, inferred } = inferCondition(source, target, settings, mode, nearest, targetsOf);
    return {
      edge,
      index,
      source,
      target,
      mode,
      calls: settings.calls ?? 1,
      condition,
      of,
      conditionInferred: inferred,
      order: settings.order ?? place,
      orderStated: settings.order !== undefined,
      quorum: settings.quorum ?? null,
      weight: settings.weight ?? 1,
      networkMs: settings.networkMs ?? inferNetworkMs(design, source.node, target.node),
      networkInferred: settings.networkMs === undefined,
      payloadBytes: settings.payloadBytes ?? 0,
      bandwidthBytesPerSecond: settings.bandwidthBytesPerSecond ?? null,
      timeoutMs: settings.timeoutMs ?? null,
      retries: settings.retries ?? 0,
      backoffMs: settings.backoffMs ?? 0,
      jitter: settings.jitter ?? true,
      hedgeAfterMs: settings.hedgeAfterMs ?? null,
      connectionPool: settings.connectionPool ?? null,
      circuitBreaker: breakerOf(settings, source),
    };
  });
}

/** The caller branches on the draw when the kind says so, or when nothing stands behind the cache to answer its misses. */
function isAskedAside(cache: ResolvedNode, targetsOf: (node: ResolvedNode) => readonly ResolvedNode[]): boolean {
  return cache.expectations.cacheAside === true || targetsOf(cache).length === 0;
}

function inferMode(source: ResolvedNode, target: ResolvedNode, settings: EdgeSettings): ResolvedEdge["mode"] {
  if (settings.mode !== undefined) return settings.mode;
  if (source.kind.role === "broker") return "asynchronous";
  if ((source.kind.role === "store" || source.kind.role === "replica") && target.kind.role === "replica")
    return "replication";
  return target.expectations.incomingMode;
}

/** For each target the last cache before it, else the first one after it; null without either. */
function nearestCachesOf(targetIds: readonly string[], cacheIds: ReadonlySet<string>): readonly (string | null)[] {
  const nearest: (string | null)[] = [];
  let before: string | null = null;
  for (const id of targetIds) {
    nearest.push(before);
    if (cacheIds.has(id)) before = id;
  }
  let after: string | null = null;
  for (let place = targetIds.length - 1; place >= 0; place--) {
    nearest[place] ??= after;
    const id = targetIds[place];
    if (id !== undefined && cacheIds.has(id)) after = id;
  }
  return nearest;
}

function inferCondition(
  source: ResolvedNode,
  target: ResolvedNode,
  settings: EdgeSettings,
  mode: ResolvedEdge["mode"],
  nearestCacheId: string | null,
  targetsOf: (node: ResolvedNode) => readonly ResolvedNode[],
): { readonly condition: Condition; readonly of: string | null; readonly inferred: boolean } {
  const isCache = source.kind.role === "cache";
  if (settings.condition !== undefined) {
    const aboutDraw = settings.condition === "hit" || settings.condition === "miss";
    const of = settings.of ?? (aboutDraw ? (isCache ? source.node.id : nearestCacheId) : null);
    return { condition: settings.condition, of, inferred: false };
  }
  if (mode !== "synchronous") return { condition: "always", of: null, inferred: false };
  if (isCache) return { condition: "miss", of: source.node.id, inferred: true };
  const cache = settings.of ?? nearestCacheId;
  if (cache !== null && source.kind.role !== "router" && keepsData(target, targetsOf, new Set())) {
    return { condition: "miss", of: cache, inferred: true };
  }
  return { condition: "always", of: null, inferred: false };
}

/** What a cache can stand in front of: stores, their replicas, and the routers that lead to nothing else. */
function keepsData(
  target: ResolvedNode,
  targetsOf: (node: ResolvedNode) => readonly ResolvedNode[],
  seen: Set<ResolvedNode>,
): boolean {
  if (target.kind.role === "store" || target.kind.role === "replica") return true;
  if (target.kind.role !== "router" || seen.has(target)) return false;
  seen.add(target);
  const behind = targetsOf(target);
  return behind.length === 0
    ? target.kind.category === "data"
    : behind.every((node) => keepsData(node, targetsOf, seen));
}

function breakerOf(settings: EdgeSettings, source: ResolvedNode): CircuitBreaker | null {
  const stated = settings.circuitBreaker ?? false;
  if (stated === false) return null;
  const instances = source.serving?.instances ?? 1;
  return { instances, ...circuitBreakerDefaults, ...(stated === true ? {} : stated) };
}
