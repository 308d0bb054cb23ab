import type { Design } from "#src/design/document.ts";

/** Edges that join a node of a path to a later one: the way that its requests take. */
export function edgesAlong(design: Design, nodes: readonly string[]): readonly string[] {
  const place = new Map(nodes.map((id, index) => [id, index]));
  return [...design.edges.values()]
    .filter(({ source, target }) => (place.get(source) ?? Number.POSITIVE_INFINITY) < (place.get(target) ?? -1))
    .map((edge) => edge.id);
}
