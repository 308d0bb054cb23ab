import type { AnalysisModel, Program } from "../model/program.ts";
import type { Conditions } from "./conditions.ts";
import { ProgramFlow } from "./program-flow.ts";
import type { RoutineGraph } from "./routine-graph.ts";
import { callMultiplicities, solveLoop } from "./visits.ts";

/** Flows of a model at one load, per second. */
export interface Traffic {
  /** Visits of each routine. */
  readonly visits: Float64Array;
  /** Attempts over each call. */
  readonly attempts: Float64Array;
  /** Arrivals at each station, rejected ones too. */
  readonly arrivals: Float64Array;
  /** Requests that ask each limiter. */
  readonly asked: Float64Array;
  /** Arrivals by each `work` and `hold`; one object used in several places counts all of them. */
  readonly arrivalsBy: ReadonlyMap<Program, number>;
}

/**
 * The traffic equations (Jackson 1957): entries at the journeys, times the calls that each visit makes, under the given
 * conditions. Routines without loops take one pass in the order of calls; a loop is solved by elimination.
 */
export function solveTraffic(model: AnalysisModel, graph: RoutineGraph, conditions: Conditions, load: number): Traffic {
  const visits = new Float64Array(model.routines.length);
  const attempts = new Float64Array(model.calls.length);
  const arrivals = new Float64Array(model.stations.length);
  const asked = new Float64Array(model.limiters.length);
  const arrivalsBy = new Map<Program, number>();
  for (const journey of model.journeys) {
    visits[journey.routine] = (visits[journey.routine] ?? 0) + journey.ratePerSecond * load;
  }
  let inside: ReadonlySet<number> | null = null;
  const flow = new ProgramFlow(conditions, {
    call: (call, rate) => {
      attempts[call] = (attempts[call] ?? 0) + rate;
      const target = model.calls[call]?.routine ?? -1;
      if (inside === null || !inside.has(target)) visits[target] = (visits[target] ?? 0) + rate;
    },
    arrive: (step, rate) => {
      arrivals[step.station] = (arrivals[step.station] ?? 0) + rate;
      arrivalsBy.set(step, (arrivalsBy.get(step) ?? 0) + rate);
    },
    ask: (limiter, rate) => {
      asked[limiter] = (asked[limiter] ?? 0) + rate;
    },
  });
  for (const members of graph.components) {
    const [first] = members;
    if (first === undefined) continue;
    inside = null;
    if (members.length > 1 || (graph.all[first] ?? []).includes(first)) {
      inside = new Set(members);
      const inflow = members.map((routine) => visits[routine] ?? 0);
      const solved = solveLoop(members, callMultiplicities(model, members, conditions), inflow);
      members.forEach((routine, index) => {
        visits[routine] = solved[index] ?? 0;
      });
    }
    for (const routine of members) {
      const program = model.routines[routine]?.program;
      if (program !== undefined) flow.run(program, visits[routine] ?? 0);
    }
  }
  return { visits, attempts, arrivals, asked, arrivalsBy };
}
