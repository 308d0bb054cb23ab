import type { Position } from "../document.ts";
import type { Box } from "./box.ts";

export interface EdgeEnds {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

export type Side = "left" | "right" | "top" | "bottom";

/** An edge with its boxes and the sides on which it leaves and arrives. */
export interface SidedEdge {
  readonly edge: EdgeEnds;
  readonly source: Box;
  readonly target: Box;
  readonly from: Side;
  readonly to: Side;
}

/** Where the line of an edge starts and ends. */
export interface EdgePorts {
  readonly start: Position;
  readonly end: Position;
}

interface Port {
  readonly position: Position;
  /** The only port of its side. */
  readonly alone: boolean;
}

const gapForFacingSides = 28;
const mostPortSpacing = 18;
const mostJogToStraighten = 26;

/** Edges between boxes that exist, each with the sides that face each other. */
export function sidedEdges(boxes: ReadonlyMap<string, Box>, edges: readonly EdgeEnds[]): readonly SidedEdge[] {
  return edges.flatMap((edge) => {
    const source = boxes.get(edge.source);
    const target = boxes.get(edge.target);
    if (source === undefined || target === undefined) return [];
    return [{ edge, source, target, ...facingSides(source, target, edge.source === edge.target) }];
  });
}

/** Ports by edge id. Those of one side stand in the order of where their edges lead, so that neighbours do not cross. */
export function edgePorts(edges: readonly SidedEdge[]): ReadonlyMap<string, EdgePorts> {
  const ports = portsOf(edges);
  straighten(edges, ports);
  const found = new Map<string, EdgePorts>();
  for (const { edge } of edges) {
    const start = ports.get(`${edge.id}>`);
    const end = ports.get(`>${edge.id}`);
    if (start !== undefined && end !== undefined) found.set(edge.id, { start: start.position, end: end.position });
  }
  return found;
}

/** To the right whenever there is room, as calls are read; to the left only when it is further than up or down. */
function facingSides(source: Box, target: Box, same: boolean): { readonly from: Side; readonly to: Side } {
  if (same) return { from: "right", to: "top" };
  const right = target.x - (source.x + source.width);
  const left = source.x - (target.x + target.width);
  const below = target.y - (source.y + source.height);
  const above = source.y - (target.y + target.height);
  const upright = Math.max(below, above);
  if (right >= gapForFacingSides) return { from: "right", to: "left" };
  if (left >= gapForFacingSides && left >= upright) return { from: "left", to: "right" };
  if (below >= gapForFacingSides) return { from: "bottom", to: "top" };
  if (above >= gapForFacingSides) return { from: "top", to: "bottom" };
  if (left >= gapForFacingSides) return { from: "left", to: "right" };
  return { from: "right", to: "left" };
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
      ports.set(key, { position: portPosition(box, side, lane, ordered.length), alone: ordered.length === 1 });
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
