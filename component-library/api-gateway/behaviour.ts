import { serveThenRoute } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { ApiGatewaySettings } from "./settings.ts";

/** Passes each request to the target whose edge names its journey, else by weight. */
export function visit(context: VisitContext<ApiGatewaySettings>): Program {
  return serveThenRoute(context, "by-journey");
}
