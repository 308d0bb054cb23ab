import type { ClosedBounds } from "#src/analysis/closed/bounds.ts";
import { constantLaw } from "#src/analysis/latency/constant-law.ts";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import { sequence } from "#src/analysis/latency/sequence.ts";
import { serviceTimeLaw } from "#src/analysis/latency/service-time-law.ts";
import type { Exactness } from "#src/analysis/model/exactness.ts";
import type { LatencyLaw } from "#src/analysis/model/latency-law.ts";
import type { JourneyEntry } from "#src/analysis/model/program.ts";
import type { JourneyResult, Solution, StationResult } from "#src/analysis/model/solution.ts";
import { backlogAt } from "./backlog-at.ts";
import type { CompiledDesign } from "./compile-design.ts";
import { imbalanceOf } from "./instance-imbalance.ts";
import { routersInFront } from "./node-station.ts";
import {
  type ClosedJourneyReport,
  type JourneyReport,
  type NodeReport,
  type Percentiles,
  safeUtilization,
} from "./report.ts";
import { saturatedPlaceOf } from "./report-edges.ts";
import { limitAt } from "./report-limits.ts";
import type { ResolvedNode } from "./resolved-design.ts";

/** What does not change with the load: worked out once a design. */
export interface LoadIndependent {
  readonly nodeAvailability: readonly number[];
  readonly journeyAvailability: readonly number[];
  /** Load at which each node saturates; Infinity when it never does. By node index. */
  readonly breakingLoad: readonly number[];
  /** Rate of each journey at load 1; of closed users the rate that they would reach without waiting. */
  readonly ratePerSecond: readonly number[];
  /** Bounds of a closed journey at a load; null for others. */
  readonly boundsOfUsers: (journey: number, load: number) => ClosedBounds | null;
  /** Nodes that each journey visits, waited for or not. */
  readonly nodesOfJourney: readonly (readonly number[])[];
  /** Load up to which retries cannot swamp a node, of the nodes that they could; by node index. */
  readonly retrySafeLoads: ReadonlyMap<number, number>;
  /** By journey. */
  readonly retryAmplification: readonly number[];
}

const noRetries = { retryZone: null, retrySafeUpToLoad: null, retryStableUpToLoad: null } as const;

const levels = [0.5, 0.9, 0.95, 0.99, 0.999];
const unknown: Percentiles = { mean: null, p50: null, p90: null, p95: null, p99: null, p999: null };

/** Percentiles of a law; all null where there is no steady state. */
function percentilesOf(law: LatencyLaw | null): Percentiles {
  return law === null ? unknown : namedPercentiles(law.meanMs, quantiles(law, levels));
}

function namedPercentiles(mean: number, values: readonly number[]): Percentiles {
  const [p50 = null, p90 = null, p95 = null, p99 = null, p999 = null] = values;
  return { mean, p50, p90, p95, p99, p999 };
}

export function journeyReports(
  compiled: CompiledDesign,
  solution: Solution,
  fixed: LoadIndependent,
): readonly JourneyReport[] {
  const { model } = compiled;
  return solution.journeys.map((journey, index) => {
    const entry = model.journeys[index];
    if (entry === undefined) throw new Error(`No journey ${index}`);
    const wantedLevels = entry.latencyTargets.map(({ percentile }) => percentile / 100);
    // One search for all levels: the law is evaluated once a point.
    const found = journey.law === null ? null : quantiles(journey.law, [...levels, ...wantedLevels]);
    const latencyMs = found === null || journey.law === null ? unknown : namedPercentiles(journey.law.meanMs, found);
    const targets = entry.latencyTargets.map(({ percentile, ms }, place) => {
      const actualMs = found?.[levels.length + place] ?? null;
      return { percentile, ms, actualMs, met: actualMs !== null && actualMs <= ms };
    });
    const availability = fixed.journeyAvailability[index] ?? 1;
    const wanted = compiled.resolved.design.journeys.get(model.journeyIds[index] ?? "")?.availabilityTarget;
    const limit = firstToBreak(fixed, index);
    const nodeId = (node: number): string => model.nodeIds[node] ?? "";
    return {
      id: model.journeyIds[index] ?? "",
      offeredPerSecond: journey.offeredPerSecond,
      completedPerSecond: journey.completedPerSecond,
      errorRate: journey.errorRate,
      latencyMs,
      availability,
      closed: closedReport(entry, journey, index, solution.load, fixed),
      maxPerSecond: limit === null ? null : (fixed.ratePerSecond[index] ?? 0) * limit.load,
      bottleneck: limit === null ? null : nodeId(limit.node),
      retryAmplification: fixed.retryAmplification[index] ?? 1,
      meetsTargets: targets.every((target) => target.met) && (wanted === undefined || availability >= wanted),
      targets,
      // Without a law because nothing is ever answered is a failure, not a backlog.
      saturated: journey.law === null && journey.errorRate < 1 - 1e-9,
      paths: journey.paths.map((path) => ({
        nodes: path.nodes.map(nodeId),
        share: path.share,
        ...(path.isRest && { isRest: true as const }),
        latencyMs: percentilesOf(path.law),
      })),
      breakdown: journey.breakdown.map((part) => ({
        node: nodeId(part.node),
        visits: part.visits,
        serviceMs: part.serviceMs + part.delayMs,
        waitMs: part.waitMs,
        networkMs: part.networkMs,
      })),
      exactness: journey.exactness,
    };
  });
}

