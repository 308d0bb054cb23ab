import { type Result, succeed } from "#src/base/result.ts";
import { type RoundRobinStream, roundRobinStreams } from "../flow/arrival-variability.ts";
import { callLoops, type UnboundedCallLoop } from "../flow/call-loops.ts";
import type { Conditions } from "../flow/conditions.ts";
import { callsOf, eachStep, partsOf } from "../flow/program-walk.ts";
import { type RoutineGraph, routineGraph } from "../flow/routine-graph.ts";
import { staticConditions } from "../flow/static-conditions.ts";
import { RememberedOrigins, streamOrigins } from "../flow/stream-origins.ts";
import { strongComponents } from "../flow/strong-components.ts";
import { solveTraffic, type Traffic } from "../flow/traffic.ts";
import { serviceTimeLaw } from "../latency/service-time-law.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import type { AnalysisModel, Program, TimeLaw } from "../model/program.ts";
import { type StationWaits, withUncontendedRates } from "./closed-journeys.ts";
import { queuesBehindPools } from "./queue-behind-pool.ts";

export type HoldStep = Program & { readonly op: "hold" };
export type WorkStep = Program & { readonly op: "work" };

/** What one station serves, whatever the load. */
export interface StationUse {
  readonly works: readonly WorkStep[];
  /** Each with the routine that it stands in (any of them, when a program object is shared). */
  readonly holds: readonly { readonly step: HoldStep; readonly routine: number }[];
  /** The one law of all its demands, or null when they differ or a hold is among them. */
  readonly onlyDemand: TimeLaw | null;
  readonly roundRobin: readonly RoundRobinStream[];
}

/** Routines and held stations that need each other's results, solved together. */
export interface SolveStep {
  readonly routines: readonly number[];
  readonly heldStations: readonly number[];
  /** Other stations where the members wait. */
  readonly plainStations: readonly number[];
  /** Indices of the steps whose results this one needs. */
  readonly needs: readonly number[];
  /** True when the members need each other, so that they are solved by relaxation. */
  readonly mutual: boolean;
}

/** A model made ready: everything that does not change with the load. */
export interface PreparedModel {
  readonly model: AnalysisModel;
  readonly graph: RoutineGraph;
  /** What fails at any load. */
  readonly conditions: Conditions;
  /** Unclipped flows at load 1; they are proportional to the load. */
  readonly unclipped: Traffic;
  readonly stations: readonly StationUse[];
  /** Indices of the stations that no hold keeps across a body. */
  readonly plainStations: readonly number[];
  /** Callees before callers. */
  readonly steps: readonly SolveStep[];
  /** Number of the loop of waited-for calls that a routine is in; −1 for none. */
  readonly loopOf: Int32Array;
  /** Index in `graph.components` of each routine. */
  readonly componentOf: Int32Array;
  /** Routines of each journey, callers before callees. */
  readonly routinesOfJourney: readonly (readonly number[])[];
  /** Whether some station leaves a flow other than it gets: one with service that is not exponential. */
  readonly shapesFlows: boolean;
  readonly origins: RememberedOrigins;
  /** Waits of stations that closed users visit, at the load for which their rates were worked out. */
  readonly closedWaits: ReadonlyMap<number, StationWaits>;
  /** The queue behind each pool of connections that has one; see `queuesBehindPools`. */
  readonly queueBehind: ReadonlyMap<number, number>;
  /** The law of a time, made once. */
  lawOf(time: TimeLaw): LatencyLaw;
}

/** Prepares a model, or names the call loop in which every visit causes at least one more. */
export function prepareModel(model: AnalysisModel): Result<PreparedModel, UnboundedCallLoop> {
  const loops = callLoops(model);
  if (!loops.ok) return loops;
  const graph = routineGraph(model);
  const conditions = staticConditions(model, graph);
  const stations = stationUses(model);
  const held = stations.map((use) => use.holds.length > 0);
  const routinesOfJourney: number[][] = model.journeys.map(() => []);
  const componentOf = new Int32Array(model.routines.length);
  for (const [component, members] of graph.components.entries()) {
    for (const routine of members) componentOf[routine] = component;
    for (const routine of members) routinesOfJourney[model.routines[routine]?.journey ?? -1]?.push(routine);
  }
  const ready: PreparedModel = {
    model,
    graph,
    conditions,
    unclipped: solveTraffic(model, graph, conditions, 1),
    stations,
    plainStations: model.stations.flatMap((_, index) => (held[index] === true ? [] : [index])),
    steps: solveSteps(model, graph, held),
    loopOf: waitedLoops(graph),
    componentOf,
    routinesOfJourney,
    shapesFlows: stations.some(({ works, holds, onlyDemand }) => {
      return works.length > 0 && holds.length === 0 && onlyDemand?.variability !== 1;
    }),
    origins: originsOf(model, graph, stations),
    closedWaits: new Map(),
    queueBehind: queuesBehindPools(model),
    lawOf: rememberedLaws(),
  };
  return succeed(withUncontendedRates(ready));
}

