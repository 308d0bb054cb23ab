import { type Conditions, copyConditions } from "../flow/conditions.ts";
import { callsOf, eachStep } from "../flow/program-walk.ts";
import { routineGraph } from "../flow/routine-graph.ts";
import { solveTraffic, type Traffic } from "../flow/traffic.ts";
import type { AnalysisModel, Station } from "../model/program.ts";
import { groupShares } from "../queueing/share-groups.ts";
import { type ClosedWait, solveClosedWaits, type VisitedStation, type Wait } from "./closed-network.ts";
import { Evaluation } from "./evaluate.ts";
import { type SettledFlows, settleFlows } from "./fixed-point.ts";
import type { Outcome } from "./outcome.ts";
import { poolBounds } from "./pool-bounds.ts";
import type { HoldStep, PreparedModel } from "./prepare-model.ts";

/** The waits at a station of closed users, by journey where journeys meet others than themselves. */
export interface StationWaits extends ClosedWait {
  readonly ofJourney: ReadonlyMap<number, Wait>;
}

/** A model at one load with the rates that its closed users reach there, and how well these are settled. */
export interface ClosedAtLoad {
  readonly prepared: PreparedModel;
  readonly settled: boolean;
}

/** No cycle of a user takes less, so that rates stay finite. */
const SHORTEST_CYCLE_MS = 1e-3;
/** Relative change of the rates at which they count as settled. */
const SETTLED = 1e-9;
const MOST_ROUNDS = 60;
/** Shortest and longest step of a delay towards what was measured, as a part of the way. */
const SHORTEST_STEP = 0.05;
const LONGEST_STEP = 3;

/**
 * Gives closed journeys the rate that their users would reach if nobody ever waited, N/(Z + R₀): the asymptote of light load. Where it
 * meets the capacity of the bottleneck stands the population N* = (D + Z)/D_max, so that closed journeys break at the load that makes N into N*.
 */
export function withUncontendedRates(prepared: PreparedModel): PreparedModel {
  if (prepared.model.journeys.every(({ closed }) => closed === null)) return prepared;
  const empty = new Evaluation(prepared, prepared.unclipped, prepared.conditions, 0).run();
  const rates = prepared.model.journeys.map(({ closed, ratePerSecond, routine }) => {
    if (closed === null) return ratePerSecond;
    const cycleMs = closed.thinkTimeMs + meanTimeOf(empty.routines[routine]);
    return Number.isFinite(cycleMs) ? (closed.users * 1000) / Math.max(cycleMs, SHORTEST_CYCLE_MS) : 0;
  });
  return withRates(prepared, rates);
}

function withRates(prepared: PreparedModel, rates: readonly number[]): PreparedModel {
  const journeys = prepared.model.journeys.map((journey, index) => ({ ...journey, ratePerSecond: rates[index] ?? 0 }));
  const model: AnalysisModel = { ...prepared.model, journeys };
  const unclipped = solveTraffic(model, prepared.graph, prepared.conditions, 1);
  return { ...prepared, model, unclipped, origins: prepared.origins.forgotten() };
}

/** Mean time until the end of a request, however it ends; infinite where some never end. */
export function meanTimeOf(outcome: Outcome | undefined): number {
  if (outcome === undefined) return 0;
  const { answered, failed, law, failureLaw } = outcome;
  if (answered + failed < 1 - 1e-9) return Number.POSITIVE_INFINITY;
  return answered * (law?.meanMs ?? 0) + failed * (failureLaw?.meanMs ?? 0);
}

/**
 * The model at `load` times its users and rates: closed journeys become open ones with the throughput that mean value
 * analysis gives, and the stations where their users wait get the waits of a bounded population (see `solveClosedWaits`).
 * Little's law N = X(Z + R) then holds to 1e-9. What else belongs to a cycle (delays, joins, retries, held servers, finite
 * queues) is taken from the solution and put back until throughputs do not move.
 */
