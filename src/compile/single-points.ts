import type { StructureFunction } from "#src/analysis/model/reliability.ts";
import { journeyStructure } from "./availability.ts";
import type { CompiledDesign } from "./compile-design.ts";

/** Nodes whose loss alone makes a journey unanswerable (minimal cut sets of size one), with the journeys lost. */
export function singlePointsOfFailure(
  compiled: CompiledDesign,
): readonly { readonly node: string; readonly journeys: readonly string[] }[] {
  const { model, resolved } = compiled;
  const lost = new Map<string, string[]>();
  model.journeys.forEach((journey, index) => {
    const critical = criticalComponents(journeyStructure(resolved, model, journey.routine));
    // A journey that a scenario has stopped is not lost a second time.
    if (critical === null) return;
    for (const component of [...critical].sort((first, second) => first - second)) {
      const node = resolved.nodes[component];
      if (node === undefined || node.kind.role === "source" || node.kind.reliability(node.rawSettings).units > 1)
        continue;
      const journeys = lost.get(node.node.id) ?? [];
      journeys.push(model.journeyIds[index] ?? "");
      lost.set(node.node.id, journeys);
    }
  });
  return [...lost].map(([node, journeys]) => ({ node, journeys }));
}

/**
 * Components whose loss alone makes the function false while all others are up; null when it is false with all up. Exact for
 * these functions, which are monotone: with one component down every part is either as it was or false.
 */
function criticalComponents(structure: StructureFunction): ReadonlySet<number> | null {
  const known = new Map<StructureFunction, ReadonlySet<number> | null>();
  const visit = (part: StructureFunction): ReadonlySet<number> | null => {
    const earlier = known.get(part);
    if (earlier !== undefined) return earlier;
    const found = part.op === "component" ? new Set([part.component]) : critical(part.of.map(visit), neededOf(part));
    known.set(part, found);
    return found;
  };
  return visit(structure);
}

function neededOf(structure: Exclude<StructureFunction, { op: "component" }>): number {
  if (structure.op === "all") return structure.of.length;
  return structure.op === "any" ? 1 : structure.needed;
}

/** Of a k-of-n over parts, the components that are critical for more parts than it can miss. */
function critical(parts: readonly (ReadonlySet<number> | null)[], needed: number): ReadonlySet<number> | null {
  const live = parts.filter((part) => part !== null);
  const spare = live.length - needed;
  if (spare < 0) return null;
  const lostParts = new Map<number, number>();
  for (const part of live) for (const component of part) lostParts.set(component, (lostParts.get(component) ?? 0) + 1);
  return new Set([...lostParts].flatMap(([component, count]) => (count > spare ? [component] : [])));
}
