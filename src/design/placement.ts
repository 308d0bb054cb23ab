import type { Design, DesignNode, Position } from "./document.ts";

/** Where an automatic layout puts nodes: positions relative to the parent, and sizes of containers. */
export interface Placement {
  readonly positions: ReadonlyMap<string, Position>;
  readonly sizes: ReadonlyMap<string, { readonly width: number; readonly height: number }>;
}

/** Moves nodes and sizes containers; ids that the design does not have, or no longer has, are passed over. */
export function applyPlacement(design: Design, placement: Placement): Design {
  const nodes = new Map<string, DesignNode>();
  for (const node of design.nodes.values()) {
    const position = placement.positions.get(node.id);
    const size = placement.sizes.get(node.id);
    nodes.set(node.id, {
      ...node,
      ...(position === undefined ? {} : { position }),
      ...(size === undefined ? {} : { size }),
    });
  }
  return { ...design, nodes };
}
