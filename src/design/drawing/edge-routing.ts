import type { Position } from "../document.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface EdgeEnds {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

/** An orthogonal line between two boxes. Consecutive points differ in one coordinate. */
export interface EdgeRoute {
  readonly points: readonly Position[];
  /** Middle of the longest stretch: where a label has most room. */
  readonly label: Position;
}

type Side = "left" | "right" | "top" | "bottom";

interface Port {
  readonly position: Position;
  /** The only port of its side. */
  readonly alone: boolean;
  /** Place among the ports of its side, from the middle: …, −1, 0, 1, … */
  readonly lane: number;
}

const gapForFacingSides = 28;
const stub = 14;
const laneWidth = 8;
const mostPortSpacing = 18;
const clearance = 12;
const mostJogToStraighten = 26;

/**
 * Routes every edge between the facing sides of its boxes: ports on a side are ordered by where their edges lead, so that
 * neighbours do not cross; the turning lane is the one that runs through the fewest boxes. Deterministic. Cost grows as
 * edges × candidate lanes × boxes near the edge.
 */
export function routeEdges(
  boxes: ReadonlyMap<string, Box>,
  edges: readonly EdgeEnds[],
): ReadonlyMap<string, EdgeRoute> {
  const sided = edges.flatMap((edge) => {
    const source = boxes.get(edge.source);
    const target = boxes.get(edge.target);
    if (source === undefined || target === undefined) return [];
    return [{ edge, source, target, ...facingSides(source, target, edge.source === edge.target) }];
  });
  const ports = portsOf(sided);
  straighten(sided, ports);
  const all = [...boxes];
  const routes = new Map<string, EdgeRoute>();
  for (const { edge, source, target, from } of sided) {
    const start = ports.get(`${edge.id}>`);
    const end = ports.get(`>${edge.id}`);
    if (start === undefined || end === undefined) continue;
    if (edge.source === edge.target) {
      routes.set(edge.id, withLabel(loopAround(source)));
      continue;
    }
    const obstacles = obstaclesBetween(all, edge, source, target);
    const flip = from === "top" || from === "bottom";
    const turned = (position: Position): Position => (flip ? { x: position.y, y: position.x } : position);
    const line = routeAlong(
      turned(start.position),
      turned(end.position),
      start.lane,
      from === "right" || from === "bottom" ? 1 : -1,
      flip ? obstacles.map(({ x, y, width, height }) => ({ x: y, y: x, width: height, height: width })) : obstacles,
    );
    routes.set(edge.id, withLabel(line.map(turned)));
  }
  return routes;
}

function facingSides(source: Box, target: Box, same: boolean): { readonly from: Side; readonly to: Side } {
  if (same) return { from: "right", to: "top" };
  if (target.x - (source.x + source.width) >= gapForFacingSides) return { from: "right", to: "left" };
  if (target.y - (source.y + source.height) >= gapForFacingSides) return { from: "bottom", to: "top" };
  if (source.y - (target.y + target.height) >= gapForFacingSides) return { from: "top", to: "bottom" };
  if (source.x - (target.x + target.width) >= gapForFacingSides) return { from: "left", to: "right" };
  return { from: "right", to: "left" };
}

interface SidedEdge {
  readonly edge: EdgeEnds;
  readonly source: Box;
  readonly target: Box;
  readonly from: Side;
  readonly to: Side;
}

