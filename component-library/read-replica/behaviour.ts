import { serveThenCall } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { ReadReplicaSettings } from "./settings.ts";

/** Answers reads; a write that arrives over replication is applied, and passed on to replicas of this replica. */
export function visit(context: VisitContext<ReadReplicaSettings>): Program {
  return context.operation === "read" ? serveThenCall(context) : context.serve(context.replicate(false));
}
