import type { Solution } from "../model/solution.ts";
import { closedAtLoad } from "./closed-journeys.ts";
import { settleFlows } from "./fixed-point.ts";
import { journeyResults } from "./journey-results.ts";
import type { PreparedModel } from "./prepare-model.ts";
import { breakerResults, callResults, limiterResults, routineResults, stationResults } from "./results.ts";
import { warningsOf } from "./warnings.ts";

export interface SolveOptions {
  /** Work out breakdown and paths of the journeys as well. Default true. */
  readonly details?: boolean;
}

/**
 * Solves a model at `load` times its declared rates, load 0 or more: an open network by decomposition. Traffic equations
 * give the arrivals, each station is solved by itself, and latency laws are composed as independent. Throws a RangeError
 * for a load that is not a finite number from 0.
 */
export function solveModel(ready: PreparedModel, load: number, options: SolveOptions = {}): Solution {
  if (!(load >= 0 && load < Number.POSITIVE_INFINITY)) throw new RangeError(`solveModel: load ${load}`);
  const { prepared, settled } = closedAtLoad(ready, load);
  const flows = settleFlows(prepared, load);
  const stations = stationResults(prepared, flows, load);
  return {
    load,
    stations,
    limiters: limiterResults(prepared, flows, load),
    breakers: breakerResults(prepared, flows),
    routines: routineResults(flows),
    calls: callResults(flows),
    journeys: journeyResults(prepared, flows, stations, load, options.details ?? true),
    warnings: [...(settled ? [] : [UNSETTLED_USERS]), ...warningsOf(prepared, flows, stations, load)],
  };
}

const UNSETTLED_USERS = "The throughput of journeys with a fixed number of users did not settle; it still moves.";
