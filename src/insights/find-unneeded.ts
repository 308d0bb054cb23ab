import type { PreparedAnalysis } from "#src/compile/analyse.ts";
import type { Risk } from "#src/compile/report.ts";

/**
 * Parts that no journey visits, at any load: they carry nothing, and stand on the bill and in the way of a reader. A design
 * without a journey is not finished, and nothing is said about it.
 */
export function findUnneeded({ compiled, fixed }: PreparedAnalysis, nameOf: (id: string) => string): readonly Risk[] {
  const { resolved, model } = compiled;
  if (!model.journeys.some(({ ratePerSecond, closed }) => ratePerSecond > 0 || closed !== null)) return [];
  const visited = new Set(fixed.nodesOfJourney.flatMap((nodes) => [...nodes]));
  return resolved.nodes.flatMap(({ node, index, kind }): readonly Risk[] => {
    if (kind.isContainer || kind.role === "source" || visited.has(index)) return [];
    return [
      {
        rule: "structure.unneeded-part",
        severity: "low",
        nodes: [node.id],
        edges: [],
        title: `${nameOf(node.id)} is on the way of no journey`,
        evidence: { arrivalsPerSecond: 0, journeys: model.journeys.length },
        impact: "It carries no load: the design answers, and fails, exactly as it would without it.",
        detection: "No requests arrive there.",
        response: "Nothing breaks.",
        prevention: "Draw the call that needs it, add the journey that visits it, or leave it out.",
      },
    ];
  });
}
