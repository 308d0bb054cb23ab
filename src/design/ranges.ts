import * as v from "valibot";
import type { DesignEdge, DesignNode, Journey, Ranges, SettingRange } from "./document.ts";
import { edgeSettingFields, edgeSettingsSchema } from "./edge-settings.ts";
import type { KindDirectory } from "./kind-directory.ts";

/** The place of a call among others is a matter of structure: nothing lies between two orders. */
const structural: ReadonlySet<string> = new Set(["order"]);

/** The settings of an edge that are numbers and may carry a range. */
export const edgeNumberSettings: readonly string[] = edgeSettingFields
  .filter(({ input, name }) => (input === "number" || input === "integer") && !structural.has(name))
  .map(({ name }) => name);

/**
 * The number in force for a setting of an edge; null where there is none, or none before the edge is resolved. Undefined when
 * it has no such number.
 */
export function edgeNumberOf(settings: unknown, name: string): number | null | undefined {
  if (!edgeNumberSettings.includes(name)) return undefined;
  const stated = typeof settings === "object" && settings !== null ? Reflect.get(settings, name) : undefined;
  const value = stated ?? edgeSettingFields.find((field) => field.name === name)?.defaultValue;
  return typeof value === "number" ? value : null;
}

/** True when an edge may state this number. */
export function isEdgeSetting(name: string, value: number): boolean {
  return v.safeParse(edgeSettingsSchema, { [name]: value }).success;
}

/** The range, widened so that the value lies in it. */
function around(value: number, [low, high]: SettingRange): SettingRange {
  return [Math.min(low, value), Math.max(high, value)];
}

/** Ranges that still fit when the numbers they are about became others: widened to hold them, dropped where there is none. */
function fitting(
  ranges: Ranges,
  numberOf: (name: string) => number | null | undefined,
  accepts: (name: string, value: number) => boolean,
): Ranges {
  return Object.fromEntries(
    Object.entries(ranges).flatMap(([name, range]) => {
      const value = numberOf(name);
      if (value === null || value === undefined) return [];
      return range.every((bound) => accepts(name, bound)) ? [[name, around(value, range)] as const] : [];
    }),
  );
}

/** A node whose ranges fit its settings, after these or the kind were changed. */
export function withFittingNodeRanges(node: DesignNode, kinds: KindDirectory): DesignNode {
  const { ranges, ...rest } = node;
  if (ranges === undefined) return node;
  const kept = fitting(
    ranges,
    (name) => kinds.numberOf(node.kind, node.settings ?? {}, name),
    (name, value) => boundFaults(node, name, value, kinds).length === 0,
  );
  return Object.keys(kept).length === 0 ? rest : { ...rest, ranges: kept };
}

/** An edge whose ranges fit its settings, after these were changed. */
export function withFittingEdgeRanges(edge: DesignEdge): DesignEdge {
  const { ranges, ...rest } = edge;
  if (ranges === undefined) return edge;
  const kept = fitting(ranges, (name) => edgeNumberOf(edge.settings, name), isEdgeSetting);
  return Object.keys(kept).length === 0 ? rest : { ...rest, ranges: kept };
}

/** A journey whose range fits its rate, after that was changed. */
export function withFittingJourneyRanges(journey: Journey): Journey {
  const { ranges, ...rest } = journey;
  const range = ranges?.ratePerSecond;
  if (range === undefined || journey.ratePerSecond === undefined) return ranges === undefined ? journey : rest;
  return { ...rest, ranges: { ratePerSecond: around(journey.ratePerSecond, range) } };
}

/** Why a kind would not take a bound for this setting. Faults of other settings, which a sample moves along, are not its own. */
export function boundFaults(
  { kind, settings }: { readonly kind: string; readonly settings?: unknown },
  name: string,
  bound: number,
  kinds: KindDirectory,
) {
  const stated = typeof settings === "object" && settings !== null ? settings : {};
  return kinds.checkSettings(kind, { ...stated, [name]: bound }).filter((fault) => fault.path[0] === name);
}