export function closedAtLoad(prepared: PreparedModel, load: number): ClosedAtLoad {
  const { model } = prepared;
  const closed = model.journeys.flatMap((journey, index) => (journey.closed === null ? [] : [index]));
  if (closed.length === 0 || load === 0) return { prepared, settled: true };
  const users = closed.map((journey) => (model.journeys[journey]?.closed?.users ?? 0) * load);
  const bounds = poolBounds(model, closed);
  const openOnly = withRates(
    prepared,
    model.journeys.map((one) => (one.closed === null ? one.ratePerSecond : 0)),
  );
  const empty = new Evaluation(openOnly, openOnly.unclipped, openOnly.conditions, 0).run();
  let cycles = closed.map(() => 0);
  let evaluation = empty;
  let conditions: Conditions = openOnly.conditions;
  let waits: ReadonlyMap<number, StationWaits> = new Map();
  const insideHolds = visitsInsideHolds(openOnly);
  let current = openOnly;
  let delays: readonly number[] = [];
  const steps = closed.map(() => new SecantStep());
  for (let round = 0; ; round++) {
    const visits = closed.map((journey) => visitsOf(prepared, journey, conditions));
    const responses = closed.map((journey) => meanTimeOf(evaluation.routines[model.journeys[journey]?.routine ?? -1]));
    const openTraffic = solveTraffic(openOnly.model, prepared.graph, conditions, load);
    const present = { prepared, evaluation, openTraffic, visits, cycles, bounds, users, waits, insideHolds };
    const stations = visitedStations(present);
    const measured = closed.map((journey, at) => {
      const waiting = stations.reduce(
        (sum, { index }) => sum + (visits[at]?.waited[index] ?? 0) * waitOf(waits, index, journey),
        0,
      );
      return (model.journeys[journey]?.closed?.thinkTimeMs ?? 0) + Math.max(0, (responses[at] ?? 0) - waiting);
    });
    delays = measured.map((delay, at) => steps[at]?.next(delay) ?? delay);
    const answer = solveClosedWaits(
      closed.map((journey, at) => ({
        users: Number.isFinite(delays[at] ?? 0) ? (users[at] ?? 0) : 0,
        delayMs: Math.max(SHORTEST_CYCLE_MS, delays[at] ?? 0),
        visits: stations.map(({ index }) => visits[at]?.waited[index] ?? 0),
        isSequential: prepared.routinesOfJourney[journey]?.every((routine) => isSequential(model, routine)) ?? true,
      })),
      stations,
    );
    const moved = answer.cyclesPerMs.reduce(
      (most, next, at) => Math.max(most, Math.abs(next - (cycles[at] ?? 0)) / Math.max(next, cycles[at] ?? 0, 1e-300)),
      0,
    );
    cycles = [...answer.cyclesPerMs];
    waits = new Map(
      stations.flatMap(({ index }, place) => {
        const wait = answer.waits[place];
        const ofJourney = new Map(
          (wait?.ofClass ?? []).flatMap((own, at): [number, Wait][] => {
            const journey = closed[at];
            return journey === undefined ? [] : [[journey, own]];
          }),
        );
        return wait === undefined ? [] : [[index, { ...wait, ofJourney }] as const];
      }),
    );
    const rates = model.journeys.map((one, index) => {
      const at = closed.indexOf(index);
      return at < 0 ? one.ratePerSecond : ((cycles[at] ?? 0) * 1000) / load;
    });
    current = { ...withRates(prepared, rates), closedWaits: waits };
    if (round > 0 && moved <= SETTLED && steps.every(({ isThere }) => isThere))
      return { prepared: current, settled: answer.settled };
    if (round === MOST_ROUNDS) return { prepared: current, settled: false };
    const flows: SettledFlows = settleFlows(current, load);
    evaluation = flows.evaluation;
    conditions = flows.conditions;
  }
}

/**
 * Moves a value to where what is measured at it is itself, by the secant of the last two gaps: as far as the gap where it
 * does not depend on the value, less where it swings, more where it creeps.
 */
