import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatCount, formatDurationMs, formatNumber, formatPercent, formatRate } from "#src/base/format.ts";
import type { EdgePlaceReport, EdgeReport } from "#src/compile/report.ts";
import { edgeAssumptions } from "./edge-assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { EdgePlace, EdgePlaceFigure, Explanation } from "./explanation.ts";

const algebra: Exactness = {
  kind: "exact",
  model: "Utilisation law",
  source: "Lazowska et al. 1984, ch. 3",
  typicalErrorPercent: null,
};
const definition: Exactness = { kind: "exact", model: "Definition", source: "The design", typicalErrorPercent: null };

/** A figure of the connections or of the link of an edge; null where it has none. */
export function explainEdgePlaceFigure(
  context: ExplanationContext,
  id: string,
  place: EdgePlace,
  figure: EdgePlaceFigure,
): Explanation | null {
  const edge = context.design.edges.get(id);
  const report = context.report.edges.find((candidate) => candidate.id === id);
  if (edge === undefined || report === undefined) return null;
  const at = asPlace(report, place);
  if (at === null) return null;
  const words = wordsOf(at)[figure];
  if (words === null) return null;
  const nameOf = (nodeId: string): string => context.design.nodes.get(nodeId)?.name ?? nodeId;
  const { title, ...parts } = words;
  return {
    title: `${nameOf(edge.source)} → ${nameOf(edge.target)}: ${title}`,
    ...parts,
    values: [
      { symbol: "λ", meaning: "calls that ask for it", value: formatRate(at.arrivalsPerSecond) },
      { symbol: "S", meaning: at.timeInWords, value: formatDurationMs(at.timeMs) },
      {
        symbol: "m",
        meaning: place === "link" ? "the link" : "connections of all instances of the caller",
        value: formatCount(at.size),
      },
      { symbol: "ρ", meaning: "share in use", value: formatPercent(at.report.utilization) },
    ],
    assumptions: edgeAssumptions(
      edge,
      place === "link"
        ? ["payloadBytes", "bandwidthBytesPerSecond", "calls", "retries"]
        : ["connectionPool", "networkMs", "timeoutMs", "calls", "retries"],
    ),
  };
}

interface PlaceInUse {
  readonly name: string;
  readonly report: EdgePlaceReport;
  readonly size: number;
  /** Of one call; null where none is made. */
  readonly timeMs: number | null;
  readonly timeInWords: string;
  readonly transmissionMs: number | null;
  readonly arrivalsPerSecond: number;
}

function asPlace({ connections, link, callsPerSecond }: EdgeReport, place: EdgePlace): PlaceInUse | null {
  if (place === "link") {
    return link === null
      ? null
      : {
          name: "link",
          report: link,
          size: 1,
          timeMs: link.transmissionMs,
          timeInWords: "time in which one call crosses it",
          transmissionMs: link.transmissionMs,
          arrivalsPerSecond: callsPerSecond,
        };
  }
  if (connections === null) return null;
  const { size, capacityPerSecond } = connections;
  return {
    name: "connections",
    report: connections,
    size,
    timeMs: capacityPerSecond === null ? null : (size * 1000) / capacityPerSecond,
    timeInWords: "time for which a call keeps a connection: network, link and the visit",
    transmissionMs: null,
    arrivalsPerSecond: callsPerSecond,
  };
}

type Words = Pick<Explanation, "title" | "value" | "formula" | "substituted" | "exactness">;

function wordsOf(at: PlaceInUse): Record<EdgePlaceFigure, Words | null> {
  const { report, name, size, timeMs, transmissionMs, arrivalsPerSecond } = at;
  const rate = formatRate(arrivalsPerSecond);
  const full = "More calls come than it can carry: there is no steady state, and waits grow without end.";
  const wait = (title: string, value: number | null): Words => ({
    title,
    value: formatDurationMs(value),
    formula: `Wq and its law by ${report.exactness.model}`,
    substituted: report.saturated
      ? full
      : `${report.exactness.model} with ρ = ${formatPercent(report.utilization)}, S = ${formatDurationMs(timeMs)}, m = ${formatCount(size)}`,
    exactness: report.exactness,
  });
  return {
    size:
      name === "link"
        ? null
        : {
            title: "connections",
            value: formatCount(size),
            formula: "m = connections of the pool × instances of the caller",
            substituted: `${formatCount(size)} in all`,
            exactness: definition,
          },
    transmissionMs:
      transmissionMs === null
        ? null
        : {
            title: "time on the link",
            value: formatDurationMs(transmissionMs),
            formula: "S = payload / bandwidth, both directions together",
            substituted: `${formatDurationMs(transmissionMs)} for each call`,
            exactness: definition,
          },
    utilization: {
      title: `${name} in use`,
      value: formatPercent(report.utilization),
      formula: "ρ = λ · S / m, at most 1",
      substituted: report.saturated
        ? full
        : `${formatPercent(report.utilization)} = ${rate} × ${formatDurationMs(timeMs)} / ${formatCount(size)}`,
      exactness: name === "link" ? algebra : report.exactness,
    },
    capacityPerSecond: {
      title: `calls that the ${name} can carry`,
      value: formatRate(report.capacityPerSecond),
      formula: "capacity = m / S, with the present time per call",
      substituted:
        report.capacityPerSecond === null
          ? "No call is made, or its time has no end."
          : `${formatRate(report.capacityPerSecond)} = ${formatCount(size)} / ${formatDurationMs(timeMs)}`,
      exactness: name === "link" ? algebra : report.exactness,
    },
    "waitMs.mean": wait(`mean wait for the ${name}`, report.waitMs.mean),
    "waitMs.p99": wait(`99th percentile of the wait for the ${name}`, report.waitMs.p99),
    queueLength: {
      title: `calls that wait for the ${name}`,
      value: formatNumber(report.queueLength),
      formula: "Lq = λ · Wq (Little's law)",
      substituted: report.saturated
        ? full
        : `${formatNumber(report.queueLength)} = ${rate} × ${formatDurationMs(report.waitMs.mean)}`,
      exactness: report.exactness,
    },
    backlogGrowthPerSecond: {
      title: `calls that pile up before the ${name}`,
      value: formatRate(report.backlogGrowthPerSecond),
      formula: "growth = λ − m / S, 0 while all can be carried",
      substituted: `${formatRate(report.backlogGrowthPerSecond)}: ${rate} come, ${formatRate(report.capacityPerSecond)} can be carried`,
      exactness: algebra,
    },
  };
}
