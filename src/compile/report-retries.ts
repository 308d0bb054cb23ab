import type { RetryStability } from "#src/analysis/solve/retry-zones.ts";
import type { CompiledDesign } from "./compile-design.ts";
import type { NodeReport } from "./report.ts";

/** The zone of each node at this load, with the loads at which zones begin; nodes without amplified arrivals have none. */
export function withRetryZones(
  { resolved }: CompiledDesign,
  nodes: readonly NodeReport[],
  load: number,
  safeLoads: ReadonlyMap<number, number>,
  stability: RetryStability | null,
): readonly NodeReport[] {
  if (safeLoads.size === 0) return nodes;
  return nodes.map((node) => {
    const index = resolved.nodeById.get(node.id)?.index ?? -1;
    const safe = safeLoads.get(index);
    if (safe === undefined) return node;
    const isSwampedFirst = stability?.nodes.includes(index) === true;
    const stable = isSwampedFirst ? stability.load : null;
    const isUnstable = node.saturatedBy?.resource === "servers" || (stable !== null && load >= stable);
    return {
      ...node,
      retryZone: isUnstable ? "unstable" : load >= safe ? "vulnerable" : "safe",
      retrySafeUpToLoad: safe,
      retryStableUpToLoad: stable,
    };
  });
}
