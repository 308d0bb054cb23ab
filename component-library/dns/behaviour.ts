import { serveThenRoute } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { DnsSettings } from "./settings.ts";

/** Names one address a request. A request whose resolver still holds the answer goes on without asking. */
export function visit(context: VisitContext<DnsSettings>): Program {
  const { cachedRatio, policy } = context.settings;
  if (cachedRatio === 0) return serveThenRoute(context, policy);
  const asked: Program = {
    op: "choice",
    options: [
      { probability: cachedRatio, step: context.nothing() },
      { probability: 1 - cachedRatio, step: context.serve() },
    ],
  };
  return context.sequence(asked, context.routeToOne(policy));
}
