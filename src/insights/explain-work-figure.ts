import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatCount, formatNumber, formatPercent, formatRate } from "#src/base/format.ts";
import type { NodeReport } from "#src/compile/report.ts";
import { settingAssumptions } from "./assumptions.ts";
import { explainAutoscalingFigure } from "./explain-autoscaling-figure.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation, WorkFigure } from "./explanation.ts";

const algebra: Exactness = {
  kind: "exact",
  model: "Traffic equations",
  source: "Jackson 1957; Lazowska et al. 1984, ch. 3",
  typicalErrorPercent: null,
};
const definition: Exactness = { kind: "exact", model: "Definition", source: "The design", typicalErrorPercent: null };

const workSettings = ["instances", "concurrency", "capacityPerSecond", "queueLimit", "patienceMs"];

/** What of a node is busy, done, given up and piling up, and how many instances are in use. */
export function explainWorkFigure(context: ExplanationContext, id: string, figure: WorkFigure): Explanation | null {
  const node = context.design.nodes.get(id);
  const kind = node === undefined ? undefined : context.catalogue.get(node.kind);
  const report = context.report.nodes.find((candidate) => candidate.id === id);
  if (node === undefined || kind === undefined || report === undefined) return null;
  const scaling = figure === "instances" ? explainAutoscalingFigure(context, id, "instances") : null;
  if (scaling !== null) return scaling;
  const { title, ...words } = wordsOf(report)[figure];
  return {
    title: `${node.name ?? id}: ${title}`,
    ...words,
    values: [
      { symbol: "λ", meaning: "arrivals at this part", value: formatRate(report.arrivalsPerSecond) },
      { symbol: "c", meaning: "what it can serve", value: formatRate(report.capacityPerSecond) },
    ],
    assumptions: settingAssumptions(node, kind, workSettings),
  };
}

type Words = Pick<Explanation, "title" | "value" | "formula" | "substituted" | "exactness">;

function wordsOf(report: NodeReport): Record<WorkFigure, Words> {
  const rate = formatRate(report.arrivalsPerSecond);
  const capacity = formatRate(report.capacityPerSecond);
  return {
    utilization: {
      title: "servers busy",
      value: formatPercent(report.utilization),
      formula: "accepted λ · S / m, the share of all servers that is busy; at most 1",
      substituted: `${formatPercent(report.utilization)} busy, ${formatPercent(report.offeredUtilization)} offered`,
      exactness: report.rejectedPerSecond > 0 ? report.exactness : algebra,
    },
    unclippedUtilization: {
      title: "utilisation if nothing before it held back",
      value: formatPercent(report.unclippedUtilization),
      formula: "λ · S / m with the λ of flows that no part on the way clips; sizing goes by it",
      substituted: `${formatPercent(report.unclippedUtilization)}, against ${formatPercent(report.offeredUtilization)} that reach it`,
      exactness: algebra,
    },
    completedPerSecond: {
      title: "completed",
      value: formatRate(report.completedPerSecond),
      formula: "completed = λ − rejected − what piles up",
      substituted: `${formatRate(report.completedPerSecond)} = ${rate} − ${formatRate(report.rejectedPerSecond)} − ${formatRate(report.backlogGrowthPerSecond)}`,
      exactness: report.rejectedPerSecond > 0 ? report.exactness : algebra,
    },
    abandonedPerSecond: {
      title: "given up waiting",
      value: formatRate(report.abandonedPerSecond),
      formula: "Lq / patience: each who waits gives up at the rate 1 / patience",
      substituted: `${formatRate(report.abandonedPerSecond)} of ${rate}, with ${formatNumber(report.queueLength)} waiting on average`,
      exactness: report.exactness,
    },
    backlogGrowthPerSecond: {
      title: "growth of the backlog",
      value: formatRate(report.backlogGrowthPerSecond),
      formula: "growth = λ − c, 0 while all can be served",
      substituted: `${formatRate(report.backlogGrowthPerSecond)}: ${rate} come, ${capacity} can be served`,
      exactness: algebra,
    },
    instances: {
      title: "instances in use",
      value: formatCount(report.instances),
      formula: "as many as the settings say; behind partitions at most one for each",
      substituted: `${formatCount(report.instances)} serve ${rate}`,
      exactness: definition,
    },
  };
}
