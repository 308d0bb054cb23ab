import { succeed } from "#src/base/result.ts";
import type { Command, DesignEdge } from "../document.ts";
import { edgesFrom } from "../queries.ts";
import { pathOf, refuse, refuseUnknown } from "./outcome.ts";

export interface ReorderEdgeArgs {
  readonly id: string;
  /** New place among the edges of the same source, from 0; their order is the order of the calls. */
  readonly place: number;
}

/** Edges of other sources stay where they are in the file. */
export const reorderEdge: Command<ReorderEdgeArgs> = (design, { id, place }) => {
  const edge = design.edges.get(id);
  if (edge === undefined) return refuseUnknown("edges", id);
  const siblings = edgesFrom(design, edge.source);
  if (!Number.isInteger(place) || place < 0 || place >= siblings.length) {
    return refuse({
      code: "bad-value",
      path: pathOf(design, "edges", id),
      message: `${place} is no place among ${siblings.length} edges.`,
      expected: `a whole number from 0 to ${siblings.length - 1}`,
    });
  }
  if (siblings[place] === edge) return succeed(design);
  const ordered = siblings.filter((sibling) => sibling !== edge);
  ordered.splice(place, 0, edge);
  const next = ordered.values();
  const edges = new Map<string, DesignEdge>();
  for (const current of design.edges.values()) {
    const taken = current.source === edge.source ? (next.next().value ?? current) : current;
    edges.set(taken.id, taken);
  }
  return succeed({ ...design, edges });
};