function originsOf(model: AnalysisModel, graph: RoutineGraph, stations: readonly StationUse[]): RememberedOrigins {
  const rotated = new Set(stations.flatMap(({ roundRobin }) => roundRobin.flatMap(({ calls }) => calls)));
  return new RememberedOrigins((conditions, traffic) => streamOrigins(model, graph, conditions, traffic, rotated));
}

function rememberedLaws(): (time: TimeLaw) => LatencyLaw {
  const laws = new Map<string, LatencyLaw>();
  return ({ meanMs, variability }) => {
    const key = `${meanMs}|${variability}`;
    const earlier = laws.get(key);
    if (earlier !== undefined) return earlier;
    const law = serviceTimeLaw(meanMs, variability);
    laws.set(key, law);
    return law;
  };
}

function stationUses(model: AnalysisModel): readonly StationUse[] {
  const works: WorkStep[][] = model.stations.map(() => []);
  const holds: { step: HoldStep; routine: number }[][] = model.stations.map(() => []);
  const seen = new Set<Program>();
  model.routines.forEach((routine, index) => {
    eachStep(routine.program, (step) => {
      if ((step.op !== "work" && step.op !== "hold") || seen.has(step)) return;
      seen.add(step);
      if (model.stations[step.station] === undefined) throw new Error(`Station ${step.station} is not in the model`);
      if (step.op === "work") works[step.station]?.push(step);
      else holds[step.station]?.push({ step, routine: index });
    });
  });
  const streams = roundRobinStreams(model);
  return model.stations.map((_, index) => {
    const own = works[index] ?? [];
    const [first] = own;
    const alike =
      first !== undefined &&
      (holds[index] ?? []).length === 0 &&
      own.every(
        ({ demand }) => demand.meanMs === first.demand.meanMs && demand.variability === first.demand.variability,
      );
    return {
      works: own,
      holds: holds[index] ?? [],
      onlyDemand: alike ? first.demand : null,
      roundRobin: streams.get(index) ?? [],
    };
  });
}

/**
 * Who needs whose results: a routine needs the routines that it waits for and the stations where it waits; a held station
 * needs what stands in the bodies that hold it.
 */
function solveSteps(model: AnalysisModel, graph: RoutineGraph, held: readonly boolean[]): readonly SolveStep[] {
  const first = model.routines.length;
  const needs: Set<number>[] = [...model.routines, ...model.stations].map(() => new Set<number>());
  const collect = (program: Program, into: readonly Set<number>[]): void => {
    let inside = into;
    if (program.op === "work" || program.op === "hold") {
      for (const set of into) set.add(first + program.station);
      const station = needs[first + program.station];
      if (program.op === "hold" && station !== undefined) inside = [...into, station];
    }
    for (const { call, waited } of callsOf(program)) {
      const target = model.calls[call]?.routine;
      if (waited && target !== undefined) for (const set of into) set.add(target);
    }
    for (const part of partsOf(program)) collect(part, inside);
  };
  model.routines.forEach((routine, index) => {
    const own = needs[index];
    if (own !== undefined) collect(routine.program, [own]);
  });
  const position = new Int32Array(model.routines.length);
  let place = 0;
  for (const members of graph.components) {
    for (const routine of members) position[routine] = place++;
  }
  const isPlain = (vertex: number): boolean => vertex >= first && held[vertex - first] !== true;
  const successors = needs.map((set) => [...set]);
  const stepOf = new Int32Array(successors.length).fill(-1);
  const steps: SolveStep[] = [];
  for (const members of strongComponents(successors)) {
    const [only] = members;
    if (only === undefined || (members.length === 1 && isPlain(only))) continue;
    for (const member of members) stepOf[member] = steps.length;
    const routines = members.filter((member) => member < first);
    // Within a relaxation callees come first as well, so that one sweep carries as far as it can.
    routines.sort((a, b) => (position[b] ?? 0) - (position[a] ?? 0));
    const needed = new Set(members.flatMap((member) => successors[member] ?? []));
    steps.push({
      routines,
      heldStations: members.flatMap((member) => (member >= first ? [member - first] : [])),
      plainStations: [...needed].flatMap((vertex) => (isPlain(vertex) ? [vertex - first] : [])),
      needs: [...new Set([...needed].map((vertex) => stepOf[vertex] ?? -1))].filter(
        (step) => step >= 0 && step < steps.length,
      ),
      mutual: members.length > 1 || (successors[only] ?? []).includes(only),
    });
  }
  return steps;
}

function waitedLoops(graph: RoutineGraph): Int32Array {
  const loopOf = new Int32Array(graph.waited.length).fill(-1);
  strongComponents(graph.waited).forEach((members, loop) => {
    const [only] = members;
    if (only === undefined || (members.length === 1 && !(graph.waited[only] ?? []).includes(only))) return;
    for (const routine of members) loopOf[routine] = loop;
  });
  return loopOf;
}
