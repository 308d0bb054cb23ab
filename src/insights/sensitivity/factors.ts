import type { SettingField } from "#library/contract/kind.ts";
import type { PreparedAnalysis } from "#src/compile/analyse.ts";
import { declaredRatePerSecond } from "#src/compile/journey-rates.ts";
import type { ResolvedEdge, ResolvedNode } from "#src/compile/resolved-design.ts";
import type { Design, Journey, SettingRange } from "#src/design/document.ts";
import { type EdgeSettingField, edgeSettingFields } from "#src/design/edge-settings.ts";
import { limits } from "#src/design/limits.ts";
import { edgeNumberSettings } from "#src/design/ranges.ts";
import type { Factor } from "./certainty.ts";

/** Around a number without a range. */
const assumedShare = 0.1;

/** True when the file states a range anywhere. */
export function hasRanges(design: Design): boolean {
  return [design.nodes, design.edges, design.journeys].some((table) =>
    [...table.values()].some(({ ranges }) => Object.keys(ranges ?? {}).length > 0),
  );
}

/** Every number of the design for which the file states a range. */
export function rangedFactors(analysis: PreparedAnalysis): readonly Factor[] {
  const { resolved } = analysis.compiled;
  return [
    ...[...resolved.design.journeys.values()].flatMap((journey) => {
      const range = journey.ranges?.ratePerSecond;
      return range === undefined ? [] : [journeyFactor(resolved.design, journey, range, "range")];
    }),
    ...resolved.nodes.flatMap((node) =>
      node.kind.form.flatMap((field) => {
        const range = own(node.node.ranges, field.name);
        return range === undefined ? [] : nodeFactor(node, field, range, "range");
      }),
    ),
    ...resolved.edges.flatMap((edge) =>
      edgeSettingFields.flatMap((field) => {
        const range = own(edge.edge.ranges, field.name);
        return range === undefined ? [] : edgeFactor(edge, field, range, "range");
      }),
    ),
  ];
}

/**
 * Without ranges: ten percent around every stated number, and around the defaults that the plain form shows, of the parts
 * that some journey visits. A latency that is no more than the service time goes with the capacity and is none of its own.
 */
export function assumedFactors(analysis: PreparedAnalysis): readonly Factor[] {
  const { compiled, fixed } = analysis;
  const { resolved } = compiled;
  const visited = new Set(fixed.nodesOfJourney.flat());
  return [
    ...[...resolved.design.journeys.values()].flatMap((journey) => {
      if (journey.users !== undefined) return userFactors(journey);
      if (!(declaredRatePerSecond(resolved.design, journey) > 0)) return [];
      return [
        journeyFactor(resolved.design, journey, null, journey.ratePerSecond === undefined ? "default" : "stated"),
      ];
    }),
    ...resolved.nodes
      .filter((node) => visited.has(node.index))
      .flatMap((node) =>
        node.kind.form.flatMap((field) => {
          const isStated = own(node.node.settings, field.name) !== undefined;
          if (!isStated && (field.advanced || field.group === "Failure")) return [];
          if (field.name === "latencyMs" && isServiceAlone(node)) return [];
          return nodeFactor(node, field, null, isStated ? "stated" : "default");
        }),
      ),
    ...resolved.edges
      .filter((edge) => visited.has(edge.source.index) && visited.has(edge.target.index))
      .flatMap((edge) =>
        edgeSettingFields.flatMap((field) => {
          const isStated = own(edge.edge.settings, field.name) !== undefined;
          if (!isStated && field.name !== "networkMs") return [];
          return edgeFactor(edge, field, null, isStated ? "stated" : "default");
        }),
      ),
  ];
}

function own<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The latency is all service: there is no pure delay. */
function isServiceAlone({ serving }: ResolvedNode): boolean {
  return serving !== null && serving.latencyMs <= (serving.concurrency / serving.capacityPerSecond) * 1000 * (1 + 1e-6);
}

