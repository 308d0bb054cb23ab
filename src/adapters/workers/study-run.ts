import type { Catalogue } from "#src/compile/resolved-design.ts";
import { planInstances } from "#src/insights/planner/plan-instances.ts";
import { assessCertainty } from "#src/insights/sensitivity/assess-certainty.ts";
import type { Progress } from "#src/insights/sensitivity/certainty.ts";
import type { StudyAnswer } from "#src/session/ports.ts";
import type { StudyMessage } from "./study-protocol.ts";

export interface StudyRunOptions {
  readonly catalogue: Catalogue;
  readonly post: (answer: StudyAnswer) => void;
  readonly nowMs: () => number;
}

/** Often enough to be seen to move. */
const betweenReportsMs = 100;

/** Works one study out to its end; whoever asked stops it by stopping the worker. A fault of the engine is told. */
export function runStudy({ design, question }: StudyMessage, { catalogue, post, nowMs }: StudyRunOptions): void {
  let lastMs = nowMs();
  const finish = <Found>(run: Generator<Progress, Found, undefined>): Found => {
    for (;;) {
      const step = run.next();
      if (step.done) return step.value;
      const now = nowMs();
      if (now - lastMs < betweenReportsMs) continue;
      lastMs = now;
      post({ type: "progress", ...step.value });
    }
  };
  try {
    if (question.type === "plan") {
      const outcome = finish(planInstances(design, catalogue, question));
      post(outcome.ok ? { type: "plan", plan: outcome.value } : { type: "problem", problems: outcome.problem });
    } else {
      const outcome = finish(assessCertainty(design, catalogue, { load: question.load }));
      post(
        outcome.ok ? { type: "certainty", certainty: outcome.value } : { type: "problem", problems: outcome.problem },
      );
    }
  } catch (error) {
    post({ type: "failure", message: error instanceof Error ? error.message : String(error) });
  }
}
