import { serveThenCall } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { WorkerSettings } from "./settings.ts";

/** Does the job, then makes its calls in their order. */
export function visit(context: VisitContext<WorkerSettings>): Program {
  return serveThenCall(context);
}
