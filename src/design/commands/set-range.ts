import { edgeSchema, journeySchema, nodeSchema } from "../design-schema.ts";
import type { Command, Design, DesignEdge, DesignNode, Journey, Ranges, SettingRange } from "../document.ts";
import { checkEdgeRanges, checkJourneyRanges, checkNodeRanges } from "../file/check-ranges.ts";
import { FaultList } from "../file/fault.ts";
import type { KindDirectory } from "../kind-directory.ts";
import { checkRecord, judge, omit, pathOf, put, refuseUnknown } from "./outcome.ts";

export interface SetRangeArgs {
  readonly of: "nodes" | "edges" | "journeys";
  readonly id: string;
  /** Name of the setting; of a journey it is `ratePerSecond`. */
  readonly key: string;
  /** Undefined: the value is known after all. */
  readonly range: SettingRange | undefined;
  readonly kinds: KindDirectory;
}

/** Says between which bounds a number lies, or that it is known. */
export const setRange: Command<SetRangeArgs> = (design, args) => {
  switch (args.of) {
    case "nodes":
      return setNodeRange(design, args);
    case "edges":
      return setEdgeRange(design, args);
    case "journeys":
      return setJourneyRange(design, args);
  }
};

function changedRanges(ranges: Ranges | undefined, { key, range }: SetRangeArgs): Ranges | null {
  const changed = new Map(Object.entries(ranges ?? {}));
  if (range === undefined) changed.delete(key);
  else changed.set(key, range);
  return changed.size === 0 ? null : Object.fromEntries(changed);
}

function setNodeRange(design: Design, args: SetRangeArgs) {
  const node = design.nodes.get(args.id);
  if (node === undefined) return refuseUnknown("nodes", args.id);
  const ranges = changedRanges(node.ranges, args);
  const changed: DesignNode = ranges === null ? omit(node, "ranges") : { ...node, ranges };
  const faults = new FaultList();
  const path = pathOf(design, "nodes", args.id);
  const checked = checkRecord(nodeSchema, changed, path, faults);
  checkNodeRanges({ path, fields: { ...changed } }, args.kinds, faults);
  return judge(faults, () => ({ ...design, nodes: put(design.nodes, checked ?? changed) }));
}

function setEdgeRange(design: Design, args: SetRangeArgs) {
  const edge = design.edges.get(args.id);
  if (edge === undefined) return refuseUnknown("edges", args.id);
  const ranges = changedRanges(edge.ranges, args);
  const changed: DesignEdge = ranges === null ? omit(edge, "ranges") : { ...edge, ranges };
  const faults = new FaultList();
  const path = pathOf(design, "edges", args.id);
  const checked = checkRecord(edgeSchema, changed, path, faults);
  checkEdgeRanges({ path, fields: { ...changed } }, faults);
  return judge(faults, () => ({ ...design, edges: put(design.edges, checked ?? changed) }));
}

function setJourneyRange(design: Design, args: SetRangeArgs) {
  const journey = design.journeys.get(args.id);
  if (journey === undefined) return refuseUnknown("journeys", args.id);
  const changed: Journey =
    args.range === undefined ? omit(journey, "ranges") : { ...journey, ranges: { [args.key]: args.range } };
  const faults = new FaultList();
  const path = pathOf(design, "journeys", args.id);
  const checked = checkRecord(journeySchema, changed, path, faults);
  checkJourneyRanges({ path, fields: { ...changed } }, faults);
  return judge(faults, () => ({ ...design, journeys: put(design.journeys, checked ?? changed) }));
}
