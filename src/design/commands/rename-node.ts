import type { Command, DesignNode } from "../document.ts";
import { checkShape } from "../file/check-shape.ts";
import { FaultList } from "../file/fault.ts";
import { label } from "../schema-kit.ts";
import { judge, omit, pathOf, put, refuseUnknown } from "./outcome.ts";

/** A blank name takes the name away: the node is then shown by its kind and id. */
export const renameNode: Command<{ readonly id: string; readonly name: string }> = (design, { id, name }) => {
  const node = design.nodes.get(id);
  if (node === undefined) return refuseUnknown("nodes", id);
  const faults = new FaultList();
  checkShape(label, name, [...pathOf(design, "nodes", id), "name"], faults);
  const renamed: DesignNode = name.trim() === "" ? omit(node, "name") : { ...node, name };
  return judge(faults, () => (node.name === renamed.name ? design : { ...design, nodes: put(design.nodes, renamed) }));
};
