import { BinaryDecisionDiagram } from "#src/analysis/reliability/binary-decision-diagram.ts";
import { journeyStructure } from "./availability.ts";
import type { CompiledDesign } from "./compile-design.ts";

/** Nodes whose loss alone makes a journey unanswerable (minimal cut sets of size one), with the journeys lost. */
export function singlePointsOfFailure(
  compiled: CompiledDesign,
): readonly { readonly node: string; readonly journeys: readonly string[] }[] {
  const { model, resolved } = compiled;
  const lost = new Map<string, string[]>();
  model.journeys.forEach((journey, index) => {
    const diagram = new BinaryDecisionDiagram();
    const root = diagram.build(journeyStructure(resolved, model, journey.routine));
    const allUp = new Array<number>(resolved.nodes.length).fill(1);
    for (const node of resolved.nodes) {
      if (node.kind.role === "source" || node.kind.reliability(node.rawSettings).units > 1) continue;
      allUp[node.index] = 0;
      if (diagram.probability(root, allUp) === 0) {
        const journeys = lost.get(node.node.id) ?? [];
        journeys.push(model.journeyIds[index] ?? "");
        lost.set(node.node.id, journeys);
      }
      allUp[node.index] = 1;
    }
  });
  return [...lost].map(([node, journeys]) => ({ node, journeys }));
}