function portsOf(edges: readonly SidedEdge[]): Map<string, Port> {
  const bySide = new Map<
    string,
    { readonly key: string; readonly box: Box; readonly side: Side; readonly toward: number }[]
  >();
  const add = (node: string, side: Side, key: string, box: Box, other: Box): void => {
    const vertical = side === "left" || side === "right";
    const toward = vertical ? other.y + other.height / 2 : other.x + other.width / 2;
    const list = bySide.get(`${node}|${side}`) ?? [];
    list.push({ key, box, side, toward });
    bySide.set(`${node}|${side}`, list);
  };
  for (const { edge, source, target, from, to } of edges) {
    add(edge.source, from, `${edge.id}>`, source, target);
    add(edge.target, to, `>${edge.id}`, target, source);
  }
  const ports = new Map<string, Port>();
  for (const list of bySide.values()) {
    // A stable sort: equal ends keep the order of the file.
    const ordered = [...list].sort((first, second) => first.toward - second.toward);
    for (const [index, { key, box, side }] of ordered.entries()) {
      const lane = index - (ordered.length - 1) / 2;
      ports.set(key, { position: portPosition(box, side, lane, ordered.length), lane, alone: ordered.length === 1 });
    }
  }
  return ports;
}

/** An edge whose ends almost face each other becomes one straight line: the end that has its side to itself gives way. */
function straighten(edges: readonly SidedEdge[], ports: Map<string, Port>): void {
  for (const { edge, source, target, from } of edges) {
    const start = ports.get(`${edge.id}>`);
    const end = ports.get(`>${edge.id}`);
    if (start === undefined || end === undefined || edge.source === edge.target) continue;
    const axis = from === "left" || from === "right" ? "y" : "x";
    const apart = Math.abs(start.position[axis] - end.position[axis]);
    if (apart === 0 || apart > mostJogToStraighten) continue;
    if (end.alone && isOnSide(target, axis, start.position[axis])) {
      ports.set(`>${edge.id}`, { ...end, position: { ...end.position, [axis]: start.position[axis] } });
    } else if (start.alone && isOnSide(source, axis, end.position[axis])) {
      ports.set(`${edge.id}>`, { ...start, position: { ...start.position, [axis]: end.position[axis] } });
    }
  }
}

function isOnSide(box: Box, axis: "x" | "y", at: number): boolean {
  const low = axis === "x" ? box.x : box.y;
  const length = axis === "x" ? box.width : box.height;
  return at >= low + 10 && at <= low + length - 10;
}

function portPosition(box: Box, side: Side, lane: number, count: number): Position {
  const length = side === "left" || side === "right" ? box.height : box.width;
  const offset = length / 2 + lane * Math.min(mostPortSpacing, (length - 16) / Math.max(1, count));
  switch (side) {
    case "left":
      return { x: box.x, y: box.y + offset };
    case "right":
      return { x: box.x + box.width, y: box.y + offset };
    case "top":
      return { x: box.x + offset, y: box.y };
    case "bottom":
      return { x: box.x + offset, y: box.y + box.height };
  }
}

/** Boxes that could stand in the way: those that touch the rectangle around both ends. */
function obstaclesBetween(
  all: readonly (readonly [string, Box])[],
  edge: EdgeEnds,
  source: Box,
  target: Box,
): readonly Box[] {
  const margin = 60;
  const left = Math.min(source.x, target.x) - margin;
  const right = Math.max(source.x + source.width, target.x + target.width) + margin;
  const top = Math.min(source.y, target.y) - margin;
  const bottom = Math.max(source.y + source.height, target.y + target.height) + margin;
  const near: Box[] = [];
  for (const [id, box] of all) {
    if (id === edge.source || id === edge.target) continue;
    if (box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top) near.push(box);
  }
  return near;
}

