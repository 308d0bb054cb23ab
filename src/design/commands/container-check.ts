import type { Design } from "../document.ts";
import { checkId } from "../file/check-references.ts";
import { type FaultList, type Path, quote } from "../file/fault.ts";
import type { KindDirectory } from "../kind-directory.ts";

/** The parent, if one is named, must be a container of the design. */
export function checkContainer(
  design: Design,
  parent: string | null | undefined,
  kinds: KindDirectory,
  path: Path,
  faults: FaultList,
): void {
  if (parent === null || parent === undefined) return;
  checkId(parent, path, design.nodes, "node", faults);
  const holder = design.nodes.get(parent);
  if (holder === undefined || kinds.isContainer(holder.kind)) return;
  faults.add({
    code: "not-allowed",
    path,
    message: `${quote(parent)} is a ${quote(holder.kind)}, which cannot hold other nodes.`,
    expected: "the id of a container",
  });
}
