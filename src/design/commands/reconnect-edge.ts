import type { Command } from "../document.ts";
import { checkId } from "../file/check-references.ts";
import { FaultList } from "../file/fault.ts";
import { judge, pathOf, put, refuseUnknown } from "./outcome.ts";

/** Moves one end of an edge, or both, to other nodes. */
export const reconnectEdge: Command<{ readonly id: string; readonly source?: string; readonly target?: string }> = (
  design,
  { id, source, target },
) => {
  const edge = design.edges.get(id);
  if (edge === undefined) return refuseUnknown("edges", id);
  const changed = { ...edge, source: source ?? edge.source, target: target ?? edge.target };
  const faults = new FaultList();
  const path = pathOf(design, "edges", id);
  checkId(changed.source, [...path, "source"], design.nodes, "node", faults);
  checkId(changed.target, [...path, "target"], design.nodes, "node", faults);
  return judge(faults, () => {
    if (changed.source === edge.source && changed.target === edge.target) return design;
    return { ...design, edges: put(design.edges, changed) };
  });
};
