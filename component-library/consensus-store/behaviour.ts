import { serveThenCall } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { ConsensusStoreSettings } from "./settings.ts";

/** The leader serves; what it calls itself follows in order. */
export function visit(context: VisitContext<ConsensusStoreSettings>): Program {
  return serveThenCall(context);
}
