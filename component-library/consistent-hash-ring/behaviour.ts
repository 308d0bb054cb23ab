import { serveThenRoute } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { ConsistentHashRingSettings } from "./settings.ts";

/** Passes each request to the one node that owns its key on the ring. */
export function visit(context: VisitContext<ConsistentHashRingSettings>): Program {
  return serveThenRoute(context, context.settings.policy);
}
