import type { Command, Position } from "../document.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { moveNodes } from "./move-nodes.ts";
import { setParent } from "./set-parent.ts";

export interface DropItemsArgs {
  /** New places, relative to the containers that the items are in before. */
  readonly positions: ReadonlyMap<string, Position>;
  /** The items that go into the container; what is inside one of them stays inside it. */
  readonly ids: readonly string[];
  /** The container that they are dropped into; null for the open canvas. */
  readonly parent: string | null;
  readonly kinds: KindDirectory;
}

/** Moves items and puts them into the container, or out of all, where they were let go. */
export const dropItems: Command<DropItemsArgs> = (design, { positions, ids, parent, kinds }) => {
  const moved = moveNodes(design, { positions });
  return moved.ok ? setParent(moved.value, { ids, parent, kinds }) : moved;
};
