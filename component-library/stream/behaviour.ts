import { acknowledgeThenDeliver } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { StreamSettings } from "./settings.ts";

/** Acknowledges, then hands the message to every consumer group: one per outgoing edge. */
export function visit(context: VisitContext<StreamSettings>): Program {
  return acknowledgeThenDeliver(context, "each");
}
