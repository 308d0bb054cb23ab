import { formatRate } from "#src/base/format.ts";
import type { StationResult } from "../model/solution.ts";
import type { SettledFlows } from "./fixed-point.ts";
import type { PreparedModel } from "./prepare-model.ts";
import { allAttempts, isAmplified } from "./retry-zones.ts";

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
  const { model } = prepared;
  const worst = allAttempts(prepared);
  if (worst === null) return [];
  return stations.flatMap((result, index) => {
    const most = (worst.traffic.arrivals[index] ?? 0) * load;
    if (result.saturated || !isAmplified(prepared, worst, index) || most < result.capacityPerSecond) return [];
    const node = model.nodeIds[model.stations[index]?.node ?? -1] ?? "";
    return [
      `${node} is in the vulnerable zone: with all retries it is offered ${formatRate(most)}, above its capacity of ${formatRate(result.capacityPerSecond)}; a short stall can become lasting overload.`,
    ];
  });
}

function nodeOf(prepared: PreparedModel, routine: number): string {
  return prepared.model.nodeIds[prepared.model.routines[routine]?.node ?? -1] ?? "";
}
