import { acknowledgeThenDeliver } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { QueueSettings } from "./settings.ts";

/** Acknowledges, then hands the message to one of the consumers. */
export function visit(context: VisitContext<QueueSettings>): Program {
  return acknowledgeThenDeliver(context, "one");
}
