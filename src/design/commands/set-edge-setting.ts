import { succeed } from "#src/base/result.ts";
import { edgeSchema } from "../design-schema.ts";
import type { Command, DesignEdge, JsonValue } from "../document.ts";
import { checkEdgeSettings } from "../file/check-references.ts";
import { FaultList } from "../file/fault.ts";
import { withFittingEdgeRanges } from "../ranges.ts";
import { sameJson } from "../same-json.ts";
import { checkRecord, judge, omit, pathOf, put, refuseUnknown } from "./outcome.ts";

export interface SetEdgeSettingArgs {
  readonly id: string;
  readonly key: string;
  /** Undefined takes the setting back to its default. */
  readonly value: JsonValue | undefined;
}

export const setEdgeSetting: Command<SetEdgeSettingArgs> = (design, { id, key, value }) => {
  const edge = design.edges.get(id);
  if (edge === undefined) return refuseUnknown("edges", id);
  const settings = new Map(Object.entries(edge.settings ?? {}));
  if (sameJson(settings.get(key), value)) return succeed(design);
  if (value === undefined) settings.delete(key);
  else settings.set(key, value);
  const stated: DesignEdge =
    settings.size === 0 ? omit(edge, "settings") : { ...edge, settings: Object.fromEntries(settings) };
  const changed = withFittingEdgeRanges(stated);
  const faults = new FaultList();
  const path = pathOf(design, "edges", id);
  const checked = checkRecord(edgeSchema, changed, path, faults);
  checkEdgeSettings({ path, fields: { ...changed } }, design.nodes, design.journeys, faults);
  return judge(faults, () => ({ ...design, edges: put(design.edges, checked ?? changed) }));
};
