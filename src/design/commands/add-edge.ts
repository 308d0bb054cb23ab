import { edgeSchema } from "../design-schema.ts";
import type { Command, DesignEdge } from "../document.ts";
import { checkEdgeSettings, checkId } from "../file/check-references.ts";
import { FaultList } from "../file/fault.ts";
import { limits } from "../limits.ts";
import { checkNew, judge, pathOf, put } from "./outcome.ts";

/** The edge comes after the others of its source, so that by default it is called last. */
export const addEdge: Command<{ readonly edge: DesignEdge }> = (design, { edge }) => {
  const faults = new FaultList();
  const path = pathOf(design, "edges", "");
  const checked = checkNew(design, "edges", edgeSchema, edge, limits.edges, faults);
  if (checked !== null) {
    checkId(checked.source, [...path, "source"], design.nodes, "node", faults);
    checkId(checked.target, [...path, "target"], design.nodes, "node", faults);
    checkEdgeSettings({ path, fields: { ...checked } }, design.nodes, design.journeys, faults);
  }
  return judge(faults, () => ({ ...design, edges: put(design.edges, checked ?? edge) }));
};
