import { Recent } from "#src/base/recent.ts";
import type { FlowVariability, RotatedFlow } from "../flow/flow-variability.ts";
import type { Traffic } from "../flow/traffic.ts";
import { constantLaw } from "../latency/constant-law.ts";
import { exponentialLaw } from "../latency/exponential-law.ts";
import { scaledLaw } from "../latency/scaled-law.ts";
import { sequence } from "../latency/sequence.ts";
import { serviceTimeLaw } from "../latency/service-time-law.ts";
import { solveBatchStation } from "../messaging/batch-station.ts";
import type { Exactness } from "../model/exactness.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import { type StationLoad, type StationSolution, solveStation } from "../queueing/station.ts";
import { stationInUse } from "../sizing/autoscaling.ts";
import type { Wait } from "./closed-network.ts";
import { blend, type Outcome, type WeightedLaw } from "./outcome.ts";
import type { PreparedModel } from "./prepare-model.ts";

/** A station at given flows. */
export interface StationState {
  readonly arrivalsPerSecond: number;
  /** All that are in use: of a station that scales, those of the instances it needs. */
  readonly servers: number;
  /** Mean time that a visit keeps a server; infinite while a body that holds it stands behind a backlog. */
  readonly meanServiceMs: number;
  readonly serviceScv: number;
  /** Null when the servers are held endlessly. */
  readonly solution: StationSolution | null;
  readonly completedShare: number;
  /** Share of the arrivals that is not served: rejected, or gave up waiting. */
  readonly rejectedShare: number;
  /** How long those stay who are not served. */
  readonly failureLaw: LatencyLaw;
  /** The time a visit keeps a server, over all that visit it; null when endless. */
  readonly serviceLaw: LatencyLaw | null;
  /** Beside closed users: what each of their journeys meets, and what all others do. Left out where all meet the same. */
  readonly ofJourney?: ReadonlyMap<number, StationState>;
  readonly ofOthers?: StationState;
}

/** A part of what a station serves: how often, and for how long. */
export interface Demand {
  readonly ratePerSecond: number;
  readonly law: LatencyLaw | null;
}

/** Solves a station for its demands at `factor` times the flows: one waiting line for all, each visit with its own service (a mixture of demands). */
export function stationState(
  prepared: PreparedModel,
  traffic: Traffic,
  factor: number,
  index: number,
  demands: readonly Demand[],
  flows: { readonly variability: FlowVariability; readonly rotated: readonly RotatedFlow[] },
): StationState {
  const declared = prepared.model.stations[index];
  const use = prepared.stations[index];
  if (declared === undefined || use === undefined) throw new Error(`Station ${index} is not in the model`);
  const arrivals = factor * (traffic.arrivals[index] ?? 0);
  const parts: WeightedLaw[] = demands.map(({ ratePerSecond, law }) => ({
    weight: arrivals > 0 ? ratePerSecond : 1,
    law,
  }));
  let total = 0;
  let first = 0;
  let second = 0;
  let endless = false;
  for (const { weight, law } of parts) {
    if (weight <= 0) continue;
    if (law === null) {
      endless = true;
      continue;
    }
    total += weight;
    first += weight * law.meanMs;
    second += weight * (law.varianceMs2 + law.meanMs * law.meanMs);
  }
  if (endless) {
    return {
      arrivalsPerSecond: arrivals,
      servers: declared.servers * declared.queues,
      meanServiceMs: Number.POSITIVE_INFINITY,
      serviceScv: 1,
      solution: null,
      completedShare: 0,
      rejectedShare: declared.queueLimit === null && declared.patienceMs === null ? 0 : 1,
      failureLaw: declared.patienceMs === null ? atOnce : exponentialLaw(declared.patienceMs),
      serviceLaw: null,
    };
  }
  const meanServiceMs = total > 0 ? first / total : declared.nominalServiceMs;
  const scv = meanServiceMs > 0 && total > 0 ? second / total / (meanServiceMs * meanServiceMs) - 1 : 0;
  const only = use.onlyDemand;
  const variability = only === null ? Math.sqrt(Math.max(0, scv)) : only.variability;
  const station = stationInUse(declared, (arrivals * meanServiceMs) / 1000);
  const servers = station.servers * station.queues;
  const utilization = (arrivals * meanServiceMs) / 1000 / servers;
  const arrivalScv = flows.variability.arrivalScv(index, utilization, flows.rotated);
  const load = {
    arrivalRatePerSecond: arrivals,
    serviceTimeMs: meanServiceMs,
    serviceVariability: variability,
    arrivalScv,
    servers: station.servers,
    queues: station.queues,
    dispatch: station.dispatch,
    ...(station.shares === null ? {} : { shares: station.shares }),
    queueLimit: station.queueLimit,
    discipline: station.discipline,
    patienceMs: station.patienceMs,
    scalability: station.scalability,
  };
  const { batch } = station;
  const solved = solvedLately.recall(JSON.stringify([load, batch]), () =>
    batch === undefined ? solveStation(load) : solveBatchStation(load, batch),
  );
  const closed = prepared.closedWaits.get(index);
  const shaped = flows.variability.isShaped(index) ? withShapedArrivals(solved) : solved;
  const exactness = closed?.exactness ?? shaped.exactness;
  const solution = closed === undefined ? shaped : withClosedWait(shaped, closed.all, load, exactness);
  const state: StationState = {
    arrivalsPerSecond: arrivals,
    servers,
    meanServiceMs,
    serviceScv: variability * variability,
    solution,
    completedShare: arrivals > 0 ? Math.min(1, solution.completedPerSecond / arrivals) : 1,
    rejectedShare: arrivals > 0 ? Math.min(1, solution.rejectedFraction + solution.abandonedFraction) : 0,
    failureLaw: failureLawOf(solution),
    serviceLaw: blend(parts),
  };
  if (closed === undefined || closed.ofJourney.size === 0) return state;
  const met = (wait: Wait): StationState => ({ ...state, solution: withClosedWait(shaped, wait, load, exactness) });
  return {
    ...state,
    ofJourney: new Map([...closed.ofJourney].map(([journey, wait]) => [journey, met(wait)])),
    ...(closed.open === null ? {} : { ofOthers: met(closed.open) }),
  };
}

