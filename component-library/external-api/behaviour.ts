import { serveThenCall } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { ExternalApiSettings } from "./settings.ts";

/** Answers on its own terms; what it calls back is made in order. */
export function visit(context: VisitContext<ExternalApiSettings>): Program {
  return serveThenCall(context);
}
