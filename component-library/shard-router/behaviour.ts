import { serveThenRoute } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { ShardRouterSettings } from "./settings.ts";

/** Passes each request to the one shard that its key belongs to; reads without the key ask all shards at once. */
export function visit(context: VisitContext<ShardRouterSettings>): Program {
  const { policy, scatterRatio } = context.settings;
  if (scatterRatio === 0 || context.operation === "write") return serveThenRoute(context, policy);
  if (scatterRatio === 1) return context.serve(context.askAll());
  return context.serve({
    op: "choice",
    options: [
      { probability: scatterRatio, step: context.askAll() },
      { probability: 1 - scatterRatio, step: context.routeToOne(policy) },
    ],
  });
}
