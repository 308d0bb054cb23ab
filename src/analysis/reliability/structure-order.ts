import type { StructureFunction } from "../model/reliability.ts";

/**
 * The parts of a structure function, each once, a whole after its parts and parts in their order. Without recursion, so that
 * chains of any length fit.
 */
export function partsBeforeWholes(structure: StructureFunction): readonly StructureFunction[] {
  const ordered: StructureFunction[] = [];
  const seen = new Set<StructureFunction>([structure]);
  const path = [{ whole: structure, next: 0 }];
  for (let place = path.at(-1); place !== undefined; place = path.at(-1)) {
    const part = place.whole.op === "component" ? undefined : place.whole.of[place.next];
    if (part === undefined) {
      ordered.push(place.whole);
      path.pop();
      continue;
    }
    place.next += 1;
    if (seen.has(part)) continue;
    seen.add(part);
    path.push({ whole: part, next: 0 });
  }
  return ordered;
}
