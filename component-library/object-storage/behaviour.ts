import { serveAndReplicate } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { ObjectStorageSettings } from "./settings.ts";

/** Reads are served here; writes are served and flow over the replication edges. */
export function visit(context: VisitContext<ObjectStorageSettings>): Program {
  return serveAndReplicate(context, context.settings.replication === "synchronous");
}
