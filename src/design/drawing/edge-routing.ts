import type { Position } from "../document.ts";
import type { Box } from "./box.ts";
import { indexBoxes } from "./box-index.ts";
import { separateLanes } from "./edge-lanes.ts";
import { type EdgeEnds, edgePorts, sidedEdges } from "./edge-ports.ts";
import { routeBetween } from "./route-search.ts";

export type { Box } from "./box.ts";

/** An orthogonal line between two boxes. Consecutive points differ in one coordinate. */
export interface EdgeRoute {
  readonly points: readonly Position[];
  /** Middle of the longest stretch: where a label has most room. */
  readonly label: Position;
}

/**
 * Routes every edge between the facing sides of its boxes: ports on a side are ordered by where their edges lead, the turn is
 * made where the line runs through the fewest boxes, and lines that would lie on each other get lanes of their own.
 * Deterministic. Cost grows as n log n in the edges, times the boxes near each.
 */
export function routeEdges(
  boxes: ReadonlyMap<string, Box>,
  edges: readonly EdgeEnds[],
): ReadonlyMap<string, EdgeRoute> {
  const sided = sidedEdges(boxes, edges);
  const ports = edgePorts(sided);
  const index = indexBoxes(boxes.values());
  const lines = new Map<string, readonly Position[]>();
  for (const { edge, source, target, from } of sided) {
    const between = ports.get(edge.id);
    if (between === undefined) continue;
    const line =
      edge.source === edge.target
        ? loopAround(source, between.start, between.end)
        : routeBetween(between.start, between.end, from, index, source, target);
    lines.set(edge.id, withoutStraightPoints(line));
  }
  const routes = new Map<string, EdgeRoute>();
  for (const [id, points] of separateLanes(lines, index)) routes.set(id, { points, label: longestMiddle(points) });
  return routes;
}

function loopAround(box: Box, start: Position, end: Position): readonly Position[] {
  const out = box.x + box.width + 24;
  const above = box.y - 24;
  return [start, { x: out, y: start.y }, { x: out, y: above }, { x: end.x, y: above }, end];
}

function withoutStraightPoints(points: readonly Position[]): readonly Position[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (before === undefined || after === undefined) return true;
    const alongX = before.y === point.y && point.y === after.y;
    const alongY = before.x === point.x && point.x === after.x;
    return !alongX && !alongY;
  });
}

function longestMiddle(points: readonly Position[]): Position {
  let middle: Position = points[0] ?? { x: 0, y: 0 };
  let longest = -1;
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1];
    const to = points[index];
    if (from === undefined || to === undefined) continue;
    const stretch = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
    if (stretch > longest) {
      longest = stretch;
      middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    }
  }
  return middle;
}

/** SVG path of a route with corners rounded by at most `radius`. */
export function roundedPath(points: readonly Position[], radius = 8): string {
  const [start] = points;
  if (start === undefined) return "";
  const text = (value: number): string => String(Math.round(value * 100) / 100);
  let path = `M${text(start.x)} ${text(start.y)}`;
  for (let index = 1; index < points.length; index++) {
    const before = points[index - 1];
    const corner = points[index];
    const after = points[index + 1];
    if (before === undefined || corner === undefined) continue;
    if (after === undefined) {
      path += `L${text(corner.x)} ${text(corner.y)}`;
      continue;
    }
    const room = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const enter = toward(corner, before, room);
    const leave = toward(corner, after, room);
    path += `L${text(enter.x)} ${text(enter.y)}Q${text(corner.x)} ${text(corner.y)} ${text(leave.x)} ${text(leave.y)}`;
  }
  return path;
}

function distance(from: Position, to: Position): number {
  return Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
}

function toward(from: Position, to: Position, by: number): Position {
  const whole = distance(from, to);
  if (whole === 0) return from;
  return { x: from.x + ((to.x - from.x) / whole) * by, y: from.y + ((to.y - from.y) / whole) * by };
}
