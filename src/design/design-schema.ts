import * as v from "valibot";
import type { Annotation, Decision, DesignEdge, DesignNode, Journey, Requirements, Scenario } from "./document.ts";
import { edgeSettingsSchema } from "./edge-settings.ts";
import { limits } from "./limits.ts";
import {
  choice,
  coordinate,
  freeSettings,
  idText,
  integerIn,
  label,
  listOf,
  longText,
  nonNegative,
  numberIn,
  positive,
  rangesByName,
  ratio,
  recordOf,
  settingRange,
} from "./schema-kit.ts";

export const currentVersion = 1;

export const positionSchema = recordOf({ x: coordinate, y: coordinate });

const extent = numberIn({ above: 0, most: limits.coordinate }, `a number above 0, at most ${limits.coordinate}`);
export const sizeSchema = recordOf({ width: extent, height: extent });

const latencyTarget = recordOf({
  percentile: numberIn({ above: 0, below: 100 }, "a number above 0 and below 100"),
  ms: positive,
});

export const requirementsSchema = recordOf({
  dailyActiveUsers: v.exactOptional(nonNegative),
  requestsPerUserPerDay: v.exactOptional(nonNegative),
  peakFactor: v.exactOptional(nonNegative),
  recordsPerDay: v.exactOptional(nonNegative),
  recordBytes: v.exactOptional(nonNegative),
  retentionDays: v.exactOptional(nonNegative),
  replicationFactor: v.exactOptional(nonNegative),
  availabilityTarget: v.exactOptional(ratio),
  recoveryTimeObjectiveMs: v.exactOptional(nonNegative),
  recoveryPointObjectiveMs: v.exactOptional(nonNegative),
  monthlyBudget: v.exactOptional(nonNegative),
}) satisfies v.GenericSchema<unknown, Requirements>;

export const journeySchema = recordOf({
  id: idText,
  name: v.exactOptional(label),
  source: idText,
  operation: v.exactOptional(choice(["read", "write"])),
  ratePerSecond: v.exactOptional(nonNegative),
  users: v.exactOptional(integerIn({ least: 1, most: limits.users }, `a whole number from 1 to ${limits.users}`)),
  thinkTimeMs: v.exactOptional(nonNegative),
  latencyTargets: v.exactOptional(listOf(latencyTarget, limits.latencyTargetsPerJourney)),
  availabilityTarget: v.exactOptional(ratio),
  consistency: v.exactOptional(choice(["strong", "read-your-writes", "eventual"])),
  ranges: v.exactOptional(recordOf({ ratePerSecond: v.exactOptional(settingRange) })),
}) satisfies v.GenericSchema<unknown, Journey>;

export const nodeSchema = recordOf({
  id: idText,
  kind: v.pipe(v.string("the name of a kind"), v.maxLength(limits.idLength, `at most ${limits.idLength} characters`)),
  name: v.exactOptional(label),
  parent: v.exactOptional(idText),
  position: v.exactOptional(positionSchema),
  size: v.exactOptional(sizeSchema),
  reason: v.exactOptional(longText),
  settings: v.exactOptional(freeSettings),
  ranges: v.exactOptional(rangesByName),
}) satisfies v.GenericSchema<unknown, DesignNode>;

export const edgeSchema = recordOf({
  id: idText,
  source: idText,
  target: idText,
  name: v.exactOptional(label),
  settings: v.exactOptional(edgeSettingsSchema),
  ranges: v.exactOptional(rangesByName),
}) satisfies v.GenericSchema<unknown, DesignEdge>;

export const annotationSchema = recordOf({
  id: idText,
  type: choice(["text", "note", "frame", "freehand"]),
  parent: v.exactOptional(idText),
  position: v.exactOptional(positionSchema),
  size: v.exactOptional(sizeSchema),
  text: v.exactOptional(longText),
  points: v.exactOptional(listOf(coordinate, limits.pointNumbers)),
}) satisfies v.GenericSchema<unknown, Annotation>;

const effectSchema = recordOf({
  type: choice(["down", "slow", "errors", "cold", "traffic", "partition"]),
  target: v.exactOptional(idText),
  amount: v.exactOptional(nonNegative),
  atMs: v.exactOptional(nonNegative),
  forMs: v.exactOptional(nonNegative),
});

export const scenarioSchema = recordOf({
  id: idText,
  name: v.exactOptional(label),
  effects: v.exactOptional(listOf(effectSchema, limits.effectsPerScenario)),
}) satisfies v.GenericSchema<unknown, Scenario>;

const decisionSchema = recordOf({
  id: idText,
  title: v.exactOptional(label),
  text: v.exactOptional(longText),
}) satisfies v.GenericSchema<unknown, Decision>;

/** The tables as lists, in the order of the file. */
export const tableSchemas = {
  journeys: listOf(journeySchema, limits.journeys),
  nodes: listOf(nodeSchema, limits.nodes),
  edges: listOf(edgeSchema, limits.edges),
  annotations: listOf(annotationSchema, limits.annotations),
  scenarios: listOf(scenarioSchema, limits.scenarios),
  decisions: listOf(decisionSchema, limits.decisions),
} as const;

/** A design file of the current version, as shapes and ranges alone; references are checked by `checkReferences`. */
export const designFileSchema = recordOf({
  format: v.literal("plimsoll", 'the text "plimsoll"'),
  version: v.literal(currentVersion, `the number ${currentVersion}`),
  name: v.exactOptional(label),
  requirements: v.exactOptional(requirementsSchema),
  journeys: v.exactOptional(tableSchemas.journeys),
  nodes: v.exactOptional(tableSchemas.nodes),
  edges: v.exactOptional(tableSchemas.edges),
  annotations: v.exactOptional(tableSchemas.annotations),
  scenarios: v.exactOptional(tableSchemas.scenarios),
  decisions: v.exactOptional(tableSchemas.decisions),
});

export type DesignFile = v.InferOutput<typeof designFileSchema>;
