import type { ReliabilityStatement } from "#library/contract/kind.ts";
import { calleesFirst } from "#src/analysis/flow/callees-first.ts";
import { eachStep } from "#src/analysis/flow/program-walk.ts";
import type { AnalysisModel, Program } from "#src/analysis/model/program.ts";
import type { FailureComponent, StructureFunction } from "#src/analysis/model/reliability.ts";
import { containersOf, type ResolvedDesign } from "./resolved-design.ts";

/** Steady-state availability of one unit: MTBF / (MTBF + MTTR). */
function unitAvailability(statement: ReliabilityStatement): number {
  const mttrHours = statement.mttrMinutes / 60;
  return statement.mtbfHours / (statement.mtbfHours + mttrHours);
}

/** Probability that at least `needed` of `units` independent units are up (binomial tail). */
function atLeastUnits(unit: number, units: number, needed: number): number {
  if (needed <= 0) return 1;
  if (needed > units) return 0;
  if (needed === 1) return 1 - (1 - unit) ** units;
  let term = unit ** units;
  let sum = term;
  for (let down = 1; down <= units - needed; down++) {
    term *= ((units - down + 1) / down) * ((1 - unit) / unit);
    sum += term;
  }
  return Math.min(1, sum);
}

/**
 * One failure component a node (its units together) and one a container; a container's failure takes all inside down. What a
 * scenario has taken down is never up.
 */
export function failureComponents(
  resolved: ResolvedDesign,
  down: ReadonlySet<string> = new Set(),
): readonly FailureComponent[] {
  return resolved.nodes.map(({ node, kind, rawSettings }) => {
    if (down.has(node.id)) return { id: node.id, availability: 0 };
    const statement = kind.reliability(rawSettings);
    return {
      id: node.id,
      availability: atLeastUnits(unitAvailability(statement), statement.units, statement.unitsNeeded),
    };
  });
}

/** A node answers when its own units and every container around it are up. */
function nodeStructure(resolved: ResolvedDesign, nodeIndex: number): StructureFunction {
  const own = resolved.nodes[nodeIndex];
  if (own === undefined) throw new Error(`No node ${nodeIndex}`);
  const components = [own.index];
  for (const container of containersOf(resolved.design.nodes, own.node)) {
    const index = resolved.nodeById.get(container.id)?.index;
    if (index !== undefined) components.push(index);
  }
  return { op: "all", of: components.map((component) => ({ op: "component", component })) };
}

/**
 * When a journey can be answered: every part that it waits for must be up, whichever branch a request takes; of a router's
 * targets one is enough; a fallback stands in for its attempt; a cache that its caller asks aside may be lost as long as the
 * store behind it answers; what is only sent to is not needed. A call loop adds nothing new the second time round.
 */
export function journeyStructure(resolved: ResolvedDesign, model: AnalysisModel, routine: number): StructureFunction {
  const known = new Map<number, StructureFunction>();
  const ofCall = (call: number): StructureFunction => {
    const site = model.calls[call];
    if (site === undefined) throw new Error(`No call ${call}`);
    // What is not known yet is being worked out: a call loop has come round.
    return known.get(site.routine) ?? always;
  };
  const ofProgram = (program: Program): StructureFunction => {
    switch (program.op) {
      case "work":
      case "delay":
      case "send":
      case "limit":
        return always;
      case "reject":
        return program.probability < 1 ? always : never;
      case "call":
        return ofCall(program.call);
      case "hold":
        return ofProgram(program.body);
      case "repeat":
        return ofProgram(program.step);
      case "sequence":
        return { op: "all", of: program.steps.map(ofProgram) };
      case "parallel": {
        const branches = program.branches.map(ofProgram);
        return program.needed === null
          ? { op: "all", of: branches }
          : { op: "at-least", needed: program.needed, of: branches };
      }
      case "choice":
        return {
          op: "all",
          of: program.options.filter((option) => option.probability > 0).map((option) => ofProgram(option.step)),
        };
      case "route":
        return {
          op: "any",
          of: program.options.filter((option) => option.share > 0).map((option) => ofProgram(option.step)),
        };
      case "fallback":
        return { op: "any", of: [ofProgram(program.attempt), ofProgram(program.otherwise)] };
      case "lookup": {
        const cache = ofCall(program.callOnMiss);
        const behind = ofProgram(program.miss);
        return callsSomething(program.miss)
          ? { op: "all", of: [ofProgram(program.hit), behind] }
          : { op: "all", of: [cache, behind] };
      }
    }
  };
  for (const index of calleesFirst(model, routine)) {
    const visited = model.routines[index];
    if (visited === undefined) throw new Error(`No routine ${index}`);
    known.set(index, { op: "all", of: [nodeStructure(resolved, visited.node), ofProgram(visited.program)] });
  }
  return known.get(routine) ?? always;
}

const always: StructureFunction = { op: "all", of: [] };
const never: StructureFunction = { op: "any", of: [] };

function callsSomething(program: Program): boolean {
  let calls = false;
  eachStep(program, (step) => {
    calls ||= step.op === "call" || step.op === "lookup";
  });
  return calls;
}