class SecantStep {
  /** Whether the last value was what is measured at it, to 1e-8 of itself. */
  isThere = false;
  private value: number | null = null;
  private last: { readonly value: number; readonly gap: number } | null = null;

  next(measured: number): number {
    const { value, last } = this;
    if (value === null || !Number.isFinite(measured) || !Number.isFinite(value)) {
      this.isThere = value !== null && !Number.isFinite(measured);
      this.last = null;
      this.value = measured;
      return measured;
    }
    const gap = measured - value;
    this.isThere = Math.abs(gap) <= 1e-8 * Math.abs(value);
    const slope = last === null || value === last.value ? -1 : (gap - last.gap) / (value - last.value);
    const part = slope < 0 ? Math.min(LONGEST_STEP, Math.max(SHORTEST_STEP, -1 / slope)) : 1;
    this.last = { value, gap };
    this.value = Math.max(value + part * gap, value / 4);
    return this.value;
  }
}

/** Mean wait of a journey at a station, at present. */
function waitOf(waits: ReadonlyMap<number, StationWaits>, station: number, journey: number): number {
  const found = waits.get(station);
  return (found?.ofJourney.get(journey) ?? found?.all)?.meanWaitMs ?? 0;
}

/** Visits of each station while one server is held by a step: what one run of its body causes and waits for. */
function visitsInsideHolds(prepared: PreparedModel): ReadonlyMap<HoldStep, Float64Array> {
  const { model } = prepared;
  return new Map(
    prepared.stations.flatMap(({ holds }) =>
      holds.map(({ step, routine }) => {
        const node = model.routines[routine]?.node ?? 0;
        const alone: AnalysisModel = {
          ...model,
          routines: [...model.routines, { node, edge: null, journey: 0, outcome: null, program: step.body }],
          journeys: [{ ratePerSecond: 1, closed: null, routine: model.routines.length, latencyTargets: [] }],
        };
        const { arrivals } = solveTraffic(alone, routineGraph(alone), withoutSends(model, prepared.conditions), 1);
        return [step, arrivals] as const;
      }),
    ),
  );
}

/** Conditions under which nothing is sent that nobody waits for. */
function withoutSends(model: AnalysisModel, conditions: Conditions): Conditions {
  const unsent = copyConditions(conditions);
  for (const { program } of model.routines) {
    eachStep(program, (step) => {
      for (const { call, waited } of callsOf(step)) if (!waited) unsent.attempts[call] = 0;
    });
  }
  return unsent;
}

interface Visits {
  /** By station, of one cycle, where the user waits for the answer. */
  readonly waited: Float64Array;
  /** With what is only sent. */
  readonly all: Float64Array;
  readonly waitedBy: Traffic["arrivalsBy"];
}

/** Visits of one cycle of a closed journey. */
export function visitsOf(prepared: PreparedModel, journey: number, conditions: Conditions): Visits {
  const { model, graph } = prepared;
  const alone: AnalysisModel = {
    ...model,
    journeys: model.journeys.map((one, index) => ({ ...one, ratePerSecond: index === journey ? 1 : 0 })),
  };
  const waited = solveTraffic(alone, graph, withoutSends(model, conditions), 1);
  return {
    waited: waited.arrivals,
    all: solveTraffic(alone, graph, conditions, 1).arrivals,
    waitedBy: waited.arrivalsBy,
  };
}

function isSequential(model: AnalysisModel, routine: number): boolean {
  let sequential = true;
  const program = model.routines[routine]?.program;
  if (program === undefined) return true;
  eachStep(program, (step) => {
    if (step.op === "parallel" && step.branches.length > 1) sequential = false;
  });
  return sequential;
}

interface AtPresent {
  readonly prepared: PreparedModel;
  readonly evaluation: Evaluation;
  readonly openTraffic: Traffic;
  readonly visits: readonly Visits[];
  readonly cycles: readonly number[];
  readonly bounds: readonly number[];
  readonly users: readonly number[];
  readonly waits: ReadonlyMap<number, StationWaits>;
  readonly insideHolds: ReadonlyMap<HoldStep, Float64Array>;
}

