import { formatRate } from "#src/base/format.ts";
import { callsOf, eachStep } from "../flow/program-walk.ts";
import type { StationResult } from "../model/solution.ts";
import type { SettledFlows } from "./fixed-point.ts";
import type { PreparedModel } from "./prepare-model.ts";

/** What a reader of the figures must know: fixed points that did not settle, and states that may not last. */
export function warningsOf(
  prepared: PreparedModel,
  flows: SettledFlows,
  stations: readonly StationResult[],
  load: number,
): readonly string[] {
  return [...unsettled(prepared, flows), ...vulnerable(prepared, stations, load)];
}

function unsettled(prepared: PreparedModel, flows: SettledFlows): readonly string[] {
  const warnings: string[] = [];
  if (!flows.settled) {
    warnings.push(
      `Flows and failures did not settle after ${flows.rounds} rounds; shares still move by ${flows.residual.toExponential(1)}.`,
    );
  }
  for (const routines of flows.evaluation.unsettled) {
    const nodes = new Set(routines.map((routine) => nodeOf(prepared, routine)));
    warnings.push(`The times of ${[...nodes].join(", ")} depend on each other and did not settle.`);
  }
  for (const { edge, end } of flows.breakers) {
    const name = prepared.model.edgeIds[edge] ?? "";
    if (end === "unsettled") warnings.push(`What the circuit breaker of ${name} lets through did not settle.`);
    if (end === "jump") {
      warnings.push(
        `The circuit breaker of ${name} stands between two states: with what it lets through here little fails, with slightly more nearly all. It will go back and forth.`,
      );
    }
  }
  for (const station of flows.atEdge) {
    const node = prepared.model.nodeIds[prepared.model.stations[station]?.node ?? -1] ?? "";
    warnings.push(
      `${node} keeps servers while it waits for others that wait for it: above the flow shown it can lock up.`,
    );
  }
  return warnings;
}

/**
 * Stations that are stable now, but would be offered more than their capacity if every call used all its attempts: a short
 * stall can then become lasting overload (Bronson et al. 2021, HotOS, "Metastable failures in distributed systems").
 */
function vulnerable(prepared: PreparedModel, stations: readonly StationResult[], load: number): readonly string[] {
  const { model, unclipped } = prepared;
  if (!model.calls.some(({ retries, timeoutMs }) => retries > 0 && timeoutMs !== null)) return [];
  // What the routines of each station could be offered beyond the unclipped flows.
  const extra = new Float64Array(model.routines.length);
  model.calls.forEach(({ routine, retries, timeoutMs }, call) => {
    if (retries === 0 || timeoutMs === null) return;
    const uses = (unclipped.attempts[call] ?? 0) / (prepared.conditions.attempts[call] ?? 1);
    extra[routine] = (extra[routine] ?? 0) + uses * load * retries;
  });
  for (const members of prepared.graph.components) {
    for (const routine of members) amplify(prepared, routine, extra);
  }
  const worst = new Float64Array(model.stations.length);
  for (const [step, rate] of unclipped.arrivalsBy) {
    if (step.op === "work" || step.op === "hold") worst[step.station] = (worst[step.station] ?? 0) + rate * load;
  }
  model.routines.forEach((routine, index) => {
    const visits = (unclipped.visits[index] ?? 0) * load;
    if ((extra[index] ?? 0) === 0 || visits === 0) return;
    eachStep(routine.program, (step) => {
      if (step.op !== "work" && step.op !== "hold") return;
      const perVisit = ((unclipped.arrivalsBy.get(step) ?? 0) * load) / visits;
      worst[step.station] = (worst[step.station] ?? 0) + (extra[index] ?? 0) * perVisit;
    });
  });
  return stations.flatMap((result, index) => {
    const most = worst[index] ?? 0;
    const atPresent = (unclipped.arrivals[index] ?? 0) * load;
    if (result.saturated || most <= atPresent * (1 + 1e-9) || most < result.capacityPerSecond) return [];
    const node = model.nodeIds[model.stations[index]?.node ?? -1] ?? "";
    return [
      `${node} is in the vulnerable zone: with all retries it is offered ${formatRate(most)}, above its capacity of ${formatRate(result.capacityPerSecond)}; a short stall can become lasting overload.`,
    ];
  });
}

/** Hands on the extra visits of a routine to the routines that it calls, in proportion to its unclipped calls. */
function amplify(prepared: PreparedModel, routine: number, extra: Float64Array): void {
  const { model, unclipped } = prepared;
  const more = extra[routine] ?? 0;
  const visits = unclipped.visits[routine] ?? 0;
  const program = model.routines[routine]?.program;
  if (more === 0 || visits === 0 || program === undefined) return;
  const seen = new Set<number>();
  eachStep(program, (step) => {
    for (const { call } of callsOf(step)) {
      const site = model.calls[call];
      if (site === undefined || seen.has(call)) continue;
      seen.add(call);
      const perVisit = (unclipped.attempts[call] ?? 0) / visits;
      const attempts = site.timeoutMs === null ? 1 : site.retries + 1;
      extra[site.routine] = (extra[site.routine] ?? 0) + more * perVisit * attempts;
    }
  });
}

function nodeOf(prepared: PreparedModel, routine: number): string {
  return prepared.model.nodeIds[prepared.model.routines[routine]?.node ?? -1] ?? "";
}
