import type { AnalysisModel } from "../model/program.ts";
import { callsOf, eachStep } from "./program-walk.ts";

/**
 * The routines that a routine waits for, directly or not, and itself at the end: each once, callees before callers except
 * where a loop comes round. Without recursion, so that chains of any length fit.
 */
export function calleesFirst(model: AnalysisModel, start: number): readonly number[] {
  const ordered: number[] = [];
  const seen = new Set<number>([start]);
  const path = [{ routine: start, targets: waitedFor(model, start), next: 0 }];
  for (let place = path.at(-1); place !== undefined; place = path.at(-1)) {
    const target = place.targets[place.next];
    if (target === undefined) {
      ordered.push(place.routine);
      path.pop();
      continue;
    }
    place.next += 1;
    if (seen.has(target)) continue;
    seen.add(target);
    path.push({ routine: target, targets: waitedFor(model, target), next: 0 });
  }
  return ordered;
}

function waitedFor(model: AnalysisModel, routine: number): readonly number[] {
  const targets: number[] = [];
  const program = model.routines[routine]?.program;
  if (program === undefined) return targets;
  eachStep(program, (step) => {
    for (const { call, waited } of callsOf(step)) {
      const target = model.calls[call]?.routine;
      if (waited && target !== undefined) targets.push(target);
    }
  });
  return targets;
}
