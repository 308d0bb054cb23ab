import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatDurationMs, formatNumber, formatPercent, formatRate } from "#src/base/format.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation, FigureReference } from "./explanation.ts";

type PathFigure = Extract<FigureReference, { of: "path" }>;
type HopFigure = Extract<FigureReference, { of: "hop" }>["figure"];

const utilisationOfRoutes: Exactness = {
  kind: "exact",
  model: "Probabilities along the path",
  source: "Product of the branches taken",
  typicalErrorPercent: null,
};

/** A figure of one way that the requests of a journey take. */
export function explainPathFigure(
  { design, report }: ExplanationContext,
  { journey: id, path: place, figure }: PathFigure,
): Explanation | null {
  const journey = report.journeys.find((candidate) => candidate.id === id);
  const path = journey?.paths[place];
  if (journey === undefined || path === undefined) return null;
  const nameOf = (node: string): string => design.nodes.get(node)?.name ?? node;
  const wayOf = ({ nodes, isRest }: (typeof journey.paths)[number]): string =>
    [...nodes.map(nameOf), ...(isRest === true ? ["all other ways"] : [])].join(" → ");
  const way = wayOf(path);
  const name = design.journeys.get(id)?.name ?? id;
  if (figure === "share") {
    return {
      title: `${name}: share of a path`,
      value: formatPercent(path.share),
      formula: "product of the probabilities of the branches taken: hits and misses, conditions, routes, failures",
      substituted: `${formatPercent(path.share)} of the answered requests go ${way}`,
      values: journey.paths.map((other) => ({
        symbol: "share",
        meaning: wayOf(other),
        value: formatPercent(other.share),
      })),
      assumptions: [],
      exactness: utilisationOfRoutes,
    };
  }
  const visited = new Set(path.nodes);
  return {
    title: `${name}: ${figure === "mean" ? "mean" : figure.replace("p999", "p99.9")} of a path`,
    value: formatDurationMs(path.latencyMs[figure]),
    formula:
      figure === "mean"
        ? "Σ over the parts on the path of waiting + service + network"
        : "percentile of the law of the path: sums by convolution, joins by the slowest branch",
    substituted:
      path.latencyMs[figure] === null
        ? "There is no steady state on this path: a part of it is saturated."
        : `${formatDurationMs(path.latencyMs[figure])} along ${way}`,
    values: report.nodes
      .filter((node) => visited.has(node.id) && node.residenceMs.mean !== null)
      .map((node) => ({
        symbol: "R",
        meaning: `mean time in ${nameOf(node.id)}, waiting included`,
        value: formatDurationMs(node.residenceMs.mean),
      })),
    assumptions: [],
    exactness: journey.exactness,
  };
}

const hopTitles: Record<HopFigure, string> = {
  visits: "visits",
  serviceMs: "time being served",
  waitMs: "time waiting",
  networkMs: "time on the network",
};

/** A part's share in the mean latency of a journey. */
export function explainHopFigure(
  { design, report }: ExplanationContext,
  id: string,
  nodeId: string,
  figure: HopFigure,
): Explanation | null {
  const journey = report.journeys.find((candidate) => candidate.id === id);
  const hop = journey?.breakdown.find((part) => part.node === nodeId);
  const node = report.nodes.find((candidate) => candidate.id === nodeId);
  if (journey === undefined || hop === undefined || node === undefined) return null;
  const name = design.nodes.get(nodeId)?.name ?? nodeId;
  const visits = { symbol: "v", meaning: "visits per request", value: formatNumber(hop.visits) };
  const base = { title: `${design.journeys.get(id)?.name ?? id}, ${name}: ${hopTitles[figure]}`, assumptions: [] };
  const totals = [
    visits,
    { symbol: "λ", meaning: "arrivals, all journeys", value: formatRate(node.arrivalsPerSecond) },
  ];
  switch (figure) {
    case "visits":
      return {
        ...base,
        value: formatNumber(hop.visits),
        formula: "mean visits that an answered request waits for: calls × probabilities × attempts along its way",
        substituted: `${formatNumber(hop.visits)} visits of ${name} by each request`,
        values: totals,
        exactness: {
          kind: "exact",
          model: "Traffic equations",
          source: "Jackson 1957",
          typicalErrorPercent: null,
        },
      };
    case "serviceMs":
      return {
        ...base,
        value: formatDurationMs(hop.serviceMs),
        formula: "v · (S + pure delay)",
        substituted: perVisit(hop.serviceMs, hop.visits),
        values: totals,
        exactness: {
          kind: "exact",
          model: "Service demand law",
          source: "Lazowska et al. 1984, ch. 3",
          typicalErrorPercent: null,
        },
      };
    case "waitMs":
      return {
        ...base,
        value: formatDurationMs(hop.waitMs),
        formula: "v · W, with the mean wait of the part; times lost in failed attempts count here as well",
        substituted:
          hop.waitMs === null
            ? "There is no steady state: the part is saturated, so waits grow without end."
            : perVisit(hop.waitMs, hop.visits),
        values: [
          ...totals,
          { symbol: "W", meaning: "mean wait of all who arrive", value: formatDurationMs(node.waitMs.mean) },
        ],
        exactness: node.exactness,
      };
    case "networkMs":
      return {
        ...base,
        value: formatDurationMs(hop.networkMs),
        formula: "Σ over calls into the part of calls × round trip of their edge",
        substituted: perVisit(hop.networkMs, hop.visits),
        values: totals,
        exactness: { kind: "exact", model: "Definition", source: "The design", typicalErrorPercent: null },
      };
  }
}

function perVisit(totalMs: number, visits: number): string {
  if (visits === 0) return `${formatDurationMs(totalMs)} in all`;
  return `${formatDurationMs(totalMs)} = ${formatNumber(visits)} × ${formatDurationMs(totalMs / visits)}`;
}
