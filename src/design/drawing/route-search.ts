import type { Position } from "../document.ts";
import type { Box } from "./box.ts";
import type { Area, BoxIndex } from "./box-index.ts";
import type { Side } from "./edge-ports.ts";

/** Room between a side and the first turn. */
const stub = 14;
/** Room between a line and a box that it goes around. */
const clearance = 12;
/** Boxes further than this outside the rectangle around both ends are never gone around. */
const searchMargin = 60;
/** Turns and corridors that are tried, nearest to the straight way first. */
const mostTurns = 16;
const mostCorridors = 10;

/** The world seen so that the line leaves along x, to the right: `turn` goes there and back. */
interface View {
  readonly turn: (position: Position) => Position;
  readonly boxesIn: (area: Area) => readonly Box[];
}

/** A line from a side to the side that faces it: straight, with one turn, or around what stands in the way. */
export function routeBetween(
  start: Position,
  end: Position,
  from: Side,
  index: BoxIndex,
  source: Box,
  target: Box,
): readonly Position[] {
  const view = viewFrom(from, index, source, target);
  return routeAlong(view.turn(start), view.turn(end), view).map(view.turn);
}

function viewFrom(from: Side, index: BoxIndex, source: Box, target: Box): View {
  const sign = from === "right" || from === "bottom" ? 1 : -1;
  const flip = from === "top" || from === "bottom";
  const other = (box: Box) => box !== source && box !== target;
  // Mirrored by the sign, then transposed; both undo themselves in the reverse order.
  const turn = flip
    ? (position: Position): Position => ({ x: sign * position.y, y: sign * position.x })
    : (position: Position): Position => ({ x: sign * position.x, y: sign * position.y });
  const boxOf = (box: Box): Box => {
    const first = turn({ x: box.x, y: box.y });
    const last = turn({ x: box.x + box.width, y: box.y + box.height });
    return {
      x: Math.min(first.x, last.x),
      y: Math.min(first.y, last.y),
      width: Math.abs(last.x - first.x),
      height: Math.abs(last.y - first.y),
    };
  };
  return {
    turn,
    boxesIn(area) {
      const first = turn({ x: area.left, y: area.top });
      const last = turn({ x: area.right, y: area.bottom });
      return index
        .touching({
          left: Math.min(first.x, last.x),
          right: Math.max(first.x, last.x),
          top: Math.min(first.y, last.y),
          bottom: Math.max(first.y, last.y),
        })
        .filter(other)
        .map(boxOf);
    },
  };
}

function routeAlong(start: Position, end: Position, view: View): readonly Position[] {
  if (Math.abs(start.y - end.y) < 0.5) {
    const straight = [start, { x: end.x, y: start.y }];
    if (crossings(straight, view) === 0) return straight;
  }
  const middle = start.x + Math.max(stub, (end.x - start.x) / 2);
  const direct = throughTurn(start, end, middle);
  if (crossings(direct, view) === 0) return direct;
  const first = start.x + stub;
  const last = end.x - stub;
  const obstacles = view.boxesIn({
    left: Math.min(start.x, end.x) - searchMargin,
    right: Math.max(start.x, end.x) + searchMargin,
    top: Math.min(start.y, end.y) - searchMargin,
    bottom: Math.max(start.y, end.y) + searchMargin,
  });
  const turns = nearest(
    obstacles
      .flatMap((box) => [box.x - clearance, box.x + box.width + clearance])
      .filter((x) => x >= first && x <= last),
    middle,
    mostTurns,
  );
  const best = cheapest([direct, ...turns.map((x) => throughTurn(start, end, x))], view, middle);
  if (crossings(best, view) === 0) return best;
  // Around: leave, turn into a corridor beside what stands in the way, come back.
  const corridors = nearest(
    obstacles.flatMap((box) => [box.y - clearance, box.y + box.height + clearance]),
    (start.y + end.y) / 2,
    mostCorridors,
  );
  const around = corridors.flatMap((y) =>
    [...new Set([first, middle])].flatMap((out) =>
      [...new Set([last, middle])].map((back) => [
        start,
        { x: out, y: start.y },
        { x: out, y },
        { x: back, y },
        { x: back, y: end.y },
        end,
      ]),
    ),
  );
  return cheapest([best, ...around], view, middle);
}

function throughTurn(start: Position, end: Position, x: number): readonly Position[] {
  return [start, { x, y: start.y }, { x, y: end.y }, end];
}

/** The values nearest to a place, each once, nearest first. */
function nearest(values: readonly number[], place: number, most: number): readonly number[] {
  return [...new Set(values)]
    .sort((first, second) => Math.abs(first - place) - Math.abs(second - place) || first - second)
    .slice(0, most);
}

/** A line through a box is worse than any way around it; a turn costs a little, so does turning off the middle. */
function cheapest(candidates: readonly (readonly Position[])[], view: View, middle: number): readonly Position[] {
  let best: readonly Position[] = candidates[0] ?? [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (const points of candidates) {
    const turning = points[1]?.x ?? middle;
    const around = lengthOf(points) + points.length * 12 + Math.abs(turning - middle) * 0.2;
    if (around >= bestCost) continue;
    const cost = crossings(points, view) * 2000 + around;
    if (cost < bestCost - 1e-9) {
      best = points;
      bestCost = cost;
    }
  }
  return best;
}

function lengthOf(points: readonly Position[]): number {
  let sum = 0;
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1];
    const to = points[index];
    if (from !== undefined && to !== undefined) sum += Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
  }
  return sum;
}

/** How often a stretch runs through a box (with a little room around it). */
function crossings(points: readonly Position[], view: View): number {
  const room = 4;
  let count = 0;
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1];
    const to = points[index];
    if (from === undefined || to === undefined) continue;
    count += view.boxesIn({
      left: Math.min(from.x, to.x) - room,
      right: Math.max(from.x, to.x) + room,
      top: Math.min(from.y, to.y) - room,
      bottom: Math.max(from.y, to.y) + room,
    }).length;
  }
  return count;
}
