import type { FlowVariability, RotatedFlow } from "../flow/flow-variability.ts";
import type { Traffic } from "../flow/traffic.ts";
import { constantLaw } from "../latency/constant-law.ts";
import { sequence } from "../latency/sequence.ts";
import { solveBatchStation } from "../messaging/batch-station.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import { type StationSolution, solveStation } from "../queueing/station.ts";
import { stationInUse } from "../sizing/autoscaling.ts";
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
  readonly rejectedShare: number;
  /** The time a visit keeps a server, over all that visit it; null when endless. */
  readonly serviceLaw: LatencyLaw | null;
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
      rejectedShare: declared.queueLimit === null ? 0 : 1,
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
  };
  const solved = station.batch === undefined ? solveStation(load) : solveBatchStation(load, station.batch);
  const solution = flows.variability.isShaped(index) ? withShapedArrivals(solved) : solved;
  return {
    arrivalsPerSecond: arrivals,
    servers,
    meanServiceMs,
    serviceScv: variability * variability,
    solution,
    completedShare: arrivals > 0 ? Math.min(1, solution.completedPerSecond / arrivals) : 1,
    rejectedShare: arrivals > 0 ? solution.rejectedFraction : 0,
    serviceLaw: blend(parts),
  };
}

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
      failureLaw: failed > 0 ? atOnce : null,
      failedLate: 0,
    };
  }
  const accepted = 1 - rejectedShare;
  const whole = law === null ? solution.sojournLaw : sequence([solution.waitingLaw, law]);
  return {
    answered: accepted,
    law: accepted > 0 ? whole : null,
    answeredLate: 0,
    failed: rejectedShare,
    failureLaw: rejectedShare > 0 ? atOnce : null,
    failedLate: 0,
  };
}

const atOnce: LatencyLaw = constantLaw(0);
