import { callLoops } from "#src/analysis/flow/call-loops.ts";
import { routineGraph } from "#src/analysis/flow/routine-graph.ts";
import { staticConditions } from "#src/analysis/flow/static-conditions.ts";
import { solveTraffic } from "#src/analysis/flow/traffic.ts";
import type { CompiledDesign } from "./compile-design.ts";

/** Reads a second that come to each node at load 1, from the traffic equations alone; by node index. */
export function readRates({ model, resolved, unreachable }: CompiledDesign): readonly number[] {
  const rates = new Array<number>(model.nodeIds.length).fill(0);
  // Calls that go round without end have no traffic; the design is refused for them later.
  if (!callLoops(model).ok) return rates;
  const graph = routineGraph(model);
  const { visits } = solveTraffic(model, graph, staticConditions(model, graph), 1);
  const isRead = model.journeyIds.map((id) => resolved.design.journeys.get(id)?.operation !== "write");
  model.routines.forEach(({ node, journey }, index) => {
    if (isRead[journey] === true && !unreachable.has(index)) rates[node] = (rates[node] ?? 0) + (visits[index] ?? 0);
  });
  return rates;
}
