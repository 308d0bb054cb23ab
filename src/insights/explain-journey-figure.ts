import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatDurationMs, formatMultiple, formatNumber, formatPercent, formatRate } from "#src/base/format.ts";
import { declaredRatePerSecond } from "#src/compile/journey-rates.ts";
import { explainClosedFigure, usersAssumption } from "./explain-closed-journey.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import { explainRetryAmplification } from "./explain-retries-figure.ts";
import type { Explanation, FigureReference } from "./explanation.ts";

type JourneyFigure = Extract<FigureReference, { of: "journey" }>["figure"];

const definition: Exactness = { kind: "exact", model: "Definition", source: "The design", typicalErrorPercent: null };

export function explainJourneyFigure(
  context: ExplanationContext,
  id: string,
  figure: JourneyFigure,
): Explanation | null {
  const journey = context.design.journeys.get(id);
  const report = context.report.journeys.find((candidate) => candidate.id === id);
  if (journey === undefined || report === undefined) return null;
  const base = { title: `${journey.name ?? id}: ${figureTitles[figure]}` };
  const declared = declaredRatePerSecond(context.design, journey);
  const nameOf = (nodeId: string): string => context.design.nodes.get(nodeId)?.name ?? nodeId;
  if (report.closed !== null) {
    const closed = explainClosedFigure({ base, report, closed: report.closed, figure, nameOf });
    if (closed !== null) return closed;
  }
  const rate = { symbol: "rate", meaning: "declared at load 1", value: formatRate(declared) };
  const rateAssumption =
    report.closed !== null
      ? usersAssumption(report.closed)
      : {
          setting: "Journey rate",
          value: formatRate(declared),
          source: journey.ratePerSecond === undefined ? "derived from the requirements" : "set in this design",
          isDefault: journey.ratePerSecond === undefined,
        };

  switch (figure) {
    case "offeredPerSecond":
      return {
        ...base,
        value: formatRate(report.offeredPerSecond),
        formula: "offered = declared rate × load",
        substituted: `${formatRate(report.offeredPerSecond)} = ${formatRate(declared)} × ${formatNumber(context.report.load)}`,
        values: [rate, { symbol: "load", meaning: "load dial", value: formatMultiple(context.report.load) }],
        assumptions: [rateAssumption],
        exactness: definition,
      };
    case "completedPerSecond":
    case "errorRate":
      return {
        ...base,
        value: figure === "errorRate" ? formatPercent(report.errorRate) : formatRate(report.completedPerSecond),
        formula: "completed = offered − failed − what piles up before a saturated part",
        substituted: `${formatRate(report.completedPerSecond)} of ${formatRate(report.offeredPerSecond)}; ${formatPercent(report.errorRate)} fail`,
        values: [rate],
        assumptions: [rateAssumption],
        exactness: report.exactness,
      };
    case "availability":
      return {
        ...base,
        value: formatPercent(report.availability),
        formula: "P(every part that the journey waits for is up), by a binary decision diagram over parts and zones",
        substituted: report.breakdown
          .map((part) => context.report.nodes.find((node) => node.id === part.node))
          .flatMap((node) => (node === undefined ? [] : [`${nameOf(node.id)} ${formatPercent(node.availability)}`]))
          .join(", "),
        values: [],
        assumptions: [],
        exactness: {
          kind: "exact",
          model: "Binary decision diagram, independent parts",
          source: "Rauzy 1993",
          typicalErrorPercent: null,
        },
      };
    case "retryAmplification":
      return explainRetryAmplification(context, report, base.title);
    case "maxPerSecond":
      return {
        ...base,
        value: formatRate(report.maxPerSecond),
        formula: "declared rate × the load at which the first part on its way saturates, all journeys growing together",
        substituted:
          report.bottleneck === null
            ? "No part on its way limits it"
            : `${nameOf(report.bottleneck)} saturates at ${formatMultiple((report.maxPerSecond ?? 0) / Math.max(declared, Number.MIN_VALUE))} the declared load`,
        values: [rate],
        assumptions: [rateAssumption],
        exactness: {
          kind: "exact",
          model: "Utilisation law",
          source: "Lazowska et al. 1984, ch. 3",
          typicalErrorPercent: null,
        },
      };
    case "mean":
    case "p50":
    case "p90":
    case "p95":
    case "p99":
    case "p999": {
      const value = report.latencyMs[figure];
      return {
        ...base,
        value: formatDurationMs(value),
        formula:
          figure === "mean"
            ? "Σ over parts of visits × (waiting + service) + network, joins by their slowest branch"
            : "percentile of the composed law: sums by convolution, branches by mixture, joins by the slowest",
        substituted:
          value === null
            ? "There is no steady state: a part on the way is saturated, so waits grow without end."
            : report.breakdown
                .map(
                  (part) =>
                    `${nameOf(part.node)} ${formatDurationMs(part.serviceMs + (part.waitMs ?? 0) + part.networkMs)}`,
                )
                .join(" + "),
        values: report.breakdown.map((part) => ({
          symbol: formatNumber(part.visits),
          meaning: `visits of ${nameOf(part.node)}: service ${formatDurationMs(part.serviceMs)}, waiting ${formatDurationMs(part.waitMs)}, network ${formatDurationMs(part.networkMs)}`,
          value: formatDurationMs(part.serviceMs + (part.waitMs ?? 0) + part.networkMs),
        })),
        assumptions: [rateAssumption],
        exactness: report.exactness,
      };
    }
  }
}

const figureTitles: Record<JourneyFigure, string> = {
  offeredPerSecond: "offered rate",
  completedPerSecond: "completed rate",
  errorRate: "share that fails",
  mean: "mean latency",
  p50: "median latency",
  p90: "90th percentile of latency",
  p95: "95th percentile of latency",
  p99: "99th percentile of latency",
  p999: "99.9th percentile of latency",
  availability: "availability",
  maxPerSecond: "largest rate",
  retryAmplification: "attempts that retries can make of one",
};
