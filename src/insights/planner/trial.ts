import { quantiles } from "#src/analysis/latency/quantile.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import { type PreparedAnalysis, prepareAnalysis } from "#src/compile/analyse.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design } from "#src/design/document.ts";
import type { PlanBreach } from "./instance-plan.ts";
import type { ScalablePart } from "./scalable-parts.ts";

/** Numbers of instances, in the order of the scalable parts. */
export type Counts = readonly number[];

export interface Target {
  readonly journey: number;
  readonly percentile: number;
  readonly ms: number;
}

/** How a design does with some numbers of instances. Infinity where there is no steady state. */
export interface Trial {
  /** By node: what is offered over what it can do, nothing held back before it, of its fullest instance. */
  readonly utilization: readonly number[];
  /** In the order of the targets. */
  readonly actualMs: readonly number[];
  readonly availability: readonly number[];
  /** Null: nothing limits the load. */
  readonly maxLoad: number | null;
}

/** The design with these numbers of instances. */
export function withCounts(design: Design, parts: readonly ScalablePart[], counts: Counts): Design {
  const nodes = new Map(design.nodes);
  for (const [index, part] of parts.entries()) {
    const node = nodes.get(part.id);
    const count = counts[index] ?? part.instances;
    if (node === undefined || count === part.instances) continue;
    nodes.set(part.id, { ...node, settings: { ...node.settings, instances: count } });
  }
  return { ...design, nodes };
}

function tryOut(analysis: PreparedAnalysis, load: number, targets: readonly Target[]): Trial {
  const solution = solveModel(analysis.prepared, load, { details: false });
  const { compiled, fixed } = analysis;
  return {
    utilization: compiled.stationOfNode.map((station, node) => {
      const found = station === null ? undefined : solution.stations[station];
      if (found === undefined) return 0;
      const mean = Number.isNaN(found.offeredUtilization) ? Number.POSITIVE_INFINITY : found.offeredUtilization;
      // Of unequal shares the fullest instance counts. Time that servers are held grows with the load, so it does not scale.
      const isHeld = compiled.resolved.nodes[node]?.serving?.holdsWorkerWhileWaiting === true;
      const breaking = fixed.breakingLoad[node] ?? Number.POSITIVE_INFINITY;
      return isHeld ? mean : Math.max(mean, load / breaking);
    }),
    actualMs: targets.map(({ journey, percentile }) => {
      const law = solution.journeys[journey]?.law ?? null;
      return law === null ? Number.POSITIVE_INFINITY : (quantiles(law, [percentile / 100])[0] ?? 0);
    }),
    availability: fixed.journeyAvailability,
    maxLoad: analysis.breaksFirst[0]?.load ?? null,
  };
}

/** Solves a design with chosen numbers of instances, each choice once. */
export class TrialRoom {
  readonly #seen = new Map<string, Trial>();
  readonly #design: Design;
  readonly #catalogue: Catalogue;
  readonly #parts: readonly ScalablePart[];
  readonly #load: number;
  readonly #targets: readonly Target[];

  constructor(
    design: Design,
    catalogue: Catalogue,
    parts: readonly ScalablePart[],
    load: number,
    targets: readonly Target[],
  ) {
    this.#design = design;
    this.#catalogue = catalogue;
    this.#parts = parts;
    this.#load = load;
    this.#targets = targets;
  }

  get evaluations(): number {
    return this.#seen.size;
  }

  try(counts: Counts): Trial {
    const key = counts.join(" ");
    const before = this.#seen.get(key);
    if (before !== undefined) return before;
    const prepared = prepareAnalysis(withCounts(this.#design, this.#parts, counts), this.#catalogue);
    // The kinds accept every number that a plan chooses, and instances are no part of a loop of calls.
    if (!prepared.ok) throw new Error(`No analysis with ${key} instances: ${prepared.problem[0]?.message ?? ""}`);
    const trial = tryOut(prepared.value, this.#load, this.#targets);
    this.#seen.set(key, trial);
    return trial;
  }
}

/** What a plan has to keep. */
export interface Demands {
  readonly journeyIds: readonly string[];
  /** Highest utilisation of each part. */
  readonly mostUtilization: readonly number[];
  readonly parts: readonly ScalablePart[];
  readonly targets: readonly Target[];
  /** Indices of the targets that are not given up. */
  readonly active: ReadonlySet<number>;
  /** Journeys whose availability must stay where it is wanted. */
  readonly availability: readonly { readonly journey: number; readonly target: number }[];
}

/** Rounding of utilisations and percentiles. */
const rounding = 1e-9;

/** The first demand that does not hold; null when all do. */
export function firstBreach(trial: Trial, demands: Demands): PlanBreach | null {
  const { journeyIds } = demands;
  for (const [index, part] of demands.parts.entries()) {
    const utilization = trial.utilization[part.node] ?? 0;
    if (utilization > (demands.mostUtilization[index] ?? 1) * (1 + rounding)) {
      return { of: "headroom", node: part.id, utilization: finite(utilization) };
    }
  }
  for (const [index, { journey, percentile, ms }] of demands.targets.entries()) {
    const actual = trial.actualMs[index] ?? 0;
    if (demands.active.has(index) && !isWithin(actual, ms)) {
      return { of: "latency", journey: journeyIds[journey] ?? "", percentile, ms, actualMs: finite(actual) };
    }
  }
  for (const { journey, target } of demands.availability) {
    const actual = trial.availability[journey] ?? 1;
    if (actual < target) return { of: "availability", journey: journeyIds[journey] ?? "", target, actual };
  }
  return null;
}

/** A percentile is found to rounding: what is met by less than that may not be met when it is found again. */
export function isWithin(actualMs: number, targetMs: number): boolean {
  return actualMs <= targetMs * (1 - rounding);
}

/** By how much the active targets are missed: the sum of the logarithms of actual over wanted. */
export function excess(trial: Trial, demands: Demands): number {
  return demands.targets.reduce((sum, { ms }, index) => {
    const actual = trial.actualMs[index] ?? 0;
    return demands.active.has(index) && !isWithin(actual, ms) ? sum + Math.log(actual / ms) + rounding : sum;
  }, 0);
}

export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
