import type { Command, Position } from "../document.ts";
import { FaultList } from "../file/fault.ts";
import { edgesAmong, selectionOf } from "../fragment.ts";
import { type IdGenerator, insertCopies } from "./insert-copies.ts";
import { judge, refuseUnknown } from "./outcome.ts";

export interface DuplicateItemsArgs {
  /** Nodes and annotations; what is inside containers comes along, and so do the edges among the copied nodes. */
  readonly ids: readonly string[];
  readonly newId: IdGenerator;
  /** Added to the positions of the outermost copies, which stay in the containers of their originals. */
  readonly offset: Position;
}

export const duplicateItems: Command<DuplicateItemsArgs> = (design, { ids, newId, offset }) => {
  const known = (id: string) => design.nodes.has(id) || design.annotations.has(id) || design.edges.has(id);
  const unknown = ids.find((id) => !known(id));
  if (unknown !== undefined) return refuseUnknown("nodes", unknown);
  const chosen = selectionOf(design, ids);
  const faults = new FaultList();
  const source = {
    nodes: [...design.nodes.values()].filter((node) => chosen.has(node.id)),
    edges: edgesAmong(design, chosen),
    annotations: [...design.annotations.values()].filter((item) => chosen.has(item.id)),
  };
  const copied = insertCopies(design, source, newId, offset, undefined, faults);
  return judge(faults, () => copied);
};
