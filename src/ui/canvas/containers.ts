import type { Design, Position } from "#src/design/document.ts";
import type { Box } from "#src/design/drawing/edge-routing.ts";
import { ancestorsOf, descendantsOf } from "#src/design/queries.ts";

/** The innermost container whose box holds the point; without `excluded` and what is inside them. Null: the open canvas. */
export function containerAt(
  design: Design,
  boxes: ReadonlyMap<string, Box>,
  isContainer: (kind: string) => boolean,
  point: Position,
  excluded: Iterable<string> = [],
): string | null {
  const moving = new Set<string>();
  for (const id of excluded) {
    moving.add(id);
    for (const inside of descendantsOf(design, id)) moving.add(inside);
  }
  let found: string | null = null;
  let deepest = -1;
  for (const node of design.nodes.values()) {
    if (moving.has(node.id) || !isContainer(node.kind)) continue;
    const box = boxes.get(node.id);
    if (box === undefined || !contains(box, point)) continue;
    const depth = ancestorsOf(design, node.id).length;
    // The later of two overlapping containers of one depth is drawn on top.
    if (depth >= deepest) {
      found = node.id;
      deepest = depth;
    }
  }
  return found;
}

function contains(box: Box, { x, y }: Position): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** Those of the ids that are inside none of the others. */
export function outermost(design: Design, ids: Iterable<string>): string[] {
  const chosen = new Set(ids);
  return [...chosen].filter((id) => !ancestorsOf(design, id).some((ancestor) => chosen.has(ancestor)));
}
