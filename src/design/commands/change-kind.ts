import type { Command, Settings } from "../document.ts";
import { checkKind } from "../file/check-references.ts";
import { FaultList, quote } from "../file/fault.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { childrenOf } from "../queries.ts";
import { withFittingNodeRanges } from "../ranges.ts";
import { judge, omit, pathOf, put, refuse, refuseUnknown } from "./outcome.ts";

export interface ChangeKindArgs {
  readonly id: string;
  readonly kind: string;
  /** Settings to take along; those that the new kind does not accept are left behind. All when absent. */
  readonly keep?: readonly string[];
  readonly kinds: KindDirectory;
}

/** The node becomes another kind and keeps its name, place, edges and the settings that still mean something. */
export const changeKind: Command<ChangeKindArgs> = (design, { id, kind, keep, kinds }) => {
  const node = design.nodes.get(id);
  if (node === undefined) return refuseUnknown("nodes", id);
  const path = pathOf(design, "nodes", id);
  const holds =
    [...design.annotations.values()].some((item) => item.parent === id) || childrenOf(design, id).length > 0;
  if (kinds.has(kind) && !kinds.isContainer(kind) && holds) {
    const message = `${quote(id)} holds other nodes, and a ${quote(kind)} cannot.`;
    return refuse({ code: "not-allowed", path: [...path, "kind"], message, expected: "a kind of container" });
  }
  const { settings, ...rest } = kinds.isContainer(kind) ? node : omit(node, "size");
  const kept = Object.entries(settings ?? {}).filter(([key]) => keep?.includes(key) ?? true);
  const accepted = kinds.has(kind) ? acceptedSettings(kind, Object.fromEntries(kept), kinds) : {};
  const changed = withFittingNodeRanges(
    { ...rest, kind, ...(Object.keys(accepted).length === 0 ? {} : { settings: accepted }) },
    kinds,
  );
  const faults = new FaultList();
  checkKind({ path, fields: { ...changed } }, kinds, faults);
  return judge(faults, () =>
    kind === node.kind && keep === undefined ? design : { ...design, nodes: put(design.nodes, changed) },
  );
};

/** Leaves out the settings that the kind faults, until it faults none or faults them as a whole. */
function acceptedSettings(kind: string, settings: Settings, kinds: KindDirectory): Settings {
  let accepted = settings;
  while (Object.keys(accepted).length > 0) {
    const faulty = new Set(kinds.checkSettings(kind, accepted).map((fault) => fault.path[0]));
    const remaining = Object.entries(accepted).filter(([key]) => !faulty.has(key));
    if (remaining.length === Object.keys(accepted).length) return faulty.size === 0 ? accepted : {};
    accepted = Object.fromEntries(remaining);
  }
  return accepted;
}
