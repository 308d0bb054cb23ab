import type { Command, DesignNode } from "../document.ts";
import { checkShape } from "../file/check-shape.ts";
import { FaultList } from "../file/fault.ts";
import { longText } from "../schema-kit.ts";
import { judge, omit, pathOf, put, refuseUnknown } from "./outcome.ts";

/** Why a node is there; blank text takes the reason away. */
export const setReason: Command<{ readonly id: string; readonly reason: string }> = (design, { id, reason }) => {
  const node = design.nodes.get(id);
  if (node === undefined) return refuseUnknown("nodes", id);
  const faults = new FaultList();
  checkShape(longText, reason, [...pathOf(design, "nodes", id), "reason"], faults);
  const changed: DesignNode = reason.trim() === "" ? omit(node, "reason") : { ...node, reason };
  return judge(faults, () =>
    node.reason === changed.reason ? design : { ...design, nodes: put(design.nodes, changed) },
  );
};