function closedReport(
  { closed }: JourneyEntry,
  { offeredPerSecond }: JourneyResult,
  index: number,
  load: number,
  fixed: LoadIndependent,
): ClosedJourneyReport | null {
  if (closed === null) return null;
  const { users, thinkTimeMs } = closed;
  return {
    users: users * load,
    thinkTimeMs,
    throughputPerSecond: offeredPerSecond,
    bounds: fixed.boundsOfUsers(index, load),
  };
}

/** Of the nodes that a journey visits, the one that saturates first as all journeys grow together. */
function firstToBreak(
  fixed: LoadIndependent,
  journey: number,
): { readonly node: number; readonly load: number } | null {
  let first: { node: number; load: number } | null = null;
  for (const node of fixed.nodesOfJourney[journey] ?? []) {
    const load = fixed.breakingLoad[node] ?? Number.POSITIVE_INFINITY;
    if (Number.isFinite(load) && (first === null || load < first.load)) first = { node, load };
  }
  return first;
}

const passThrough: Exactness = {
  kind: "exact",
  model: "No station: requests pass",
  source: "Definition",
  typicalErrorPercent: null,
};

export function nodeReports(
  compiled: CompiledDesign,
  solution: Solution,
  fixed: LoadIndependent,
): readonly NodeReport[] {
  const visits = visitsPerNode(compiled, solution);
  const routers = routersInFront(compiled.resolved);
  return compiled.resolved.nodes.map((node) => {
    const availability = fixed.nodeAvailability[node.index] ?? 1;
    const stationIndex = compiled.stationOfNode[node.index] ?? null;
    const station = stationIndex === null ? undefined : solution.stations[stationIndex];
    const full = saturatedPlaceOf(compiled, solution, node.index);
    const passed = visits[node.index] ?? 0;
    const refused = passed * failingShare(compiled, node);
    if (station === undefined) {
      return {
        id: node.node.id,
        arrivalsPerSecond: passed,
        utilization: 0,
        offeredUtilization: 0,
        unclippedUtilization: 0,
        capacityPerSecond: null,
        headroom: null,
        queueLength: full === null ? 0 : null,
        waitMs: full === null ? atOnce : unsteady,
        residenceMs: full === null ? atOnce : unsteady,
        completedPerSecond: passed - refused,
        rejectedPerSecond: refused,
        abandonedPerSecond: 0,
        imbalance: null,
        backlogGrowthPerSecond: 0,
        instances: null,
        instancesNeeded: null,
        backlog: null,
        availability,
        monthlyCost: null,
        saturated: full !== null,
        saturatedBy: full,
        ...noRetries,
        rateLimit: null,
        exactness: passThrough,
      };
    }
    const declared = compiled.model.stations[stationIndex ?? -1];
    const limit = limitAt(compiled, solution, node.index);
    const limited = limit?.report.rejectedPerSecond ?? 0;
    const limitPerSecond = limit?.report.ratePerSecond ?? Number.POSITIVE_INFINITY;
    const waiting = after(limit?.shaper?.waitingLaw, station.waitingLaw);
    const residence = after(limit?.shaper?.sojournLaw, residenceLaw(node, station));
    const { arrivalsPerSecond } = station;
    const headroom = Math.min(
      arrivalsPerSecond > 0 ? station.capacityPerSecond / arrivalsPerSecond : Number.POSITIVE_INFINITY,
      limit === null ? Number.POSITIVE_INFINITY : 1 / limit.report.utilization,
    );
    return {
      id: node.node.id,
      arrivalsPerSecond: arrivalsPerSecond + limited + refused,
      utilization: station.utilization,
      offeredUtilization: Math.max(offeredUtilization(station), limit?.report.utilization ?? 0),
      unclippedUtilization: station.offeredUtilization,
      capacityPerSecond: finite(Math.min(station.capacityPerSecond, limitPerSecond)),
      headroom: finite(headroom),
      queueLength: full === null ? queueLength(station, limit?.shaper ?? null) : null,
      waitMs: full === null ? { mean: waitOf(station, limit?.shaper ?? null), p99: p99Of(waiting) } : unsteady,
      residenceMs: full === null ? { mean: residence?.meanMs ?? null, p99: p99Of(residence) } : unsteady,
      completedPerSecond: station.completedPerSecond,
      rejectedPerSecond: station.rejectedPerSecond + limited + refused,
      abandonedPerSecond: station.abandonedPerSecond,
      imbalance: declared === undefined ? null : imbalanceOf(declared, routers.get(node.index)),
      backlogGrowthPerSecond: station.backlogGrowthPerSecond,
      instances: instancesInUse(node, station),
      instancesNeeded: instancesFor(node, station),
      backlog: backlogAt(compiled, solution, node),
      availability,
      monthlyCost: null,
      saturated: station.saturated || full !== null,
      saturatedBy: station.saturated ? { resource: "servers", edge: null } : full,
      ...noRetries,
      rateLimit: limit?.report ?? null,
      exactness: station.exactness,
    };
  });
}

