import { serveOrFetch } from "#library/contract/behaviour.ts";
import { hitRatioOf } from "#library/contract/cached-content.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { ReverseProxySettings } from "./settings.ts";

/** Answers hits; a miss and every write go to what is behind. */
export function visit(context: VisitContext<ReverseProxySettings>): Program {
  return serveOrFetch(context, context.hitRatio ?? hitRatioOf(context.settings));
}