/** From a side that faces along x (direction 1 right, −1 left) to the opposite side of the other box. */
function routeAlong(
  start: Position,
  end: Position,
  lane: number,
  direction: 1 | -1,
  obstacles: readonly Box[],
): readonly Position[] {
  if (Math.abs(start.y - end.y) < 0.5) {
    const straight = [start, end];
    if (crossings(straight, obstacles) === 0) return straight;
  }
  const span = (end.x - start.x) * direction;
  const down = end.y > start.y;
  const middle = start.x + direction * Math.max(stub, span / 2);
  const shift = (down ? -lane : lane) * laneWidth * direction;
  const first = start.x + direction * stub;
  const last = end.x - direction * stub;
  const lanes = [middle + shift, ...besides(obstacles, first, last)].filter(
    (x) => (x - first) * direction >= 0 && (last - x) * direction >= 0,
  );
  const candidates = (lanes.length > 0 ? lanes : [middle]).map((x) => [start, { x, y: start.y }, { x, y: end.y }, end]);
  const best = cheapest(candidates, obstacles, middle);
  if (crossings(best, obstacles) === 0) return best;
  // Around: leave, turn into a corridor beside what stands in the way, come back.
  const corridors = obstacles.flatMap((box) => [
    box.y - clearance + shift / 2,
    box.y + box.height + clearance + shift / 2,
  ]);
  const around = corridors.flatMap((y) =>
    [first + shift / 2, middle + shift].flatMap((out) =>
      [last + shift / 2, middle + shift].map((back) => [
        start,
        { x: out, y: start.y },
        { x: out, y },
        { x: back, y },
        { x: back, y: end.y },
        end,
      ]),
    ),
  );
  return cheapest([best, ...around], obstacles, middle);
}

function besides(obstacles: readonly Box[], first: number, last: number): readonly number[] {
  const low = Math.min(first, last);
  const high = Math.max(first, last);
  return obstacles
    .flatMap((box) => [box.x - clearance, box.x + box.width + clearance])
    .filter((x) => x >= low && x <= high);
}

function cheapest(
  candidates: readonly (readonly Position[])[],
  obstacles: readonly Box[],
  middle: number,
): readonly Position[] {
  let best: readonly Position[] = candidates[0] ?? [];
  let bestCost = Number.POSITIVE_INFINITY;
  for (const points of candidates) {
    const turning = points[1]?.x ?? middle;
    const cost =
      crossings(points, obstacles) * 2000 + length(points) + points.length * 12 + Math.abs(turning - middle) * 0.2;
    if (cost < bestCost - 1e-9) {
      best = points;
      bestCost = cost;
    }
  }
  return best;
}

function length(points: readonly Position[]): number {
  let sum = 0;
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1];
    const to = points[index];
    if (from !== undefined && to !== undefined) sum += Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
  }
  return sum;
}

/** How many stretches run through a box (with a little room around it). */
function crossings(points: readonly Position[], obstacles: readonly Box[]): number {
  const room = 4;
  let count = 0;
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1];
    const to = points[index];
    if (from === undefined || to === undefined) continue;
    const left = Math.min(from.x, to.x);
    const right = Math.max(from.x, to.x);
    const top = Math.min(from.y, to.y);
    const bottom = Math.max(from.y, to.y);
    for (const box of obstacles) {
      if (
        left < box.x + box.width + room &&
        right > box.x - room &&
        top < box.y + box.height + room &&
        bottom > box.y - room
      )
        count += 1;
    }
  }
  return count;
}

function loopAround(box: Box): readonly Position[] {
  const right = box.x + box.width;
  return [
    { x: right, y: box.y + box.height / 2 },
    { x: right + 24, y: box.y + box.height / 2 },
    { x: right + 24, y: box.y - 24 },
    { x: box.x + box.width / 2, y: box.y - 24 },
    { x: box.x + box.width / 2, y: box.y },
  ];
}

function withLabel(points: readonly Position[]): EdgeRoute {
  const kept = points.filter((point, index) => {
    const before = points[index - 1];
    const after = points[index + 1];
    if (before === undefined || after === undefined) return true;
    const alongX = before.y === point.y && point.y === after.y;
    const alongY = before.x === point.x && point.x === after.x;
    return !alongX && !alongY;
  });
  let label: Position = kept[0] ?? { x: 0, y: 0 };
  let longest = -1;
  for (let index = 1; index < kept.length; index++) {
    const from = kept[index - 1];
    const to = kept[index];
    if (from === undefined || to === undefined) continue;
    const stretch = Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
    if (stretch > longest) {
      longest = stretch;
      label = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    }
  }
  return { points: kept, label };
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
