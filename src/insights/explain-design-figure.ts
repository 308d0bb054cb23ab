import { formatDurationMs, formatMultiple, formatNumber, formatPercent } from "#src/base/format.ts";
import { settingAssumptions } from "./assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation, FigureReference } from "./explanation.ts";

type DesignFigure = Extract<FigureReference, { of: "design" }>["figure"];

export function explainDesignFigure(context: ExplanationContext, figure: DesignFigure): Explanation {
  const { report, design, catalogue } = context;
  const nameOf = (nodeId: string): string => design.nodes.get(nodeId)?.name ?? nodeId;
  const first = report.breakingLoads[0];
  const firstNode = first === undefined ? undefined : design.nodes.get(first.node);
  const kind = firstNode === undefined ? undefined : catalogue.get(firstNode.kind);
  const assumptions =
    firstNode === undefined || kind === undefined
      ? []
      : settingAssumptions(firstNode, kind, [
          "instances",
          "concurrency",
          "capacityPerSecond",
          "latencyMs",
          "holdsWorkerWhileWaiting",
        ]);
  const exactness = {
    kind: "exact",
    model: "Utilisation law",
    source: "Lazowska et al. 1984, ch. 3 and 5",
    typicalErrorPercent: null,
  } as const;
  if (figure === "maxLoad") {
    return {
      title: "Largest load",
      value: formatMultiple(report.maxLoad),
      formula:
        "largest multiple of the declared load with every utilisation below 1: min over parts of 1 / ρ at load 1",
      substituted:
        first === undefined
          ? "No part limits this design: no journey with a rate reaches a part with a capacity."
          : `${nameOf(first.node)} is full at ${formatMultiple(first.load)} the declared load`,
      values: report.breakingLoads.map(({ node, load }) => ({
        symbol: "1/ρ",
        meaning: `${nameOf(node)} saturates at`,
        value: formatMultiple(load),
      })),
      assumptions,
      exactness,
    };
  }
  if (figure === "breaksFirst") {
    return {
      title: "What breaks first",
      value: report.breaksFirst.map(nameOf).join(", then ") || "nothing",
      formula:
        "parts in the order of the load at which their utilisation reaches 1, from flows that nothing holds back",
      substituted:
        report.breakingLoads.map(({ node, load }) => `${nameOf(node)} at ${formatMultiple(load)}`).join(", ") ||
        "No part limits this design.",
      values: report.breakingLoads.map(({ node, load }) => ({
        symbol: "1/ρ",
        meaning: `${nameOf(node)} saturates at`,
        value: formatMultiple(load),
      })),
      assumptions,
      exactness,
    };
  }
  return {
    title: "Largest load within targets",
    value:
      report.isMaxLoadWithinTargetsPending === true ? "being worked out" : formatMultiple(report.maxLoadWithinTargets),
    formula:
      "largest multiple of the declared load at which every journey still meets every latency target (bisection on solved percentiles)",
    substituted:
      report.journeys
        .flatMap((journey) =>
          journey.targets.map(
            (target) =>
              `${design.journeys.get(journey.id)?.name ?? journey.id}: p${formatNumber(target.percentile)} ${formatDurationMs(target.actualMs)} of ${formatDurationMs(target.ms)} at load ${formatNumber(report.load)}`,
          ),
        )
        .join("; ") || "No journey has a latency target.",
    values: report.nodes
      .filter((node) => node.utilization > 0)
      .map((node) => ({
        symbol: "ρ",
        meaning: `utilisation of ${nameOf(node.id)}`,
        value: formatPercent(node.offeredUtilization),
      })),
    assumptions,
    exactness: report.journeys.find((journey) => journey.exactness.kind !== "exact")?.exactness ?? exactness,
  };
}
