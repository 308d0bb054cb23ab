import { quantiles } from "#src/analysis/latency/quantile.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import type { PreparedAnalysis } from "#src/compile/analyse.ts";
import type { FigureReference } from "../explanation.ts";

/** The figures of one analysis that a design is judged by, in the order of `Headline.figures`; Infinity: without bound. */
export interface Measurement {
  readonly values: readonly number[];
  /** The part that is full first; null when none ever is. */
  readonly breaksFirst: string | null;
}

/** What is measured, found once at the likely values: another value may cut a part off, and its figure is 0 then. */
export interface Headline {
  readonly figures: readonly FigureReference[];
  /** Indices of the parts whose utilisation is measured. */
  readonly nodes: readonly number[];
}

/** The largest load, of each journey its latency, rate and availability, of each part that serves one its utilisation. */
export function headlineOf(analysis: PreparedAnalysis): Headline {
  const { model } = analysis.compiled;
  const nodes = servingNodes(analysis);
  const figures: readonly FigureReference[] = [
    { of: "design", figure: "maxLoad" },
    ...model.journeyIds.flatMap((id): readonly FigureReference[] => [
      { of: "journey", id, figure: "p99" },
      { of: "journey", id, figure: "mean" },
      { of: "journey", id, figure: "completedPerSecond" },
      { of: "journey", id, figure: "availability" },
    ]),
    ...nodes.map((node): FigureReference => {
      return { of: "node", id: model.nodeIds[node] ?? "", figure: "utilization" };
    }),
  ];
  return { figures, nodes };
}

/** Indices of the parts that serve some journey. */
function servingNodes({ compiled, fixed }: PreparedAnalysis): readonly number[] {
  const visited = new Set(fixed.nodesOfJourney.flat());
  return compiled.stationOfNode.flatMap((station, node) => (station !== null && visited.has(node) ? [node] : []));
}

export function measure(analysis: PreparedAnalysis, load: number, { nodes }: Headline): Measurement {
  const solution = solveModel(analysis.prepared, load, { details: false });
  const first = analysis.breaksFirst[0];
  const values = [
    first?.load ?? Number.POSITIVE_INFINITY,
    ...solution.journeys.flatMap((journey, index) => [
      journey.law === null ? Number.POSITIVE_INFINITY : (quantiles(journey.law, [0.99])[0] ?? Number.NaN),
      journey.law === null ? Number.POSITIVE_INFINITY : journey.law.meanMs,
      journey.completedPerSecond,
      analysis.fixed.journeyAvailability[index] ?? 1,
    ]),
    ...nodes.map((node) => {
      const station = solution.stations[analysis.compiled.stationOfNode[node] ?? -1];
      return station === undefined ? 0 : station.arrivalsPerSecond / station.capacityPerSecond;
    }),
  ];
  return { values, breaksFirst: first?.node ?? null };
}
