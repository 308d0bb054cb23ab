import { serveAndReplicate } from "#library/contract/behaviour.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { SearchIndexSettings } from "./settings.ts";

/** Queries are served here; documents are indexed here and flow over the replication edges. */
export function visit(context: VisitContext<SearchIndexSettings>): Program {
  return serveAndReplicate(context, context.settings.replication === "synchronous");
}
