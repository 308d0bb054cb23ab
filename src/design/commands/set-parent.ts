import { succeed } from "#src/base/result.ts";
import type { Annotation, Command, Design, DesignNode } from "../document.ts";
import { FaultList, quote } from "../file/fault.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { ancestorsOf } from "../queries.ts";
import { checkContainer } from "./container-check.ts";
import { movedInto } from "./moved-into.ts";
import { judge, pathOf, put, refuse, refuseUnknown } from "./outcome.ts";

export interface SetParentArgs {
  /** Nodes and annotations. What is inside another of them stays inside it. */
  readonly ids: readonly string[];
  /** The container that takes them; null for the open canvas. */
  readonly parent: string | null;
  readonly kinds: KindDirectory;
}

/** Moves items into a container, or out of all, and keeps their place on the screen. */
export const setParent: Command<SetParentArgs> = (design, { ids, parent, kinds }) => {
  const chosen = new Set(ids);
  const faults = new FaultList();
  checkContainer(design, parent, kinds, ["nodes"], faults);
  const around = parent === null ? [] : [parent, ...ancestorsOf(design, parent)];
  let changed = design;
  for (const id of chosen) {
    const item = design.nodes.get(id) ?? design.annotations.get(id);
    if (item === undefined) return refuseUnknown("nodes", id);
    if (around.includes(id)) {
      const message = `${quote(id)} would be inside itself.`;
      const path = [...pathOf(design, "nodes", id), "parent"];
      return refuse({ code: "not-allowed", path, message, expected: "a container that is not inside it" });
    }
    if (holdersOf(design, item).some((holder) => chosen.has(holder)) || (item.parent ?? null) === parent) continue;
    changed = moved(changed, id, parent);
  }
  return faults.all.length > 0 ? judge(faults, () => design) : succeed(changed);
};

function holdersOf(design: Design, item: DesignNode | Annotation): readonly string[] {
  return item.parent === undefined ? [] : [item.parent, ...ancestorsOf(design, item.parent)];
}

function moved(design: Design, id: string, parent: string | null): Design {
  const node = design.nodes.get(id);
  if (node !== undefined) return { ...design, nodes: put(design.nodes, movedInto(design, node, parent)) };
  const annotation = design.annotations.get(id);
  if (annotation === undefined) return design;
  return { ...design, annotations: put(design.annotations, movedInto(design, annotation, parent)) };
}