/** The stations whose waits come from the closed users: those that never refuse and that others leave room at. */
function visitedStations(present: AtPresent): readonly VisitedStation[] {
  const { prepared, evaluation, openTraffic, visits, cycles, bounds, users, waits } = present;
  const total = users.reduce((sum, count) => sum + count, 0);
  const found = prepared.model.stations.flatMap((station, index) => {
    const isVisited = visits.some(({ waited }) => (waited[index] ?? 0) > 0);
    const state = evaluation.stations[index];
    const meanServiceMs = state?.meanServiceMs ?? 0;
    if (!isVisited || state === undefined || !Number.isFinite(meanServiceMs) || meanServiceMs <= 0) return [];
    const mayRefuse = station.queueLimit !== null && total > station.servers + station.queueLimit;
    if (mayRefuse || station.patienceMs !== null) return [];
    const sent = visits.reduce(
      (sum, { waited, all }, at) => sum + (cycles[at] ?? 0) * ((all[index] ?? 0) - (waited[index] ?? 0)),
      0,
    );
    const openPerMs = (openTraffic.arrivals[index] ?? 0) / 1000 + Math.max(0, sent);
    if (openPerMs * meanServiceMs >= station.servers * station.queues * (1 - 1e-9)) return [];
    return [{ index, station, state, openPerMs: openPerMs < 1e-15 ? 0 : openPerMs }];
  });
  return found.map(({ index, station, state, openPerMs }): VisitedStation => {
    const bound = bounds[index] ?? Number.POSITIVE_INFINITY;
    const held = visitsWhileHeld(present, index);
    const waiting = found.reduce(
      (sum, other) => sum + (held?.[other.index] ?? 0) * (waits.get(other.index)?.all.meanWaitMs ?? 0),
      0,
    );
    const isShared = station.discipline !== "first-come" || station.scalability !== null;
    return {
      index,
      lines: linesOf(station),
      serviceMs: Math.max(state.meanServiceMs - waiting, 1e-6 * state.meanServiceMs),
      inside: held === null ? null : found.map((other) => held[other.index] ?? 0),
      serviceScv: prepared.stations[index]?.onlyDemand?.variability === 1 ? 1 : state.serviceScv,
      openPerMs,
      mostUsers: bound < total ? bound : null,
      isRough: held !== null || bound < total || isPooled(station) || isShared,
    };
  });
}

/** Visits at other stations while one server of this one is kept, over all that keep it; null when none are kept. */
function visitsWhileHeld({ prepared, visits, cycles, insideHolds }: AtPresent, index: number): Float64Array | null {
  const holds = prepared.stations[index]?.holds ?? [];
  if (holds.length === 0) return null;
  const sum = new Float64Array(prepared.model.stations.length);
  let all = 0;
  for (const { step } of holds) {
    const rate = visits.reduce(
      (total, { waitedBy }, at) => total + Math.max(cycles[at] ?? 0, 1e-12) * (waitedBy.get(step) ?? 0),
      0,
    );
    all += rate;
    insideHolds.get(step)?.forEach((count, other) => {
      sum[other] = (sum[other] ?? 0) + rate * count;
    });
  }
  return all > 0 ? sum.map((count) => count / all) : sum;
}

function isPooled({ queues, dispatch }: Station): boolean {
  return queues > 1 && (dispatch === "least-connections" || dispatch === "round-robin" || dispatch === "power-of-two");
}

/** Requests that choose the shorter line are taken to share one; in turn, by hash and at random each line is by itself. */
export function linesOf(station: Station): VisitedStation["lines"] {
  const { servers, queues, dispatch } = station;
  if (queues === 1 || dispatch === "shared-queue" || dispatch === "least-connections" || dispatch === "power-of-two") {
    return [{ share: 1, count: 1, servers: servers * queues }];
  }
  const shares = dispatch === "round-robin" ? [] : (station.shares ?? []);
  return groupShares(shares, queues).flatMap(({ share, count }) => (share > 0 ? [{ share, count, servers }] : []));
}