/** One after the other; without a first, the second by itself, whose closed tail it keeps. */
function after(first: LatencyLaw | null | undefined, second: LatencyLaw | null): LatencyLaw | null {
  if (first === undefined || second === null) return second;
  return first === null ? null : sequence([first, second]);
}

function waitOf(station: StationResult, shaper: StationResult | null): number | null {
  if (shaper === null || station.meanWaitMs === null) return station.meanWaitMs;
  return shaper.meanWaitMs === null ? null : shaper.meanWaitMs + station.meanWaitMs;
}

function queueLength(station: StationResult, shaper: StationResult | null): number | null {
  if (shaper === null || station.meanQueueLength === null) return station.meanQueueLength;
  return shaper.meanQueueLength === null ? null : shaper.meanQueueLength + station.meanQueueLength;
}

/** The share of the visits that a scenario lets fail before they are served. */
function failingShare({ state }: CompiledDesign, { node }: ResolvedNode): number {
  return state.down.has(node.id) ? 1 : (state.errorRatio.get(node.id) ?? 0);
}

const atOnce = { mean: 0, p99: 0 } as const;
const unsteady = { mean: null, p99: null } as const;

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function p99Of(law: LatencyLaw | null): number | null {
  return law === null ? null : (quantiles(law, [0.99])[0] ?? null);
}

/** Own waiting, service and delay, without downstream calls (which a held server would count in its time). */
export function residenceLaw(node: ResolvedNode, station: StationResult): LatencyLaw | null {
  const { serving } = node;
  if (serving === null || station.servedWaitingLaw === null || station.sojournLaw === null) return null;
  const serviceTimeMs = (serving.concurrency / serving.capacityPerSecond) * 1000;
  const delayMs = Math.max(0, serving.latencyMs - serviceTimeMs);
  const served = serving.holdsWorkerWhileWaiting
    ? sequence([station.servedWaitingLaw, serviceTimeLaw(serviceTimeMs, serving.variability)])
    : station.sojournLaw;
  // A law by itself keeps its closed tail, if it has one.
  return delayMs > 0 ? sequence([served, constantLaw(delayMs)]) : served;
}

/** Arrivals over capacity: what reaches the part, whatever is held back before it. */
function offeredUtilization(station: StationResult): number {
  const ratio = station.arrivalsPerSecond / station.capacityPerSecond;
  // A part behind a full one of its own size is offered its capacity but for rounding.
  return Number.isFinite(ratio) ? Number(ratio.toPrecision(12)) : 0;
}

/** Of a node that scales those that its load asks for; behind a stream at most one a partition. */
function instancesInUse(node: ResolvedNode, station: StationResult): number | null {
  return node.serving === null ? null : station.servers / node.serving.concurrency;
}

/** Instances that keep the utilisation at or below the safe line with the present arrivals and time per visit. */
function instancesFor(node: ResolvedNode, station: StationResult): number | null {
  const instances = instancesInUse(node, station) ?? 0;
  if (instances === 0) return null;
  const needed = (station.offeredUtilization * instances) / safeUtilization;
  return Number.isFinite(needed) ? Math.max(1, Math.ceil(needed - 1e-9)) : null;
}

function visitsPerNode(compiled: CompiledDesign, solution: Solution): readonly number[] {
  const visits = new Array<number>(compiled.resolved.nodes.length).fill(0);
  compiled.model.routines.forEach((routine, index) => {
    if (compiled.unreachable.has(index) || routine.edge !== null) return;
    visits[routine.node] = (visits[routine.node] ?? 0) + (solution.routines[index]?.visitsPerSecond ?? 0);
  });
  return visits;
}