/** The station as requests of a journey meet it: users of a closed one never find themselves. */
export function stateFor(state: StationState | undefined, journey: number): StationState | undefined {
  return state?.ofJourney === undefined ? state : (state.ofJourney.get(journey) ?? state.ofOthers ?? state);
}

/** A bounded population fills no station: whoever waits does not come again. */
function withClosedWait(
  solution: StationSolution,
  { meanWaitMs, waitProbability, waitingLaw }: Wait,
  { arrivalRatePerSecond, serviceTimeMs, serviceVariability, servers, queues }: StationLoad,
  exactness: Exactness,
): StationSolution {
  const busy = (arrivalRatePerSecond * serviceTimeMs) / 1000 / (servers * queues);
  return {
    ...solution,
    offeredUtilization: busy,
    utilization: Math.min(1, busy),
    saturated: false,
    waitProbability,
    rejectedFraction: 0,
    abandonedFraction: 0,
    acceptedPerSecond: arrivalRatePerSecond,
    completedPerSecond: arrivalRatePerSecond,
    backlogGrowthPerSecond: 0,
    meanWaitMs,
    meanQueueLength: (arrivalRatePerSecond * meanWaitMs) / 1000,
    waitingLaw,
    sojournLaw: sequence([waitingLaw, serviceTimeLaw(serviceTimeMs, serviceVariability)]),
    servedWaitingLaw: waitingLaw,
    abandonedLaw: null,
    serviceStretch: 1,
    isShared: false,
    exactness,
  };
}

/** A station under an unchanged load keeps its laws, and with them all that was worked out for them. */
const solvedLately = new Recent<StationSolution>(2048);

/** Behind other stations the arrivals are known by two moments, or taken as Poisson: single waits are up to 35 % off. */
function withShapedArrivals(solution: StationSolution): StationSolution {
  const { model, source, typicalErrorPercent } = solution.exactness;
  return {
    ...solution,
    exactness: {
      kind: "approximation",
      model: `${model}, arrivals by the queueing network analyzer`,
      source: `${source}; Whitt 1983`,
      typicalErrorPercent: Math.max(SHAPED_ERROR_PERCENT, typicalErrorPercent ?? 0),
    },
  };
}

const SHAPED_ERROR_PERCENT = 12;

/**
 * How a visit that waits here and is then served for `law` ends; null stands for the station's own one demand. `admitted`
 * is the share that goes on at present, which counts while a station with held servers has no steady state.
 */
export function visitOutcome(state: StationState, admitted: number, law: LatencyLaw | null): Outcome {
  const { solution, rejectedShare } = state;
  if (solution === null || solution.saturated || solution.waitingLaw === null) {
    const failed = Math.min(rejectedShare, 1 - admitted);
    return {
      answered: 0,
      law: null,
      answeredLate: admitted,
      failed,
      failureLaw: failed > 0 ? state.failureLaw : null,
      failedLate: 0,
    };
  }
  const accepted = 1 - rejectedShare;
  const whole = law === null ? solution.sojournLaw : sojournOf(state, solution, law);
  return {
    answered: accepted,
    law: accepted > 0 ? whole : null,
    answeredLate: 0,
    failed: rejectedShare,
    failureLaw: rejectedShare > 0 ? state.failureLaw : null,
    failedLate: 0,
  };
}

/** Waiting and service of a visit that asks for `law`: with processor sharing it waits in proportion to what it asks for. */
function sojournOf(state: StationState, solution: StationSolution, law: LatencyLaw): LatencyLaw | null {
  const { servedWaitingLaw, isShared, serviceStretch } = solution;
  if (servedWaitingLaw === null) return null;
  const part = isShared && state.meanServiceMs > 0 ? law.meanMs / state.meanServiceMs : 1;
  return sequence([scaledLaw(servedWaitingLaw, part), scaledLaw(law, serviceStretch)]);
}

/** Mean wait of a served visit that asks for a mean of `meanMs`; null without a steady state. */
export function servedWaitMs(state: StationState, meanMs: number): number | null {
  const { solution, meanServiceMs } = state;
  if (solution === null || solution.servedWaitingLaw === null || solution.meanWaitMs === null) return null;
  const waitMs = solution.abandonedFraction > 0 ? solution.servedWaitingLaw.meanMs : solution.meanWaitMs;
  return solution.isShared && meanServiceMs > 0 ? (waitMs * meanMs) / meanServiceMs : waitMs;
}

/** Rejected requests fail at once, those who give up after their wait. */
function failureLawOf({ rejectedFraction, abandonedFraction, abandonedLaw }: StationSolution): LatencyLaw {
  return (
    blend([
      { weight: rejectedFraction, law: atOnce },
      { weight: abandonedFraction, law: abandonedLaw },
    ]) ?? atOnce
  );
}

const atOnce: LatencyLaw = constantLaw(0);
