import { serveThenRoute } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { ShardRouterSettings } from "./settings.ts";

/** Passes each request to the one shard that its key belongs to. */
export function visit(context: VisitContext<ShardRouterSettings>): Program {
  return serveThenRoute(context, context.settings.policy);
}
