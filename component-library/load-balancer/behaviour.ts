import { serveThenRoute } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { LoadBalancerSettings } from "./settings.ts";

/** Passes each request to one target under the policy. */
export function visit(context: VisitContext<LoadBalancerSettings>): Program {
  return serveThenRoute(context, context.settings.policy);
}
