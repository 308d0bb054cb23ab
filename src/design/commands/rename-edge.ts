import type { Command, DesignEdge } from "../document.ts";
import { checkShape } from "../file/check-shape.ts";
import { FaultList } from "../file/fault.ts";
import { label } from "../schema-kit.ts";
import { judge, omit, pathOf, put, refuseUnknown } from "./outcome.ts";

/** A blank name takes the name away. */
export const renameEdge: Command<{ readonly id: string; readonly name: string }> = (design, { id, name }) => {
  const edge = design.edges.get(id);
  if (edge === undefined) return refuseUnknown("edges", id);
  const faults = new FaultList();
  checkShape(label, name, [...pathOf(design, "edges", id), "name"], faults);
  const renamed: DesignEdge = name.trim() === "" ? omit(edge, "name") : { ...edge, name };
  return judge(faults, () => (edge.name === renamed.name ? design : { ...design, edges: put(design.edges, renamed) }));
};
