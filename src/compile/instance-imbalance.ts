import type { Station } from "#src/analysis/model/program.ts";
import { ringShareLaw } from "#src/analysis/queueing/ring-share-law.ts";
import type { InstanceImbalance } from "./report.ts";
import type { ResolvedNode } from "./resolved-design.ts";

/**
 * How unequally the requests fall on the instances of a station; null where all get the same. Behind a ring the shares are those
 * of one ring among many: what chance makes of them is told beside.
 */
export function imbalanceOf(station: Station, router: ResolvedNode | undefined): InstanceImbalance | null {
  const { shares, queues, dispatch } = station;
  if (shares === null || queues < 2) return null;
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (total === 0) return null;
  const points = dispatch === "hash" ? Number(router?.settings.virtualNodes ?? 0) : 0;
  const law = points > 0 ? ringShareLaw(queues, points) : null;
  return {
    busiestOverMean: (Math.max(...shares) * queues) / total,
    expectedOverMean: law?.expectedLargest ?? null,
    range99OverMean: law?.range99 ?? null,
  };
}
