import type { Design, Position } from "#src/design/document.ts";
import type { Box } from "#src/design/drawing/edge-routing.ts";

export type Direction = "left" | "right" | "up" | "down";

const steps: Readonly<Record<Direction, Position>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

export function stepOf(direction: Direction): Position {
  return steps[direction];
}

/**
 * The part to go to from a part in a direction: the nearest that is connected to it and lies that way, else the nearest of
 * all that lie that way. Distance across the direction counts double. Null when nothing lies that way.
 */
export function neighbourTowards(
  design: Design,
  boxes: ReadonlyMap<string, Box>,
  from: string,
  direction: Direction,
): string | null {
  const start = centreOf(boxes.get(from));
  if (start === null) return null;
  const connected = new Set<string>();
  for (const { source, target } of design.edges.values()) {
    if (source === from) connected.add(target);
    if (target === from) connected.add(source);
  }
  const step = steps[direction];
  let best: { readonly id: string; readonly cost: number } | null = null;
  for (const [id, box] of boxes) {
    const centre = centreOf(box);
    if (id === from || centre === null) continue;
    const along = (centre.x - start.x) * step.x + (centre.y - start.y) * step.y;
    const across = Math.abs((centre.x - start.x) * step.y) + Math.abs((centre.y - start.y) * step.x);
    // Within 45 degrees or so of the direction: what lies mostly aside is reached by the other arrows.
    if (along <= 0 || across > 2 * along) continue;
    const cost = along + 2 * across + (connected.has(id) ? 0 : 100_000);
    if (best === null || cost < best.cost) best = { id, cost };
  }
  return best?.id ?? null;
}

function centreOf(box: Box | undefined): Position | null {
  return box === undefined ? null : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const room = 64;

/** A free place for a card beside a box, in a direction: further along, or aside, until it meets no other card. */
export function freePlaceBeside(
  boxes: readonly Box[],
  from: Box,
  direction: Direction,
  size: { readonly width: number; readonly height: number },
): Position {
  const step = steps[direction];
  const start = {
    x: from.x + from.width / 2 + step.x * (from.width / 2 + room + size.width / 2) - size.width / 2,
    y: from.y + from.height / 2 + step.y * (from.height / 2 + room + size.height / 2) - size.height / 2,
  };
  const isFree = (at: Position) =>
    !boxes.some(
      (box) =>
        at.x < box.x + box.width + 8 &&
        at.x + size.width + 8 > box.x &&
        at.y < box.y + box.height + 8 &&
        at.y + size.height + 8 > box.y,
    );
  // Aside first, alternating: nearer to where the arrow pointed than further along.
  for (let ring = 0; ring < 40; ring += 1) {
    const offset = Math.ceil(ring / 2) * (ring % 2 === 1 ? 1 : -1);
    const at = {
      x: start.x + Math.abs(step.y) * offset * (size.width + 24),
      y: start.y + Math.abs(step.x) * offset * (size.height + 24),
    };
    if (isFree(at)) return at;
  }
  return start;
}
