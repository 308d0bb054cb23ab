import { nodeSchema } from "../design-schema.ts";
import type { Command, DesignNode, Settings } from "../document.ts";
import { checkKind } from "../file/check-references.ts";
import { FaultList } from "../file/fault.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { withFittingNodeRanges } from "../ranges.ts";
import { checkRecord, judge, omit, pathOf, put, refuseUnknown } from "./outcome.ts";

/** Replaces all settings of a node, as a preset does; what is left out has its default. */
export const setSettings: Command<{
  readonly id: string;
  readonly settings: Settings;
  readonly kinds: KindDirectory;
}> = (design, { id, settings, kinds }) => {
  const node = design.nodes.get(id);
  if (node === undefined) return refuseUnknown("nodes", id);
  const faults = new FaultList();
  const path = pathOf(design, "nodes", id);
  const stated: DesignNode = Object.keys(settings).length === 0 ? omit(node, "settings") : { ...node, settings };
  const changed = withFittingNodeRanges(stated, kinds);
  const checked = checkRecord(nodeSchema, changed, path, faults);
  checkKind({ path, fields: { ...changed } }, kinds, faults);
  return judge(faults, () => ({ ...design, nodes: put(design.nodes, checked ?? changed) }));
};
