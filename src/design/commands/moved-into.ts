import type { Annotation, Design, DesignNode } from "../document.ts";
import { absolutePosition } from "../queries.ts";

/**
 * The item with another container (the open canvas when null) and the same place on the screen. Where that place is not
 * known, it loses its position, and automatic layout places it.
 */
export function movedInto<Item extends DesignNode | Annotation>(
  design: Design,
  item: Item,
  parent: string | null,
): Item {
  const at = absolutePosition(design, item.id);
  const origin = parent === null ? { x: 0, y: 0 } : absolutePosition(design, parent);
  const moved: Item & { parent?: string; position?: { x: number; y: number } } = { ...item };
  delete moved.parent;
  delete moved.position;
  if (parent !== null) moved.parent = parent;
  if (at !== null && origin !== null) moved.position = { x: at.x - origin.x, y: at.y - origin.y };
  return moved;
}
