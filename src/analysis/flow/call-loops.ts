import { fail, type Result, succeed } from "#src/base/result.ts";
import type { AnalysisModel } from "../model/program.ts";
import { routineGraph } from "./routine-graph.ts";
import { staticConditions } from "./static-conditions.ts";
import { callMultiplicities, loopGainIsBelowOne, type Multiplicity } from "./visits.ts";

/** Calls that multiply themselves: every visit causes at least one more, so that no rate is small enough. */
export interface UnboundedCallLoop {
  readonly code: "unbounded-call-loop";
  /** Node ids in the order of the calls; the last calls the first. */
  readonly nodeIds: readonly string[];
}

/** A group of routines that call each other, and dampen: each visit causes less than one more. */
export interface CallLoop {
  readonly nodeIds: readonly string[];
}

/**
 * The call loops of a model. A loop is legal when the spectral radius of its call multiplicities is below 1 (the visits
 * v = e(I − M)⁻¹ are finite: Jackson 1957; Bolch et al. 2006 §7); else it is named, along its heaviest calls.
 */
export function callLoops(model: AnalysisModel): Result<readonly CallLoop[], UnboundedCallLoop> {
  const graph = routineGraph(model);
  const conditions = staticConditions(model, graph);
  const loops: CallLoop[] = [];
  for (const members of graph.components) {
    const [first] = members;
    if (first === undefined || (members.length === 1 && !(graph.all[first] ?? []).includes(first))) continue;
    const multiplicities = callMultiplicities(model, members, conditions);
    const nodeIds = heaviestCycle(members, multiplicities)
      .filter((routine) => model.routines[routine]?.edge === null)
      .map((routine) => nodeId(model, routine));
    if (!loopGainIsBelowOne(members, multiplicities)) return fail({ code: "unbounded-call-loop", nodeIds });
    loops.push({ nodeIds });
  }
  return succeed(loops);
}

function nodeId(model: AnalysisModel, routine: number): string {
  return model.nodeIds[model.routines[routine]?.node ?? -1] ?? "";
}

/** Follows from each member its heaviest call inside the component until a member comes again. */
function heaviestCycle(members: readonly number[], multiplicities: readonly Multiplicity[]): readonly number[] {
  const heaviest = new Map<number, Multiplicity>();
  for (const entry of multiplicities) {
    const best = heaviest.get(entry.from);
    if (best === undefined || entry.mean > best.mean) heaviest.set(entry.from, entry);
  }
  const start = Math.min(...members);
  const walked: number[] = [];
  let current: number | undefined = start;
  while (current !== undefined && !walked.includes(current)) {
    walked.push(current);
    current = heaviest.get(current)?.to;
  }
  const cycle = current === undefined ? walked : walked.slice(walked.indexOf(current));
  const first = cycle.indexOf(Math.min(...cycle));
  return [...cycle.slice(first), ...cycle.slice(0, first)];
}
