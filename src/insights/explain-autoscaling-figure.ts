import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatCount, formatDurationMs, formatPercent, formatRate } from "#src/base/format.ts";
import { settingAssumptions } from "./assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation, FigureReference } from "./explanation.ts";

type AutoscalingFigure = Extract<FigureReference, { of: "autoscaling" }>["figure"];

const rule: Exactness = {
  kind: "approximation",
  model: "Steady state of a horizontal autoscaler",
  source: "Kubernetes documentation, Horizontal Pod Autoscaling; tolerance and delays before scaling down left out",
  typicalErrorPercent: 10,
};
const fluid: Exactness = {
  kind: "approximation",
  model: "Fluid limit of a step of the load",
  source: "Newell 1982, ch. 2",
  typicalErrorPercent: null,
};

export function explainAutoscalingFigure(
  context: ExplanationContext,
  id: string,
  figure: AutoscalingFigure,
): Explanation | null {
  const node = context.design.nodes.get(id);
  const kind = node === undefined ? undefined : context.catalogue.get(node.kind);
  const scaling = context.report.data.autoscaling.find((candidate) => candidate.node === id);
  const report = context.report.nodes.find((candidate) => candidate.id === id);
  if (node === undefined || kind === undefined || scaling === undefined || report === undefined) return null;
  const { doubling } = scaling;
  const base = {
    values: [
      { symbol: "λ", meaning: "arrivals at this part", value: formatRate(report.arrivalsPerSecond) },
      { symbol: "n", meaning: "instances in use", value: formatCount(scaling.instances) },
      { symbol: "D", meaning: "time until new instances serve", value: formatDurationMs(scaling.reactionMs) },
    ],
    assumptions: settingAssumptions(node, kind, [
      "minInstances",
      "maxInstances",
      "targetUtilization",
      "metricWindowMs",
      "startUpMs",
      "instances",
      "concurrency",
      "capacityPerSecond",
    ]),
  };
  const name = node.name ?? id;
  switch (figure) {
    case "instances":
      return {
        ...base,
        title: `${name}: instances in use`,
        value: formatCount(scaling.instances),
        formula: "n = ⌈λS / (c · target)⌉, from the fewest to the most",
        substituted: `${formatCount(scaling.instances)} of ${formatCount(scaling.minInstances)} to ${formatCount(scaling.maxInstances)}, aiming at ${formatPercent(scaling.targetUtilization)}; they are at ${formatPercent(report.offeredUtilization)}`,
        exactness: rule,
      };
    case "reactionMs":
      return {
        ...base,
        title: `${name}: time until new instances serve`,
        value: formatDurationMs(scaling.reactionMs),
        formula: "D = time until the load is seen + time to start an instance",
        substituted: formatDurationMs(scaling.reactionMs),
        exactness: { kind: "exact", model: "Definition", source: "The design", typicalErrorPercent: null },
      };
    case "backlog":
      return {
        ...base,
        title: `${name}: backlog as the load doubles`,
        value: formatCount(Math.round(doubling.backlog)),
        formula: "(2λ − nμ) · D, 0 while the instances in use carry it",
        substituted: `${formatCount(Math.round(doubling.backlog))} pile up in ${formatDurationMs(scaling.reactionMs)}; a request then waits ${formatDurationMs(doubling.longestWaitMs)} at most`,
        exactness: fluid,
      };
    case "doubledInstances":
      return {
        ...base,
        title: `${name}: instances for a doubled load`,
        value: formatCount(doubling.instances),
        formula: "n′ = ⌈2λS / (c · target)⌉, from the fewest to the most",
        substituted: `${formatCount(doubling.instances)} instead of ${formatCount(scaling.instances)}, aiming at ${formatPercent(scaling.targetUtilization)}`,
        exactness: rule,
      };
    case "longestWaitMs":
      return {
        ...base,
        title: `${name}: longest wait as the load doubles`,
        value: formatDurationMs(doubling.longestWaitMs),
        formula: "backlog / (n′μ): the request that comes as the new instances n′ start",
        substituted: `${formatDurationMs(doubling.longestWaitMs)} behind at most ${formatCount(Math.round(doubling.backlog))} requests`,
        exactness: fluid,
      };
    case "drainMs":
      return {
        ...base,
        title: `${name}: time to work off a doubled load`,
        value: formatDurationMs(doubling.drainMs),
        formula: "backlog / (n′μ − 2λ), with the instances n′ of twice the load",
        substituted:
          doubling.drainMs === null
            ? `${formatCount(doubling.instances)} instances do not carry twice the load: it never ends.`
            : `${formatCount(Math.round(doubling.backlog))} requests with ${formatCount(doubling.instances)} instances`,
        exactness: fluid,
      };
  }
}
