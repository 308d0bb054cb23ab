import { callsOf, eachStep } from "#src/analysis/flow/program-walk.ts";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import type { AnalysisModel } from "#src/analysis/model/program.ts";
import type { Solution } from "#src/analysis/model/solution.ts";
import { systemAvailability } from "#src/analysis/reliability/binary-decision-diagram.ts";
import { boundsOfUsers } from "#src/analysis/solve/bounds-of-users.ts";
import { breakingLoads } from "#src/analysis/solve/largest-load.ts";
import { type PreparedModel, prepareModel } from "#src/analysis/solve/prepare-model.ts";
import {
  type RetryStability,
  retryAmplification,
  retrySafeLoads,
  seekRetryStability,
} from "#src/analysis/solve/retry-zones.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import { seekLargestLoadWithinTargets } from "#src/analysis/solve/target-load.ts";
import { fail, type Result, succeed } from "#src/base/result.ts";
import type { Design, Problem } from "#src/design/document.ts";
import { failureComponents, journeyStructure } from "./availability.ts";
import { type CompiledDesign, compileDesign } from "./compile-design.ts";
import { dataReport } from "./data-report-at.ts";
import type { AnalysisReport, BreakingLoadReport, LoadCurvePoint } from "./report.ts";
import { journeyReports, type LoadIndependent, nodeReports } from "./report-at.ts";
import { withCacheReports } from "./report-caches.ts";
import { edgeReports, resourceOf } from "./report-edges.ts";
import { withRetryZones } from "./report-retries.ts";
import type { Catalogue } from "./resolved-design.ts";
import type { ScenarioState } from "./scenario.ts";

/** A design made ready: what does not depend on the load is worked out once. */
export interface PreparedAnalysis {
  readonly compiled: CompiledDesign;
  readonly prepared: PreparedModel;
  readonly fixed: LoadIndependent;
  readonly breaksFirst: readonly BreakingLoadReport[];
  /** Worked out on first use: it takes many solutions. */
  maxLoadWithinTargets(): number | null;
  /** Where retries swamp a node; null without retries of calls that may time out. Worked out with the above. */
  retryStability(): RetryStability | null;
  /** One solution more towards `maxLoadWithinTargets` and `retryStability`; true when both are known. */
  seekMaxLoadWithinTargets(): boolean;
  isMaxLoadWithinTargetsKnown(): boolean;
}

export function prepareAnalysis(
  design: Design,
  catalogue: Catalogue,
  state?: ScenarioState,
): Result<PreparedAnalysis, readonly Problem[]> {
  const compiled = compileDesign(design, catalogue, state);
  if (!compiled.ok) return compiled;
  const { model, resolved } = compiled.value;
  const prepared = prepareModel(model);
  if (!prepared.ok) {
    const loop = prepared.problem.nodeIds;
    const first = resolved.nodeById.get(loop[0] ?? "");
    return fail([
      {
        code: "unbounded-call-loop",
        path: `$.nodes[${first?.index ?? 0}]`,
        message: `Calls go round without end: ${[...loop, loop[0]].join(" → ")}. Each round makes at least one more call.`,
        expected: "fewer than one call per round, for example by lowering `calls` on an edge of the loop",
      },
    ]);
  }
  const breaking = breakingLoads(prepared.value);
  const components = failureComponents(resolved, compiled.value.state.down);
  const availability = components.map((component) => component.availability);
  const breakingLoad = new Array<number>(model.nodeIds.length).fill(Number.POSITIVE_INFINITY);
  for (const { node, load } of breaking) breakingLoad[node] = load;
  const fixed: LoadIndependent = {
    nodeAvailability: availability,
    journeyAvailability: model.journeys.map((journey) =>
      systemAvailability(journeyStructure(resolved, model, journey.routine), availability),
    ),
    breakingLoad,
    ratePerSecond: prepared.value.model.journeys.map(({ ratePerSecond }) => ratePerSecond),
    boundsOfUsers: (journey, load) => boundsOfUsers(prepared.value, journey, load),
    nodesOfJourney: model.journeys.map((journey) => visitedNodes(model, journey.routine)),
    retrySafeLoads: retrySafeLoads(prepared.value),
    retryAmplification: retryAmplification(prepared.value),
  };
  const search = seekLargestLoadWithinTargets(prepared.value);
  let withinTargets: { readonly load: number | null } | null = null;
  const retrySearch = seekRetryStability(prepared.value);
  let retries: { readonly stability: RetryStability | null } | null =
    fixed.retrySafeLoads.size === 0 ? { stability: null } : null;
  const seek = (): boolean => {
    if (withinTargets === null) {
      const { done, value } = search.next();
      // Without targets nothing but the capacities limits the load.
      if (done === true) withinTargets = { load: value ?? breaking[0]?.load ?? null };
    } else if (retries === null) {
      const { done, value } = retrySearch.next();
      if (done === true) retries = { stability: value };
    }
    return withinTargets !== null && retries !== null;
  };
  return succeed({
    compiled: compiled.value,
    prepared: prepared.value,
    fixed,
    breaksFirst: breaking.map(({ node, load, edge, station }) => ({
      node: model.nodeIds[node] ?? "",
      load,
      resource: resourceOf(compiled.value, station),
      edge: edge === null ? null : (model.edgeIds[edge] ?? null),
    })),
    maxLoadWithinTargets: () => {
      while (!seek());
      return withinTargets?.load ?? null;
    },
    retryStability: () => {
      while (!seek());
      return retries?.stability ?? null;
    },
    seekMaxLoadWithinTargets: seek,
    isMaxLoadWithinTargetsKnown: () => withinTargets !== null && retries !== null,
  });
}

