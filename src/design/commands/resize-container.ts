import { positionSchema, sizeSchema } from "../design-schema.ts";
import type { Command, DesignNode, Position } from "../document.ts";
import { checkShape } from "../file/check-shape.ts";
import { FaultList } from "../file/fault.ts";
import type { Size } from "./move-nodes.ts";
import { judge, pathOf, put, refuseUnknown } from "./outcome.ts";

/**
 * Gives a container (or a frame or note) a size. A new position, as when the upper left corner is dragged, moves the
 * container alone: what is inside keeps its place on the screen.
 */
export const resizeContainer: Command<{ readonly id: string; readonly size: Size; readonly position?: Position }> = (
  design,
  { id, size, position },
) => {
  const faults = new FaultList();
  const node = design.nodes.get(id);
  const annotation = design.annotations.get(id);
  const path = pathOf(design, node === undefined ? "annotations" : "nodes", id);
  checkShape(sizeSchema, size, [...path, "size"], faults);
  if (position !== undefined) checkShape(positionSchema, position, [...path, "position"], faults);
  const placed = position === undefined ? { size } : { size, position };
  if (annotation !== undefined) {
    return judge(faults, () => ({ ...design, annotations: put(design.annotations, { ...annotation, ...placed }) }));
  }
  if (node === undefined) return refuseUnknown("nodes", id);
  const before = node.position;
  return judge(faults, () => {
    const resized: DesignNode = { ...node, ...placed };
    if (before === undefined || position === undefined) return { ...design, nodes: put(design.nodes, resized) };
    const x = before.x - position.x;
    const y = before.y - position.y;
    return {
      ...design,
      nodes: put(shifted(design.nodes, id, x, y), resized),
      annotations: shifted(design.annotations, id, x, y),
    };
  });
};

function shifted<Item extends { readonly parent?: string; readonly position?: Position }>(
  table: ReadonlyMap<string, Item>,
  parent: string,
  x: number,
  y: number,
): ReadonlyMap<string, Item> {
  if (x === 0 && y === 0) return table;
  const moved = new Map<string, Item>();
  for (const [id, item] of table) {
    const inside = item.parent === parent && item.position !== undefined;
    moved.set(id, inside ? { ...item, position: { x: item.position.x + x, y: item.position.y + y } } : item);
  }
  return moved;
}
