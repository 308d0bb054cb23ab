import { limitPerSecond } from "../limiting/limiter-loss.ts";
import { sustainedServers } from "../queueing/universal-scalability.ts";
import { Evaluation } from "./evaluate.ts";
import type { PreparedModel, SolveStep } from "./prepare-model.ts";

/** Where a node's utilisation, or that of its limiter or of an edge that it calls over, reaches 1. */
export interface BreakingLoad {
  /** Index in `AnalysisModel.nodeIds`. */
  readonly node: number;
  /** Multiple of the declared load, more than 0 and finite. */
  readonly load: number;
  /** Index of the edge whose connections or link break it; null for its own servers. */
  readonly edge: number | null;
  /** Index of the station; null for a limiter. */
  readonly station: number | null;
}

/**
 * The multiple of the declared load at which each node reaches ρ = 1, in the order in which they break as the load grows.
 * From unclipped flows, as if no other node broke; of unequal queues the fullest counts. Nodes that no load breaks are left out.
 */
export function breakingLoads(prepared: PreparedModel): readonly BreakingLoad[] {
  const byNode = new Map<number, BreakingLoad>();
  const ofStation = stationBreakingLoads(prepared);
  prepared.model.stations.forEach((station, index) => {
    const load = ofStation[index] ?? Number.POSITIVE_INFINITY;
    const known = byNode.get(station.node)?.load ?? Number.POSITIVE_INFINITY;
    if (load < known) byNode.set(station.node, { node: station.node, load, edge: station.edge, station: index });
  });
  prepared.model.limiters.forEach((limiter, index) => {
    const asked = prepared.unclipped.asked[index] ?? 0;
    const load = asked > 0 ? limitPerSecond(limiter) / asked : Number.POSITIVE_INFINITY;
    const known = byNode.get(limiter.node)?.load ?? Number.POSITIVE_INFINITY;
    if (load < known) byNode.set(limiter.node, { node: limiter.node, load, edge: null, station: null });
  });
  const inOrder = [...byNode.values()].sort(
    (a, b) => tie(a.load) - tie(b.load) || Number(a.edge !== null) - Number(b.edge !== null) || a.node - b.node,
  );
  let last = 0;
  return inOrder.map((one) => {
    last = Math.max(last, one.load);
    return { ...one, load: last };
  });
}

/** Loads that differ by rounding are one: a pool as large as its callee fills up with it, and the callee is named first. */
function tie(load: number): number {
  return Number(load.toPrecision(9));
}

/** The smallest breaking load; null when nothing limits the load. */
export function largestLoad(prepared: PreparedModel): number | null {
  return breakingLoads(prepared)[0]?.load ?? null;
}

/** Breaking load of each station by itself, infinite where nothing is served. */
function stationBreakingLoads(prepared: PreparedModel): readonly number[] {
  const { model, unclipped } = prepared;
  const loads = model.stations.map((station, index) => {
    if ((prepared.stations[index]?.holds.length ?? 0) > 0) return Number.POSITIVE_INFINITY;
    const works = prepared.stations[index]?.works ?? [];
    const workMs = works.reduce((sum, step) => sum + (unclipped.arrivalsBy.get(step) ?? 0) * step.demand.meanMs, 0);
    return workMs > 0 ? (effectiveServers(station) * 1000) / workMs : Number.POSITIVE_INFINITY;
  });
  for (const [place, step] of prepared.steps.entries()) {
    for (const station of step.heldStations) {
      loads[station] = heldBreakingLoad(prepared, station, stepsBelow(prepared, place), loads);
    }
  }
  return loads;
}

/** Servers, or as many as make the fullest of unequal queues count for all. */
function effectiveServers(station: PreparedModel["model"]["stations"][number]): number {
  const all = sustainedServers(station);
  if (station.shares === null || station.dispatch === "shared-queue") return all;
  const total = station.shares.reduce((sum, share) => sum + share, 0);
  return total > 0 ? ((all / station.queues) * total) / Math.max(...station.shares) : all;
}

/** Relative tolerance of the breaking load of a station that holds its servers. */
const TOLERANCE = 1e-10;
const MOST_STEPS = 200;

/**
 * Solves load · λE[H(load)] = servers, where the holding time H grows with the load and without bound at the breaking load
 * of what stands in the body. The capacity c(load) = servers / (λE[H]) falls with the load, so that c(x) − x has one zero;
 * false position with bisection finds it.
 */
function heldBreakingLoad(
  prepared: PreparedModel,
  station: number,
  below: StepsBelow,
  loads: readonly number[],
): number {
  const model = prepared.model.stations[station];
  const arrivals = prepared.unclipped.arrivals[station] ?? 0;
  if (model === undefined || arrivals === 0) return Number.POSITIVE_INFINITY;
  const capacityAt = (load: number): number => {
    const { unclipped, conditions } = prepared;
    const evaluation = new Evaluation(prepared, unclipped, conditions, load, below.plainStations).run(below.steps);
    const holdingMs = evaluation.stations[station]?.meanServiceMs ?? 0;
    if (holdingMs === 0) return Number.POSITIVE_INFINITY;
    return Number.isFinite(holdingMs) ? (effectiveServers(model) * 1000) / (arrivals * holdingMs) : 0;
  };
  let high = capacityAt(0);
  for (const other of below.plainStations) high = Math.min(high, loads[other] ?? high);
  for (const other of below.heldStations) {
    const known = loads[other] ?? high;
    if (other !== station && known > 0) high = Math.min(high, known);
  }
  if (!Number.isFinite(high)) return Number.POSITIVE_INFINITY;
  let low = 0;
  let atLow = capacityAt(0) - low;
  let atHigh = capacityAt(high) - high;
  if (atHigh > 0) return high;
  for (let step = 0; step < MOST_STEPS && high - low > TOLERANCE * high; step++) {
    const straight =
      Number.isFinite(atLow) && step % 3 !== 2 ? low + ((high - low) * atLow) / (atLow - atHigh) : Number.NaN;
    const guess = straight > low && straight < high ? straight : (low + high) / 2;
    const value = capacityAt(guess) - guess;
    if (value === 0) return guess;
    if (value > 0) {
      low = guess;
      atLow = value;
    } else {
      high = guess;
      atHigh = value;
    }
    if (Math.abs(value) <= TOLERANCE * guess) return guess;
  }
  return high;
}

interface StepsBelow {
  readonly steps: readonly SolveStep[];
  readonly plainStations: ReadonlySet<number>;
  readonly heldStations: ReadonlySet<number>;
}

/** The steps that a step needs, itself included, with the stations on them. */
function stepsBelow(prepared: PreparedModel, place: number): StepsBelow {
  const needed = new Set<number>();
  const waiting = [place];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (needed.has(next)) continue;
    needed.add(next);
    waiting.push(...(prepared.steps[next]?.needs ?? []));
  }
  const steps = [...needed].sort((a, b) => a - b).flatMap((index) => prepared.steps[index] ?? []);
  const heldStations = new Set(steps.flatMap((step) => step.heldStations));
  const plainStations = new Set(steps.flatMap((step) => step.plainStations));
  return { steps, plainStations, heldStations };
}
