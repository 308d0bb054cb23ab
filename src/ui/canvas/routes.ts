import type { Design, DesignEdge } from "#src/design/document.ts";
import { type Box, type EdgeRoute, routeEdges } from "#src/design/drawing/edge-routing.ts";

export type Routes = ReadonlyMap<string, EdgeRoute>;

/** Below this many edges all of them are routed on every frame of a drag; above it only those at what moves. */
const mostEdgesRoutedWhole = 60;

/** Routes between cards; containers are no obstacles. Routes that come out as before keep their identity. */
export function routeAll(edges: Iterable<DesignEdge>, cards: ReadonlyMap<string, Box>, before: Routes): Routes {
  return keepingIdentity(routeEdges(cards, [...edges]), before);
}

/** Routes while parts move: what does not touch them stays as it is. */
export function routeMoved(
  design: Design,
  cards: ReadonlyMap<string, Box>,
  moved: ReadonlySet<string>,
  before: Routes,
): Routes {
  const { edges } = design;
  if (edges.size <= mostEdgesRoutedWhole) return routeAll(edges.values(), cards, before);
  const touching: DesignEdge[] = [];
  const ends = new Set<string>();
  for (const edge of edges.values()) {
    if (!moved.has(edge.source) && !moved.has(edge.target)) continue;
    touching.push(edge);
    ends.add(edge.source).add(edge.target);
  }
  // Edges that share a side decide together where they leave it.
  const sharing = [...edges.values()].filter((edge) => ends.has(edge.source) || ends.has(edge.target));
  const routed = routeEdges(cards, sharing);
  const routes = new Map(before);
  for (const { id } of touching) {
    const route = routed.get(id);
    if (route !== undefined) routes.set(id, sameRoute(before.get(id), route));
  }
  return routes;
}

function keepingIdentity(routes: Routes, before: Routes): Routes {
  const kept = new Map<string, EdgeRoute>();
  for (const [id, route] of routes) kept.set(id, sameRoute(before.get(id), route));
  return kept;
}

function sameRoute(before: EdgeRoute | undefined, after: EdgeRoute): EdgeRoute {
  if (before === undefined || before.points.length !== after.points.length) return after;
  const isSame = before.points.every((point, index) => {
    const other = after.points[index];
    return other !== undefined && point.x === other.x && point.y === other.y;
  });
  return isSame ? before : after;
}

/** True when both designs lead every edge along the same lines: places, holders, sizes and ends are the same. */
export function sameGeometry(before: Design, after: Design): boolean {
  if (before.nodes === after.nodes && before.edges === after.edges) return true;
  if (before.nodes.size !== after.nodes.size || before.edges.size !== after.edges.size) return false;
  for (const [id, node] of after.nodes) {
    const other = before.nodes.get(id);
    if (other === node) continue;
    if (other?.parent !== node.parent || other?.kind !== node.kind) return false;
    if (other?.position?.x !== node.position?.x || other?.position?.y !== node.position?.y) return false;
    if (other?.size?.width !== node.size?.width || other?.size?.height !== node.size?.height) return false;
  }
  for (const [id, edge] of after.edges) {
    const other = before.edges.get(id);
    if (other === edge) continue;
    if (other?.source !== edge.source || other?.target !== edge.target) return false;
  }
  return true;
}
