import { acknowledgeThenDeliver } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { PubSubSettings } from "./settings.ts";

/** Acknowledges, then hands the message to every subscriber. */
export function visit(context: VisitContext<PubSubSettings>): Program {
  return acknowledgeThenDeliver(context, "each");
}
