import { moveNodes } from "../commands/move-nodes.ts";
import type { Annotation, Design, Position } from "../document.ts";
import { absolutePosition } from "../queries.ts";
import { nodeSize, placeMissing } from "../quick-layout.ts";
import type { Box } from "./box.ts";

/** Where everything stands, in absolute canvas units. */
export interface Scene {
  /** The design with every position filled in. */
  readonly design: Design;
  readonly cards: ReadonlyMap<string, Box>;
  /** Outermost first. */
  readonly containers: readonly { readonly id: string; readonly box: Box; readonly depth: number }[];
  /** Notes, texts, frames and freehand lines that have a place. */
  readonly annotations: readonly { readonly annotation: Annotation; readonly box: Box }[];
  /** The smallest box around all of it. */
  readonly bounds: Box;
}

/** Absolute boxes of all nodes; a design with missing positions is laid out quickly. `isContainer` by kind id. */
export function sceneOf(design: Design, isContainer: (kind: string) => boolean): Scene {
  const placed = placedDesign(design);
  const cards = new Map<string, Box>();
  const containers: { id: string; box: Box; depth: number }[] = [];
  for (const node of placed.nodes.values()) {
    const at = absolutePosition(placed, node.id) ?? { x: 0, y: 0 };
    if (isContainer(node.kind)) {
      const size = node.size ?? emptyContainerSize;
      containers.push({ id: node.id, box: { ...at, ...size }, depth: depthOf(placed, node.id) });
    } else {
      cards.set(node.id, { ...at, ...nodeSize });
    }
  }
  containers.sort((first, second) => first.depth - second.depth);
  const annotations = [...placed.annotations.values()].flatMap((annotation) => {
    const at = absolutePosition(placed, annotation.id);
    return at === null ? [] : [{ annotation, box: annotationBox(annotation, at) }];
  });
  return {
    design: placed,
    cards,
    containers,
    annotations,
    bounds: around([...cards.values(), ...containers.map(({ box }) => box), ...annotations.map(({ box }) => box)]),
  };
}

/** Size of a container that states none. */
export const emptyContainerSize = { width: 260, height: 140 } as const;

/** Size of an annotation that states none. */
export const plainAnnotationSize = {
  note: { width: 220, height: 110 },
  text: { width: 220, height: 22 },
  frame: { width: 320, height: 200 },
  freehand: { width: 0, height: 0 },
} as const;

function annotationBox(annotation: Annotation, at: Position): Box {
  const { points = [], size, type } = annotation;
  if (type !== "freehand") return { ...at, ...(size ?? plainAnnotationSize[type]) };
  let [left, top, right, bottom] = [0, 0, 0, 0];
  for (const [index, value] of points.entries()) {
    if (index % 2 === 0) {
      left = Math.min(left, value);
      right = Math.max(right, value);
    } else {
      top = Math.min(top, value);
      bottom = Math.max(bottom, value);
    }
  }
  return { x: at.x + left, y: at.y + top, width: right - left, height: bottom - top };
}

function placedDesign(design: Design): Design {
  const moved = moveNodes(design, placeMissing(design));
  return moved.ok ? moved.value : design;
}

function depthOf(design: Design, id: string): number {
  let depth = 0;
  const seen = new Set<string>();
  for (
    let parent = design.nodes.get(id)?.parent;
    parent !== undefined && !seen.has(parent);
    parent = design.nodes.get(parent)?.parent
  ) {
    seen.add(parent);
    depth += 1;
  }
  return depth;
}

function around(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
