import type { StructureFunction } from "#src/analysis/model/reliability.ts";
import { partsBeforeWholes } from "#src/analysis/reliability/structure-order.ts";
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
  const live = new Set<StructureFunction>();
  /** Critical components of the live parts that can miss some of theirs. */
  const known = new Map<StructureFunction, ReadonlySet<number>>();
  for (const part of partsBeforeWholes(structure)) {
    if (part.op === "component") {
      live.add(part);
      continue;
    }
    const parts = part.of.filter((inner) => live.has(inner));
    const spare = parts.length - neededOf(part);
    if (spare < 0) continue;
    live.add(part);
    if (spare > 0) known.set(part, lostByMoreThan(spare, parts, live, known));
  }
  return live.has(structure) ? criticalOf(structure, live, known) : null;
}

function neededOf(structure: Exclude<StructureFunction, { op: "component" }>): number {
  if (structure.op === "all") return structure.of.length;
  return structure.op === "any" ? 1 : structure.needed;
}

/** The components that are critical for more of the parts than can be missed. */
function lostByMoreThan(
  spare: number,
  parts: readonly StructureFunction[],
  live: ReadonlySet<StructureFunction>,
  known: ReadonlyMap<StructureFunction, ReadonlySet<number>>,
): ReadonlySet<number> {
  const lostParts = new Map<number, number>();
  for (const part of parts) {
    for (const component of criticalOf(part, live, known)) {
      lostParts.set(component, (lostParts.get(component) ?? 0) + 1);
    }
  }
  return new Set([...lostParts].flatMap(([component, count]) => (count > spare ? [component] : [])));
}

/** What needs all its live parts is lost with whatever one of them is lost with. */
function criticalOf(
  structure: StructureFunction,
  live: ReadonlySet<StructureFunction>,
  known: ReadonlyMap<StructureFunction, ReadonlySet<number>>,
): ReadonlySet<number> {
  const found = new Set<number>();
  const seen = new Set<StructureFunction>([structure]);
  // A set takes what is added while it is gone through.
  for (const part of seen) {
    const critical = known.get(part);
    if (critical !== undefined) for (const component of critical) found.add(component);
    else if (part.op === "component") found.add(part.component);
    else for (const inner of part.of) if (live.has(inner)) seen.add(inner);
  }
  return found;
}
