import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api.js";
import type { Design, DesignNode, Position } from "#src/design/document.ts";
import { childrenOf } from "#src/design/queries.ts";
import { containerPadding, nodeSize, type Placement } from "#src/design/quick-layout.ts";

const spacing: Readonly<Record<string, string>> = {
  // Room between columns for the lines to turn and for a label.
  "elk.layered.spacing.nodeNodeBetweenLayers": "96",
  "elk.layered.spacing.edgeNodeBetweenLayers": "24",
  "elk.spacing.nodeNode": "32",
  "elk.spacing.edgeNode": "20",
  "elk.spacing.edgeEdge": "14",
};

/** Layered from left to right; the order of the file decides between equals, so that repeated layouts are alike. */
const layoutOptions: Readonly<Record<string, string>> = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.randomSeed": "1",
  ...spacing,
};

const { top, side, bottom } = containerPadding;
const containerOptions: Readonly<Record<string, string>> = {
  // Containers do not take over the spacing of what holds them.
  ...spacing,
  "elk.padding": `[top=${top},left=${side},bottom=${bottom},right=${side}]`,
  "elk.nodeSize.constraints": "MINIMUM_SIZE",
  "elk.nodeSize.minimum": "(260,140)",
};

export function toElkGraph(design: Design): ElkNode {
  const parents = new Set<string>();
  for (const node of design.nodes.values()) {
    if (node.parent !== undefined) parents.add(node.parent);
  }
  const isContainer = (node: DesignNode) => parents.has(node.id) || node.size !== undefined;
  const toElk = (node: DesignNode): ElkNode =>
    isContainer(node)
      ? { id: node.id, layoutOptions: containerOptions, children: childrenOf(design, node.id).map(toElk) }
      : { id: node.id, ...nodeSize };
  const edges: ElkExtendedEdge[] = [];
  for (const edge of design.edges.values()) {
    if (edge.source !== edge.target) edges.push({ id: edge.id, sources: [edge.source], targets: [edge.target] });
  }
  return { id: "\u0000design", layoutOptions, children: childrenOf(design, null).map(toElk), edges };
}

/** Positions as ELK gives them: relative to the parent, rounded to whole canvas units. */
export function placementOf(laidOut: ElkNode): Placement {
  const positions = new Map<string, Position>();
  const sizes = new Map<string, { width: number; height: number }>();
  const pending = [...(laidOut.children ?? [])];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    positions.set(node.id, { x: Math.round(node.x ?? 0), y: Math.round(node.y ?? 0) });
    if (node.children === undefined) continue;
    sizes.set(node.id, { width: Math.ceil(node.width ?? 0), height: Math.ceil(node.height ?? 0) });
    pending.push(...node.children);
  }
  return { positions, sizes };
}
