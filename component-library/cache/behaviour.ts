import { serveOrFetch } from "#library/contract/behaviour.ts";
import { hitRatioOf } from "#library/contract/cached-content.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { CacheSettings } from "./settings.ts";

/**
 * Looks the key up; a miss, and a write that goes through, call what is behind. Under cache-aside nothing is behind: the caller
 * branches on the draw and asks the store itself. Under write-behind the store gets the write later, with nobody waiting.
 */
export function visit(context: VisitContext<CacheSettings>): Program {
  const { strategy, refreshedHits } = context.settings;
  const hitRatio = hitRatioOf(context.settings);
  if (context.operation === "write") {
    return strategy === "write-behind"
      ? context.sequence(context.serve(), context.deliver("each"))
      : serveOrFetch(context, hitRatio);
  }
  const answered = serveOrFetch(context, hitRatio);
  if (strategy !== "refresh-ahead") return answered;
  const hits = context.outcome === null ? hitRatio : context.outcome === "hit" ? 1 : 0;
  const refreshed = hits * refreshedHits;
  if (refreshed === 0) return answered;
  const refresh: Program = {
    op: "choice",
    options: [
      { probability: refreshed, step: context.deliver("each") },
      { probability: 1 - refreshed, step: context.nothing() },
    ],
  };
  return context.sequence(answered, refresh);
}
