import type { Annotation, Design, DesignEdge, DesignNode, Journey, Position } from "./document.ts";

/** Nodes that stand directly in a container (in the open canvas when null), in file order. */
export function childrenOf(design: Design, container: string | null): DesignNode[] {
  const children: DesignNode[] = [];
  for (const node of design.nodes.values()) {
    if ((node.parent ?? null) === container) children.push(node);
  }
  return children;
}

/** Ids of everything inside a container at any depth, nearest first; without the container itself. */
export function descendantsOf(design: Design, container: string): string[] {
  const byParent = new Map<string, string[]>();
  for (const node of design.nodes.values()) {
    if (node.parent === undefined) continue;
    const siblings = byParent.get(node.parent);
    if (siblings === undefined) byParent.set(node.parent, [node.id]);
    else siblings.push(node.id);
  }
  const found: string[] = [];
  const seen = new Set([container]);
  let level = [container];
  while (level.length > 0) {
    const next: string[] = [];
    for (const parent of level) {
      for (const child of byParent.get(parent) ?? []) {
        if (seen.has(child)) continue;
        seen.add(child);
        next.push(child);
      }
    }
    found.push(...next);
    level = next;
  }
  return found;
}

/** Containers around a node, innermost first. */
export function ancestorsOf(design: Design, node: string): string[] {
  const ancestors: string[] = [];
  let parent = design.nodes.get(node)?.parent;
  while (parent !== undefined && !ancestors.includes(parent)) {
    ancestors.push(parent);
    parent = design.nodes.get(parent)?.parent;
  }
  return ancestors;
}

/** Edges that leave a node, in file order: their place is the default of `order`. */
export function edgesFrom(design: Design, source: string): DesignEdge[] {
  return [...design.edges.values()].filter((edge) => edge.source === source);
}

/** Edges that reach a node, in file order. */
export function edgesTo(design: Design, target: string): DesignEdge[] {
  return [...design.edges.values()].filter((edge) => edge.target === target);
}

export function journeysFrom(design: Design, source: string): Journey[] {
  return [...design.journeys.values()].filter((journey) => journey.source === source);
}

/**
 * Place of a node or annotation on the canvas, in canvas units: the sum of its own and its containers' positions. Null when
 * any of them has no position yet (it is then placed by automatic layout).
 */
export function absolutePosition(design: Design, id: string): Position | null {
  let item: DesignNode | Annotation | undefined = design.nodes.get(id) ?? design.annotations.get(id);
  let x = 0;
  let y = 0;
  const seen = new Set<string>();
  while (item !== undefined && !seen.has(item.id)) {
    if (item.position === undefined) return null;
    seen.add(item.id);
    x += item.position.x;
    y += item.position.y;
    if (item.parent === undefined) return { x, y };
    item = design.nodes.get(item.parent);
  }
  return null;
}

/** True when some node has no position, so that automatic layout has work to do. */
export function needsLayout(design: Design): boolean {
  for (const node of design.nodes.values()) {
    if (node.position === undefined) return true;
  }
  return false;
}
