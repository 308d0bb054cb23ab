import type { Command, Position } from "../document.ts";
import { FaultList } from "../file/fault.ts";
import type { Fragment } from "../fragment.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { checkContainer } from "./container-check.ts";
import { type IdGenerator, insertCopies } from "./insert-copies.ts";
import { judge } from "./outcome.ts";

export interface PasteFragmentArgs {
  readonly fragment: Fragment;
  readonly newId: IdGenerator;
  /** Added to the positions of the outermost items, which are absolute. */
  readonly offset: Position;
  /** The container that takes the outermost items, whose positions are then relative to it; the open canvas when absent. */
  readonly parent?: string;
  readonly kinds: KindDirectory;
}

export const pasteFragment: Command<PasteFragmentArgs> = (design, { fragment, newId, offset, parent, kinds }) => {
  const faults = new FaultList();
  checkContainer(design, parent, kinds, ["nodes"], faults);
  const pasted = insertCopies(design, fragment, newId, offset, parent ?? null, faults);
  return judge(faults, () => pasted);
};
