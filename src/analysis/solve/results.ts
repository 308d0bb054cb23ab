import { scaledLaw } from "../latency/scaled-law.ts";
import { sequence } from "../latency/sequence.ts";
import { limiterExactness, limitPerSecond } from "../limiting/limiter-loss.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import type { Station } from "../model/program.ts";
import type { BreakerResult, CallResult, LimiterResult, RoutineResult, StationResult } from "../model/solution.ts";
import type { StationSolution } from "../queueing/station.ts";
import { sustainedServers } from "../queueing/universal-scalability.ts";
import type { SettledFlows } from "./fixed-point.ts";
import { answerRatio, failureRatio, neverEnds, type Outcome } from "./outcome.ts";
import type { PreparedModel } from "./prepare-model.ts";
import type { StationState } from "./station-state.ts";

/** A share below this is rounding. */
const ROUNDING = 1e-12;
/** So near to its capacity a part behind a full one is full too: what passes there is that capacity but for rounding. */
const FULL = 1 - 1e-12;

export function stationResults(prepared: PreparedModel, flows: SettledFlows, load: number): readonly StationResult[] {
  return prepared.model.stations.map((station, index) => {
    const state = flows.evaluation.stations[index];
    if (state === undefined) throw new Error(`Station ${index} was not solved`);
    const { solution, arrivalsPerSecond, servers } = state;
    const held = (prepared.stations[index]?.holds.length ?? 0) > 0;
    const completedShare = held ? (flows.conditions.completed[index] ?? 1) : state.completedShare;
    const completed = arrivalsPerSecond * completedShare;
    const rejected = arrivalsPerSecond * Math.min(state.rejectedShare, 1 - completedShare);
    const capacity = capacityOf(state, servers * effectiveness(station), completed);
    const isFull =
      !prepared.closedWaits.has(index) &&
      rejected === 0 &&
      arrivalsPerSecond > 0 &&
      arrivalsPerSecond >= capacity * FULL;
    const saturated = solution === null || solution.saturated || isFull || completedShare < state.completedShare - 1e-6;
    const unclipped = (prepared.unclipped.arrivals[index] ?? 0) * load;
    const offered = Math.max(arrivalsPerSecond, unclipped);
    return {
      arrivalsPerSecond,
      offeredUtilization: offered === 0 ? 0 : offered / capacity,
      utilization: solution === null ? 1 : Math.min(1, held && saturated ? 1 : solution.utilization),
      servers,
      capacityPerSecond: capacity,
      completedPerSecond: completed,
      rejectedPerSecond: rejected,
      abandonedPerSecond: Math.min(rejected, arrivalsPerSecond * (solution?.abandonedFraction ?? 0)),
      backlogGrowthPerSecond: saturated ? Math.max(0, arrivalsPerSecond - completed - rejected) : 0,
      saturated,
      meanServiceMs: state.meanServiceMs,
      meanWaitMs: saturated ? null : solution.meanWaitMs,
      meanQueueLength: saturated ? null : solution.meanQueueLength,
      waitingLaw: saturated ? null : solution.waitingLaw,
      servedWaitingLaw: saturated ? null : solution.servedWaitingLaw,
      sojournLaw: saturated ? null : sojournLaw(prepared, index, solution, state.serviceLaw),
      exactness: solution?.exactness ?? heldEndlessly,
    };
  });
}

/** What all servers do together over what they would do undisturbed. */
function effectiveness(station: Station): number {
  return station.scalability === null ? 1 : sustainedServers(station) / (station.servers * station.queues);
}

function capacityOf(state: StationState, servers: number, completedPerSecond: number): number {
  // Held for a time without a mean, the servers complete what comes through behind them.
  if (state.solution === null) return completedPerSecond;
  return state.meanServiceMs > 0 ? (servers * 1000) / state.meanServiceMs : Number.POSITIVE_INFINITY;
}

const heldEndlessly = {
  kind: "approximation",
  model: "Held servers without a steady state",
  source: "Little 1961",
  typicalErrorPercent: null,
} as const;

function sojournLaw(
  prepared: PreparedModel,
  index: number,
  solution: StationSolution,
  serviceLaw: LatencyLaw | null,
): LatencyLaw | null {
  if (prepared.stations[index]?.onlyDemand !== null || serviceLaw === null) return solution.sojournLaw;
  // With different demands sharing is in proportion to each: the mixture of their sojourns has the station's own law.
  if (solution.isShared) return solution.sojournLaw;
  const { servedWaitingLaw, serviceStretch } = solution;
  return servedWaitingLaw === null ? null : sequence([servedWaitingLaw, scaledLaw(serviceLaw, serviceStretch)]);
}

export function routineResults(flows: SettledFlows): readonly RoutineResult[] {
  return flows.evaluation.routines.map((outcome, index) => ({
    visitsPerSecond: flows.traffic.visits[index] ?? 0,
    successRatio: outcome === undefined ? 1 : Math.min(1, answerRatio(outcome)),
    failureRatio: outcome === undefined ? 0 : Math.min(1, failureRatio(outcome)),
    law: outcome === undefined ? null : steadyLaw(outcome),
  }));
}

/** The law of answers, unless some of them stand behind a backlog. */
export function steadyLaw(outcome: Outcome): LatencyLaw | null {
  return outcome.answeredLate + outcome.failedLate + neverEnds(outcome) > ROUNDING ? null : outcome.law;
}

export function limiterResults(prepared: PreparedModel, flows: SettledFlows, load: number): readonly LimiterResult[] {
  return prepared.model.limiters.map((limiter, index) => {
    const asked = flows.traffic.asked[index] ?? 0;
    const passed = asked * (flows.conditions.passed[index] ?? 1);
    return {
      askedPerSecond: asked,
      passedPerSecond: passed,
      rejectedPerSecond: asked - passed,
      offeredUtilization: ((prepared.unclipped.asked[index] ?? 0) * load) / limitPerSecond(limiter),
      exactness: limiterExactness(limiter),
    };
  });
}

export function breakerResults(prepared: PreparedModel, flows: SettledFlows): readonly BreakerResult[] {
  const { conditions, traffic } = flows;
  return flows.breakers.map(({ edge, calls, share: admittedShare, load, cycle }) => {
    let rejected = 0;
    for (const call of calls) {
      const perUse = conditions.attempts[call] ?? 1;
      const uses = perUse > 0 ? (traffic.attempts[call] ?? 0) / perUse : 0;
      rejected += uses * (1 - admittedShare) * ((prepared.model.calls[call]?.retries ?? 0) + 1);
    }
    return {
      edge,
      admittedShare,
      rejectedPerSecond: rejected,
      failureRatio: load.failureRatio,
      meanClosedMs: cycle.meanClosedMs,
      exactness: admittedShare < 1 ? renewalCycle : neverOpen,
    };
  });
}

const renewalCycle = {
  kind: "approximation",
  model: "Renewal cycle of a circuit breaker",
  source: "Smith 1955; Siegert 1951",
  typicalErrorPercent: 8,
} as const;
const neverOpen = {
  kind: "exact",
  model: "Circuit breaker that never opens",
  source: "Definition",
  typicalErrorPercent: null,
} as const;

export function callResults(flows: SettledFlows): readonly CallResult[] {
  return [...flows.traffic.attempts].map((attemptsPerSecond) => ({ attemptsPerSecond }));
}