function journeyFactor(design: Design, journey: Journey, range: SettingRange | null, basis: Factor["basis"]): Factor {
  const likely = declaredRatePerSecond(design, journey);
  return {
    of: "journey",
    id: journey.id,
    setting: "ratePerSecond",
    title: `${journey.name ?? journey.id}: rate`,
    unit: "per second",
    likely,
    ...bounds(likely, range, { integer: false, minimum: 0, maximum: Number.MAX_VALUE }),
    basis,
  };
}

/** Of users who think between requests: how many, and for how long. */
function userFactors({ id, name, users = 0, thinkTimeMs = 0 }: Journey): readonly Factor[] {
  const base = { of: "journey", id, basis: "stated" } as const;
  const count = { integer: true, minimum: 1, maximum: limits.users };
  const time = { integer: false, minimum: 0, maximum: Number.MAX_VALUE };
  const factors: readonly Factor[] = [
    {
      ...base,
      setting: "users",
      title: `${name ?? id}: users`,
      unit: "count",
      likely: users,
      ...bounds(users, null, count),
    },
    {
      ...base,
      setting: "thinkTimeMs",
      title: `${name ?? id}: time to think`,
      unit: "ms",
      likely: thinkTimeMs,
      ...bounds(thinkTimeMs, null, time),
    },
  ];
  return factors.filter(({ likely, integer }) => canBeVaried(likely, integer ? "integer" : "number"));
}

function nodeFactor(
  { node, settings }: ResolvedNode,
  field: SettingField,
  range: SettingRange | null,
  basis: Factor["basis"],
): readonly Factor[] {
  const likely = settings[field.name];
  if (field.input !== "number" && field.input !== "integer") return [];
  if (typeof likely !== "number" || (range === null && !canBeVaried(likely, field.input))) return [];
  const rules = {
    integer: field.input === "integer",
    minimum: field.minimum ?? Number.NEGATIVE_INFINITY,
    maximum: field.maximum ?? Number.POSITIVE_INFINITY,
  };
  return [
    {
      of: "node",
      id: node.id,
      setting: field.name,
      title: `${node.name ?? node.id}: ${field.title.toLowerCase()}`,
      unit: field.unit,
      likely,
      ...bounds(likely, range, rules),
      basis,
    },
  ];
}

function edgeFactor(
  edge: ResolvedEdge,
  field: EdgeSettingField,
  range: SettingRange | null,
  basis: Factor["basis"],
): readonly Factor[] {
  if (!edgeNumberSettings.includes(field.name)) return [];
  const stated = own(edge.edge.settings, field.name);
  const likely = stated ?? (field.name === "networkMs" ? edge.networkMs : field.defaultValue);
  if (typeof likely !== "number" || (range === null && !canBeVaried(likely, field.input))) return [];
  const rules = {
    integer: field.input === "integer",
    minimum: field.minimum ?? 0,
    maximum: field.maximum ?? Number.MAX_VALUE,
  };
  const ends = `${edge.source.node.name ?? edge.source.node.id} → ${edge.target.node.name ?? edge.target.node.id}`;
  return [
    {
      of: "edge",
      id: edge.edge.id,
      setting: field.name,
      title: `${ends}: ${field.title.toLowerCase()}`,
      unit: field.unit,
      likely,
      ...bounds(likely, range, rules),
      basis,
    },
  ];
}

/** Ten percent of it is another value: 0 has none, and of a small whole number none is near. */
function canBeVaried(likely: number, input: string): boolean {
  return input === "integer" ? likely * assumedShare >= 1 : likely > 0;
}

type Rules = Pick<Factor, "integer" | "minimum" | "maximum">;

function bounds(likely: number, range: SettingRange | null, rules: Rules): Rules & Pick<Factor, "low" | "high"> {
  if (range !== null) return { ...rules, low: range[0], high: range[1] };
  const by = rules.integer ? Math.round(likely * assumedShare) : likely * assumedShare;
  return { ...rules, low: Math.max(rules.minimum, likely - by), high: Math.min(rules.maximum, likely + by) };
}
