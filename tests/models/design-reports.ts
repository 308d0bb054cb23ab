import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { type PreparedAnalysis, prepareAnalysis } from "#src/compile/analyse.ts";
import type { AnalysisReport, EdgeReport, JourneyReport, NodeReport } from "#src/compile/report.ts";
import { applyScenario, type ScenarioState } from "#src/compile/scenario.ts";
import type { Design } from "#src/design/document.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import { fullReportAt } from "#src/insights/full-report.ts";

export type NodeText = readonly [id: string, kind: string, settings?: object, parent?: string];
/** The id of an edge is "source-target" unless it is given. */
export type EdgeText = readonly [source: string, target: string, settings?: object, id?: string];

/** A design file in short. Edges have no network time unless they state one, so that theory stands alone. */
export interface DesignText {
  readonly nodes: readonly NodeText[];
  readonly edges: readonly EdgeText[];
  /** One journey "j" from the first node by default. */
  readonly journeys?: readonly object[];
  readonly ratePerSecond?: number;
  readonly operation?: "read" | "write";
  readonly requirements?: object;
  readonly scenarios?: readonly object[];
  /** Leave `networkMs` to the inference by zones. */
  readonly inferNetwork?: boolean;
}

function fileOf(text: DesignText): string {
  const { ratePerSecond = 100, operation = "read" } = text;
  const journey = { id: "j", source: text.nodes[0]?.[0], operation, ratePerSecond };
  return JSON.stringify({
    format: "plimsoll",
    version: 1,
    ...(text.requirements && { requirements: text.requirements }),
    journeys: text.journeys ?? [journey],
    nodes: text.nodes.map(([id, kind, settings, parent]) => ({
      id,
      kind,
      ...(settings && { settings }),
      ...(parent && { parent }),
    })),
    edges: text.edges.map(([source, target, settings, id]) => ({
      id: id ?? `${source}-${target}`,
      source,
      target,
      settings: text.inferNetwork === true ? (settings ?? {}) : { networkMs: 0, ...settings },
    })),
    scenarios: text.scenarios ?? [],
  });
}

function designFrom(file: string): Design {
  const read = readDesignFile(file, kindDirectory);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

function designOf(text: DesignText): Design {
  return designFrom(fileOf(text));
}

function scenarioOf(design: Design, id: string): ScenarioState {
  const scenario = design.scenarios.get(id);
  if (scenario === undefined) throw new Error(`No scenario ${id}`);
  const applied = applyScenario(design, scenario, catalogue);
  if (!applied.ok) throw new Error(JSON.stringify(applied.problem));
  return applied.value;
}

/** From the text of a design file to an analysis, through everything in between. */
function analysisOf(text: DesignText, scenario?: string): PreparedAnalysis {
  const design = designOf(text);
  const state = scenario === undefined ? undefined : scenarioOf(design, scenario);
  const prepared = prepareAnalysis(state?.design ?? design, catalogue, state);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problem));
  return prepared.value;
}

/** A report that throws for what it does not hold, so that no test passes by a missing part. */
export interface Answers {
  readonly report: AnalysisReport;
  readonly analysis: PreparedAnalysis;
  node(id: string): NodeReport;
  edge(id: string): EdgeReport;
  journey(id?: string): JourneyReport;
}

function answersOf(analysis: PreparedAnalysis, load = 1): Answers {
  const report = fullReportAt(analysis, catalogue, load);
  return {
    report,
    analysis,
    node: (id) => named(report.nodes, id),
    edge: (id) => named(report.edges, id),
    journey: (id = "j") => named(report.journeys, id),
  };
}

export function reportOf(text: DesignText, { load = 1, scenario }: { load?: number; scenario?: string } = {}): Answers {
  return answersOf(analysisOf(text, scenario), load);
}

function named<Item extends { readonly id: string }>(items: readonly Item[], id: string): Item {
  const item = items.find((candidate) => candidate.id === id);
  if (item === undefined) throw new Error(`The report has no "${id}"`);
  return item;
}

/** A number that must be there. */
export function present(value: number | null): number {
  if (value === null) throw new Error("there is no value");
  return value;
}

/** Settings of a node with `servers` servers and this mean service time: M/M/c unless `more` says otherwise. */
export function serves(serviceMs: number, servers = 1, more: object = {}): object {
  return { concurrency: servers, capacityPerSecond: (servers * 1000) / serviceMs, latencyMs: serviceMs, ...more };
}

export const client: NodeText = ["client", "client"];
