import { quantiles } from "#src/analysis/latency/quantile.ts";
import type { Solution, StationResult } from "#src/analysis/model/solution.ts";
import type { CompiledDesign } from "./compile-design.ts";
import { neverWaits, transmissionMs } from "./edge-stations.ts";
import type { EdgePlaceReport, EdgeReport, LimitingResource, NodeReport } from "./report.ts";
import type { ResolvedEdge } from "./resolved-design.ts";

function isShaper({ rateLimits }: CompiledDesign, station: number): boolean {
  return [...rateLimits.values()].some((place) => place.type === "shaper" && place.station === station);
}

/** Whose station it is: of a node, its rate limit (also where there is no station), or the connections or the link of an edge. */
export function resourceOf(compiled: CompiledDesign, station: number | null): LimitingResource {
  if (station === null) return "rate-limit";
  const edge = compiled.model.stations[station]?.edge ?? null;
  if (edge === null) return isShaper(compiled, station) ? "rate-limit" : "servers";
  return compiled.stationsOfEdge.get(edge)?.link === station ? "link" : "connections";
}

/** The first of the edges that a node calls over whose connections or link have no steady state. */
export function saturatedPlaceOf(
  compiled: CompiledDesign,
  solution: Solution,
  node: number,
): NodeReport["saturatedBy"] {
  for (const edge of compiled.resolved.outgoing[node] ?? []) {
    const { pool = null, link = null } = compiled.stationsOfEdge.get(edge.index) ?? {};
    for (const station of [link, pool]) {
      if (station === null || solution.stations[station]?.saturated !== true) continue;
      return { resource: resourceOf(compiled, station), edge: edge.edge.id };
    }
  }
  return null;
}

/** Of the cache that the condition speaks of, in its place among the others. */
function hitRatioOf({ resolved }: CompiledDesign, { of }: ResolvedEdge): Pick<EdgeReport, "hitRatio"> {
  const hitRatio = of === null ? null : (resolved.nodeById.get(of)?.hitRatio ?? null);
  return hitRatio === null ? {} : { hitRatio };
}

export function edgeReports(compiled: CompiledDesign, solution: Solution): readonly EdgeReport[] {
  return compiled.resolved.edges.map((edge) => {
    const callsPerSecond = (compiled.callsOfEdge[edge.index] ?? []).reduce(
      (sum, call) => sum + (solution.calls[call]?.attemptsPerSecond ?? 0),
      0,
    );
    const { pool = null, link = null } = compiled.stationsOfEdge.get(edge.index) ?? {};
    const onLink = link === null ? undefined : solution.stations[link];
    return {
      id: edge.edge.id,
      callsPerSecond,
      bytesPerSecond: callsPerSecond * edge.payloadBytes,
      mode: edge.mode,
      condition: conditionInWords(edge),
      ...hitRatioOf(compiled, edge),
      networkMs: edge.networkMs,
      circuitBreaker: breakerReport(solution, edge.index),
      connections: connectionsOf(compiled, solution, edge, pool),
      link: onLink === undefined ? null : { ...placeOf(onLink), transmissionMs: transmissionMs(edge) },
    };
  });
}

function breakerReport(solution: Solution, edge: number): EdgeReport["circuitBreaker"] {
  const breaker = solution.breakers.find((candidate) => candidate.edge === edge);
  if (breaker === undefined) return null;
  const { admittedShare, rejectedPerSecond, failureRatio, meanClosedMs, exactness } = breaker;
  return {
    refusedShare: 1 - admittedShare,
    rejectedPerSecond,
    failureRatio,
    meanClosedMs: Number.isFinite(meanClosedMs) ? meanClosedMs : null,
    exactness,
  };
}

function connectionsOf(
  compiled: CompiledDesign,
  solution: Solution,
  edge: ResolvedEdge,
  pool: number | null,
): EdgeReport["connections"] {
  if (edge.connectionPool === null) return null;
  const size = edge.connectionPool * (edge.source.serving?.instances ?? 1);
  const station = pool === null ? undefined : solution.stations[pool];
  if (station !== undefined) return { size, ...placeOf(station) };
  return neverWaits(edge) ? { size, ...withoutWaiting(compiled, solution, edge, size) } : null;
}

function placeOf(station: StationResult): EdgePlaceReport {
  const p99 = station.waitingLaw === null ? null : (quantiles(station.waitingLaw, [0.99])[0] ?? null);
  return {
    utilization: station.utilization,
    capacityPerSecond: Number.isFinite(station.capacityPerSecond) ? station.capacityPerSecond : null,
    waitMs: { mean: station.meanWaitMs, p99 },
    queueLength: station.meanQueueLength,
    backlogGrowthPerSecond: station.backlogGrowthPerSecond,
    saturated: station.saturated,
    exactness: station.exactness,
  };
}

/** Connections that are never waited for: busy ones by Little's law from the calls and their mean time. */
function withoutWaiting(
  compiled: CompiledDesign,
  solution: Solution,
  edge: ResolvedEdge,
  size: number,
): EdgePlaceReport {
  let calls = 0;
  let busy = 0;
  for (const call of compiled.callsOfEdge[edge.index] ?? []) {
    const { routine = -1, networkMs = 0 } = compiled.model.calls[call] ?? {};
    const visit = solution.routines[routine];
    const rate = solution.calls[call]?.attemptsPerSecond ?? 0;
    // Behind a backlog the callers' workers, and so their connections, are all taken.
    const heldMs = visit === undefined || visit.law === null ? Number.POSITIVE_INFINITY : networkMs + visit.law.meanMs;
    calls += rate;
    if (rate > 0) busy += (rate * heldMs) / 1000;
  }
  const most = (edge.source.serving?.concurrency ?? 0) * (edge.source.serving?.instances ?? 1);
  return {
    utilization: Math.min(busy, most) / size,
    capacityPerSecond: busy > 0 && Number.isFinite(busy) ? (size * calls) / busy : null,
    waitMs: { mean: 0, p99: 0 },
    queueLength: 0,
    backlogGrowthPerSecond: 0,
    saturated: false,
    exactness: { kind: "exact", model: "Little's law", source: "Little 1961", typicalErrorPercent: null },
  };
}

function conditionInWords(edge: ResolvedEdge): string {
  return edge.of === null ? edge.condition : `${edge.condition} of ${edge.of}`;
}
