import { serveOrFetch } from "#library/contract/behaviour.ts";
import { hitRatioOf } from "#library/contract/cached-content.ts";
import type { VisitContext } from "#library/contract/visit.ts";
import type { Program } from "#src/analysis/model/program.ts";
import type { CacheSettings } from "./settings.ts";

/**
 * Looks the key up; a miss, and a write that goes through, call what is behind. Under cache-aside nothing is behind: the caller
 * branches on the draw and asks the store itself. Under write-behind the store gets the write later, with nobody waiting,
 * and several of them may become one.
 */
export function visit(context: VisitContext<CacheSettings>): Program {
  const { strategy, refreshedHits, coalescedWrites } = context.settings;
  const hitRatio = context.hitRatio ?? hitRatioOf(context.settings);
  if (context.operation === "write") {
    return strategy === "write-behind"
      ? context.sequence(context.serve(), sometimes(context, 1 / coalescedWrites))
      : serveOrFetch(context, hitRatio);
  }
  const answered = serveOrFetch(context, hitRatio);
  if (strategy !== "refresh-ahead") return answered;
  const hits = context.outcome === null ? hitRatio : context.outcome === "hit" ? 1 : 0;
  const refreshed = hits * (context.refreshRatio ?? refreshedHits);
  return refreshed === 0 ? answered : context.sequence(answered, sometimes(context, refreshed));
}

/** What is behind gets a message with this probability; nobody waits for it. */
function sometimes(context: VisitContext<CacheSettings>, probability: number): Program {
  if (probability >= 1) return context.deliver("each");
  return {
    op: "choice",
    options: [
      { probability, step: context.deliver("each") },
      { probability: 1 - probability, step: context.nothing() },
    ],
  };
}
