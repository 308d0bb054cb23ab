import { nodeSchema } from "../design-schema.ts";
import type { Command, DesignNode } from "../document.ts";
import { checkKind } from "../file/check-references.ts";
import { FaultList } from "../file/fault.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { limits } from "../limits.ts";
import { checkContainer } from "./container-check.ts";
import { checkNew, judge, pathOf, put } from "./outcome.ts";

export const addNode: Command<{ readonly node: DesignNode; readonly kinds: KindDirectory }> = (
  design,
  { node, kinds },
) => {
  const faults = new FaultList();
  const path = pathOf(design, "nodes", "");
  const checked = checkNew(design, "nodes", nodeSchema, node, limits.nodes, faults);
  if (checked !== null) {
    checkKind({ path, fields: { ...checked } }, kinds, faults);
    checkContainer(design, checked.parent, kinds, [...path, "parent"], faults);
  }
  return judge(faults, () => ({ ...design, nodes: put(design.nodes, checked ?? node) }));
};
