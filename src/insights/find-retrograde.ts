import { busiestUsefulServers, relativeCapacity } from "#src/analysis/queueing/universal-scalability.ts";
import { formatCount, formatMultiple, formatPercent } from "#src/base/format.ts";
import type { PreparedAnalysis } from "#src/compile/analyse.ts";
import type { Risk } from "#src/compile/report.ts";

/** A gain in capacity below this is not worth a word. */
const noticeable = 1.01;

/**
 * Parts whose servers are past the point from which more of them do less (Gunther 1993): when all are busy they complete less than
 * fewer would, so that a full part stays full at a load that it carried before.
 */
export function findRetrograde({ compiled }: PreparedAnalysis, nameOf: (id: string) => string): readonly Risk[] {
  return compiled.model.stations.flatMap((station): readonly Risk[] => {
    const id = compiled.model.nodeIds[station.node];
    const { scalability, servers } = station;
    if (id === undefined || scalability === null || station.edge !== null) return [];
    const most = busiestUsefulServers(scalability);
    if (servers <= most) return [];
    const candidates = [Math.max(1, Math.floor(most)), Math.ceil(most)];
    const best = candidates.reduce((found, next) =>
      relativeCapacity(scalability, next) > relativeCapacity(scalability, found) ? next : found,
    );
    const gain = relativeCapacity(scalability, best) / relativeCapacity(scalability, servers);
    if (gain < noticeable) return [];
    const name = nameOf(id);
    return [
      {
        rule: "node.retrograde",
        severity: "medium",
        nodes: [id],
        edges: [],
        title: `${name} does less with all its servers than with ${formatCount(best)} of them`,
        evidence: { concurrency: servers, bestConcurrency: best, capacityGain: gain },
        impact: `Its servers keep each other waiting: ${formatCount(best)} an instance would carry ${formatMultiple(gain)} of what ${formatCount(servers)} do. Once all are busy it stays full, at loads that it carried before.`,
        detection: `Throughput of ${name} that falls while its utilisation rises to ${formatPercent(1)}.`,
        response: "Hold requests back until fewer servers are busy.",
        prevention: `A concurrency of ${formatCount(best)} an instance, and more instances instead.`,
      },
    ];
  });
}
