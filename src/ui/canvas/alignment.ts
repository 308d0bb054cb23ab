import type { Position } from "#src/design/document.ts";
import type { Box } from "#src/design/drawing/edge-routing.ts";

/** A line on the canvas along which two boxes are aligned. */
export interface Guide {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Alignment {
  /** What to add to the position so that the box stands in line. */
  readonly shift: Position;
  readonly guides: readonly Guide[];
}

/** The step of the grid, in canvas units. */
export const gridStep = 8;

/**
 * Brings a box in line with its neighbours (edges and centres) where one is within `reach`, and to the grid otherwise; each
 * axis by itself.
 */
export function align(box: Box, others: readonly Box[], reach: number): Alignment {
  const x = alongAxis(box, others, reach, "x");
  const y = alongAxis(box, others, reach, "y");
  return { shift: { x: x.shift, y: y.shift }, guides: [...x.guides, ...y.guides] };
}

function alongAxis(
  box: Box,
  others: readonly Box[],
  reach: number,
  axis: "x" | "y",
): { readonly shift: number; readonly guides: readonly Guide[] } {
  const own = linesOf(box, axis);
  let best: { shift: number; at: number } | null = null;
  for (const other of others) {
    for (const line of linesOf(other, axis)) {
      for (const mine of own) {
        const shift = line - mine;
        if (Math.abs(shift) <= reach && (best === null || Math.abs(shift) < Math.abs(best.shift))) {
          best = { shift, at: line };
        }
      }
    }
  }
  if (best === null) return { shift: Math.round(box[axis] / gridStep) * gridStep - box[axis], guides: [] };
  const { at, shift } = best;
  const moved = { ...box, [axis]: box[axis] + shift };
  const inLine = others.filter((other) => linesOf(other, axis).some((line) => Math.abs(line - at) < 0.5));
  const spans = [moved, ...inLine].map((one) =>
    axis === "x" ? [one.y, one.y + one.height] : [one.x, one.x + one.width],
  );
  const guide = { axis, at, from: Math.min(...spans.flat()), to: Math.max(...spans.flat()) };
  return { shift, guides: [guide] };
}

function linesOf(box: Box, axis: "x" | "y"): readonly [number, number, number] {
  const start = box[axis];
  const length = axis === "x" ? box.width : box.height;
  return [start, start + length / 2, start + length];
}
