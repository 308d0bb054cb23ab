import { serveThenCall } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { ServiceSettings } from "./settings.ts";

/** Serves, then makes all its calls in their order. */
export function visit(context: VisitContext<ServiceSettings>): Program {
  return serveThenCall(context);
}
