import type { AnalysisModel } from "../model/program.ts";
import { callsOf, eachStep } from "./program-walk.ts";
import { strongComponents } from "./strong-components.ts";

/** Which routines a routine calls, and in what order flows can be worked out. */
export interface RoutineGraph {
  /** Routines called or sent to, each once. */
  readonly all: readonly (readonly number[])[];
  /** Routines whose answer is waited for, each once. */
  readonly waited: readonly (readonly number[])[];
  /** Strong components over `all`, callers before the ones that they call. */
  readonly components: readonly (readonly number[])[];
}

export function routineGraph(model: AnalysisModel): RoutineGraph {
  const all: number[][] = [];
  const waited: number[][] = [];
  for (const routine of model.routines) {
    const everyTarget = new Set<number>();
    const waitedTargets = new Set<number>();
    eachStep(routine.program, (step) => {
      for (const { call, waited: answerWanted } of callsOf(step)) {
        const target = model.calls[call]?.routine;
        if (target === undefined) throw new Error(`Call ${call} is not in the model`);
        everyTarget.add(target);
        if (answerWanted) waitedTargets.add(target);
      }
    });
    all.push([...everyTarget]);
    waited.push([...waitedTargets]);
  }
  return { all, waited, components: [...strongComponents(all)].reverse() };
}
