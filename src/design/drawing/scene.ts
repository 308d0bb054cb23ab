import { moveNodes } from "../commands/move-nodes.ts";
import type { Design } from "../document.ts";
import { absolutePosition } from "../queries.ts";
import { nodeSize, placeMissing } from "../quick-layout.ts";
import type { Box } from "./edge-routing.ts";

/** Where everything stands, in absolute canvas units. */
export interface Scene {
  /** The design with every position filled in. */
  readonly design: Design;
  readonly cards: ReadonlyMap<string, Box>;
  /** Outermost first. */
  readonly containers: readonly { readonly id: string; readonly box: Box; readonly depth: number }[];
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
  return {
    design: placed,
    cards,
    containers,
    bounds: around([...cards.values(), ...containers.map(({ box }) => box)]),
  };
}

/** Size of a container that states none. */
export const emptyContainerSize = { width: 260, height: 140 } as const;

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
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
