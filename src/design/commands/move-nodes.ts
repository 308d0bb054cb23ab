import { positionSchema, sizeSchema } from "../design-schema.ts";
import type { Annotation, Command, DesignNode, Position } from "../document.ts";
import { checkShape } from "../file/check-shape.ts";
import { FaultList } from "../file/fault.ts";
import { sameJson } from "../same-json.ts";
import { judge, pathOf, refuseUnknown } from "./outcome.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface MoveNodesArgs {
  /** New places relative to the containers, by id of a node or annotation. */
  readonly positions: ReadonlyMap<string, Position>;
  /** New sizes of containers, frames and notes; automatic layout gives both. */
  readonly sizes?: ReadonlyMap<string, Size>;
}

/** Puts many nodes and annotations in their places at once; those that do not move keep their identity. */
export const moveNodes: Command<MoveNodesArgs> = (design, { positions, sizes = new Map() }) => {
  const nodes = new Map(design.nodes);
  const annotations = new Map(design.annotations);
  const faults = new FaultList();
  for (const id of new Set([...positions.keys(), ...sizes.keys()])) {
    const node = nodes.get(id);
    const annotation = annotations.get(id);
    const position = positions.get(id);
    const size = sizes.get(id);
    if (node === undefined && annotation === undefined) return refuseUnknown("nodes", id);
    const place = () => pathOf(design, node === undefined ? "annotations" : "nodes", id);
    if (position !== undefined) checkShape(positionSchema, position, [...place(), "position"], faults);
    if (size !== undefined) checkShape(sizeSchema, size, [...place(), "size"], faults);
    if (node !== undefined) nodes.set(id, placed(node, position, size));
    else if (annotation !== undefined) annotations.set(id, placed(annotation, position, size));
  }
  return judge(faults, () => ({ ...design, nodes, annotations }));
};

function placed<Item extends DesignNode | Annotation>(item: Item, position?: Position, size?: Size): Item {
  const moved: Item = {
    ...item,
    ...(position === undefined ? {} : { position: { x: position.x + 0, y: position.y + 0 } }),
    ...(size === undefined ? {} : { size: { width: size.width, height: size.height } }),
  };
  return sameJson(moved, item) ? item : moved;
}
