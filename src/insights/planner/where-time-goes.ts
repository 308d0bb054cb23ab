import { quantiles } from "#src/analysis/latency/quantile.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import type { PreparedAnalysis } from "#src/compile/analyse.ts";
import type { Contributor } from "./instance-plan.ts";
import type { Target } from "./trial.ts";

/** The percentiles of a system in which nobody waits, at load 0: what no number of instances goes below. */
export function emptySystem(analysis: PreparedAnalysis, targets: readonly Target[]): readonly number[] {
  const solution = solveModel(analysis.prepared, 0, { details: false });
  return targets.map(({ journey, percentile }) => {
    const law = solution.journeys[journey]?.law ?? null;
    return law === null ? Number.POSITIVE_INFINITY : (quantiles(law, [percentile / 100])[0] ?? 0);
  });
}

/** Mean times of a request by part, the largest first; parts that take none are left out. */
export function whereTimeGoes(analysis: PreparedAnalysis, load: number, journey: number): readonly Contributor[] {
  const solution = solveModel(analysis.prepared, load);
  const { nodeIds } = analysis.compiled.model;
  const parts = (solution.journeys[journey]?.breakdown ?? []).map((part) => ({
    node: nodeIds[part.node] ?? "",
    serviceMs: part.serviceMs + part.delayMs,
    waitMs: part.waitMs,
    networkMs: part.networkMs,
  }));
  const total = ({ serviceMs, waitMs, networkMs }: Contributor): number =>
    serviceMs + networkMs + (waitMs ?? Number.POSITIVE_INFINITY);
  return parts.filter((part) => total(part) > 0).sort((a, b) => compare(total(b), total(a)));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
