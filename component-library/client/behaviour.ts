import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";

/** A client serves nothing itself: a journey is the calls that it makes. */
export function visit(context: VisitContext<unknown>): Program {
  return context.callsInOrder();
}
