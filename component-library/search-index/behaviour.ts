import { serveAndReplicate } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { SearchIndexSettings } from "./settings.ts";

/** Queries are served by one node or by several at once; documents are indexed here and flow over the replication edges. */
export function visit(context: VisitContext<SearchIndexSettings>): Program {
  const parts = Math.min(context.settings.shardsAsked, context.settings.instances);
  if (context.operation === "read" && parts > 1) return context.serve(context.callsInOrder(), parts);
  return serveAndReplicate(context, context.settings.replication === "synchronous");
}
