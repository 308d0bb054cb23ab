import type { Box } from "#src/design/drawing/edge-routing.ts";

/** How far one box may have moved otherwise than another, in canvas units, and both still count as moved together. */
const slack = 1;

/** A part or two may keep their places by chance. */
const leastShareMoved = 0.75;

/**
 * True when the drawing has another shape everywhere: the same boxes, nearly all in other places, and not by one common step.
 * After that, what was looked at is no longer where it was.
 */
export function isRearranged(before: ReadonlyMap<string, Box>, after: ReadonlyMap<string, Box>): boolean {
  if (before.size < 2 || before.size !== after.size) return false;
  let first: { readonly x: number; readonly y: number } | null = null;
  let isCommonStep = true;
  let moved = 0;
  for (const [id, box] of after) {
    const was = before.get(id);
    if (was === undefined) return false;
    const step = { x: box.x - was.x, y: box.y - was.y };
    if (step.x === 0 && step.y === 0) continue;
    moved += 1;
    first ??= step;
    if (Math.abs(step.x - first.x) > slack || Math.abs(step.y - first.y) > slack) isCommonStep = false;
  }
  return !isCommonStep && moved >= leastShareMoved * after.size;
}
