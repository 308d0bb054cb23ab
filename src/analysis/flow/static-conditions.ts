import type { AnalysisModel } from "../model/program.ts";
import { approach, type Conditions, copyConditions, idealConditions, meanAttempts } from "./conditions.ts";
import { ProgramFlow } from "./program-flow.ts";
import { eachStep } from "./program-walk.ts";
import type { RoutineGraph } from "./routine-graph.ts";

const MOST_ROUNDS = 1000;
const SETTLED = 1e-13;

/**
 * What fails whatever the load: the `reject` steps of programs, with the retries and fallbacks that they cause. Stations
 * are taken as unlimited, so these are the conditions of the unclipped flows.
 */
export function staticConditions(model: AnalysisModel, graph: RoutineGraph): Conditions {
  const conditions = idealConditions(model);
  if (!model.routines.some((routine) => rejects(routine.program))) return conditions;
  const callsTo: number[][] = model.routines.map(() => []);
  model.calls.forEach((call, index) => {
    callsTo[call.routine]?.push(index);
  });
  const flow = new ProgramFlow(conditions);
  const settle = (routine: number): void => {
    const program = model.routines[routine]?.program;
    if (program === undefined) return;
    const answered = flow.run(program, 1);
    const failed = flow.failed;
    for (const call of callsTo[routine] ?? []) {
      const retries = model.calls[call]?.retries ?? 0;
      const attempts = meanAttempts(failed, retries);
      conditions.attempts[call] = attempts;
      conditions.answered[call] = answered * attempts;
      conditions.failed[call] = failed ** (retries + 1);
    }
  };
  for (let index = graph.components.length - 1; index >= 0; index--) {
    const members = graph.components[index] ?? [];
    const [only] = members;
    if (members.length === 1 && only !== undefined && !(graph.all[only] ?? []).includes(only)) {
      settle(only);
      continue;
    }
    // Loops settle by repetition, from "nothing fails".
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const before = copyConditions(conditions);
      for (const routine of members) settle(routine);
      if (approach(before, conditions, 0) < SETTLED) break;
    }
  }
  return conditions;
}

function rejects(program: Parameters<typeof eachStep>[0]): boolean {
  let found = false;
  eachStep(program, (step) => {
    if (step.op === "reject" && step.probability > 0) found = true;
  });
  return found;
}