function leastOf(loads: Iterable<number>): number | null {
  const least = Math.min(...loads);
  return Number.isFinite(least) ? least : null;
}

function solveAt(analysis: PreparedAnalysis, load: number): Solution {
  return solveModel(analysis.prepared, load);
}

export interface ReportOptions {
  /** Leave `maxLoadWithinTargets` for later unless it is known. Default false. */
  readonly mayBePending?: boolean;
}

/** The report at one multiple of the declared load (more than 0), without findings. */
export function reportAt(analysis: PreparedAnalysis, load: number, options: ReportOptions = {}): AnalysisReport {
  const hasTargets = analysis.prepared.model.journeys.some(({ latencyTargets }) => latencyTargets.length > 0);
  const isSought = hasTargets || analysis.fixed.retrySafeLoads.size > 0;
  const isPending = options.mayBePending === true && isSought && !analysis.isMaxLoadWithinTargetsKnown();
  const stability = isPending ? null : analysis.retryStability();
  const solution = solveAt(analysis, load);
  const { compiled, fixed, breaksFirst } = analysis;
  return {
    format: "plimsoll-analysis",
    version: 1,
    load: solution.load,
    maxLoad: breaksFirst[0]?.load ?? null,
    maxLoadWithinTargets: isPending ? null : analysis.maxLoadWithinTargets(),
    ...(isPending && { isMaxLoadWithinTargetsPending: true as const }),
    breaksFirst: breaksFirst.map(({ node }) => node),
    breakingLoads: breaksFirst,
    retrySafeUpToLoad: leastOf(fixed.retrySafeLoads.values()),
    retryStableUpToLoad: stability?.load ?? null,
    journeys: journeyReports(compiled, solution, fixed),
    nodes: withRetryZones(
      compiled,
      withCacheReports(compiled, solution, nodeReports(compiled, solution, fixed)),
      load,
      fixed.retrySafeLoads,
      stability,
    ),
    edges: edgeReports(compiled, solution),
    data: dataReport(compiled, solution),
    risks: [],
    warnings: solution.warnings,
  };
}

/** Points of the load curve, one at a time, so that a caller can stop between them. */
export function* loadCurve(
  analysis: PreparedAnalysis,
  loads: readonly number[],
): Generator<LoadCurvePoint, void, undefined> {
  for (const load of loads) {
    const solution = solveAt(analysis, load);
    yield {
      load,
      journeys: solution.journeys.map((journey, index) => {
        const [p50 = null, p99 = null] = journey.law === null ? [] : quantiles(journey.law, [0.5, 0.99]);
        return {
          id: analysis.compiled.model.journeyIds[index] ?? "",
          completedPerSecond: journey.completedPerSecond,
          p50,
          p99,
        };
      }),
    };
  }
}

/** Loads of the curve: even from nearly nothing to past the first break, closer together near it. */
export function curveLoads(maxLoad: number | null): readonly number[] {
  const limit = maxLoad ?? 1;
  const shares = [
    0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.58, 0.66, 0.72, 0.78, 0.83, 0.87, 0.9, 0.93, 0.95, 0.965, 0.98, 0.99, 0.995, 1.05,
    1.2, 1.4,
  ];
  return shares.map((share) => share * limit);
}

function visitedNodes(model: AnalysisModel, start: number): readonly number[] {
  const seen = new Set<number>();
  const nodes = new Set<number>();
  const waiting = [start];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const routine = model.routines[next];
    if (routine === undefined) continue;
    nodes.add(routine.node);
    eachStep(routine.program, (step) => {
      for (const { call } of callsOf(step)) {
        const site = model.calls[call];
        if (site !== undefined) waiting.push(site.routine);
      }
    });
  }
  return [...nodes];
}
