import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatCount, formatDurationMs, formatRate } from "#src/base/format.ts";
import type { BacklogReport } from "#src/compile/data-report.ts";
import { settingAssumptions } from "./assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { BacklogFigure, Explanation } from "./explanation.ts";

const fluid: Exactness = {
  kind: "approximation",
  model: "Fluid limit of a backlog",
  source: "Newell 1982, ch. 2; exact for means of a large backlog",
  typicalErrorPercent: null,
};
const consumerSettings = ["instances", "concurrency", "capacityPerSecond", "batchSize", "batchFixedMs", "maxInstances"];

export function explainBacklogFigure(
  context: ExplanationContext,
  id: string,
  figure: BacklogFigure,
): Explanation | null {
  const node = context.design.nodes.get(id);
  const report = context.report.nodes.find((candidate) => candidate.id === id);
  const kind = node === undefined ? undefined : context.catalogue.get(node.kind);
  const backlog = report?.backlog ?? null;
  if (node === undefined || kind === undefined || report === undefined || backlog === null) return null;
  const rate = formatRate(report.arrivalsPerSecond);
  const words = wordsOf(backlog, rate)[figure];
  return {
    title: `${node.name ?? id}: ${words.title}`,
    value: words.value,
    formula: words.formula,
    substituted: words.substituted,
    values: [
      { symbol: "λ", meaning: "messages that arrive", value: rate },
      {
        symbol: "c",
        meaning: "messages that the consumers take at most, as far as the fullest of them goes",
        value: capacityInWords(report.arrivalsPerSecond, backlog, report.completedPerSecond),
      },
    ],
    assumptions: [
      ...settingAssumptions(node, kind, consumerSettings),
      ...backlog.brokers.flatMap((broker) => brokerAssumptions(context, broker)),
    ],
    exactness: fluid,
  };
}

/** λ and the wait behind the messages of a minute give c = λ · minute / wait. */
function capacityInWords(arrivalsPerSecond: number, backlog: BacklogReport, completedPerSecond: number): string {
  const { longestWaitMs } = backlog.outageMinute;
  if (longestWaitMs === null || longestWaitMs === 0) return formatRate(Math.max(arrivalsPerSecond, completedPerSecond));
  return formatRate((backlog.outageMinute.backlog / longestWaitMs) * 1000);
}

type Words = Pick<Explanation, "title" | "value" | "formula" | "substituted">;

function wordsOf(backlog: BacklogReport, rate: string): Record<BacklogFigure, Words> {
  const { outageMinute, rebalance } = backlog;
  const noEnd = "More arrives than they can take: it never ends.";
  const losing = (ms: number | null, grows: string): string =>
    ms === null ? "No limit is stated, or the backlog does not grow." : `${grows}: ${formatDurationMs(ms)}`;
  return {
    growthPerSecond: {
      title: "growth of the backlog",
      value: formatRate(backlog.growthPerSecond),
      formula: "growth = λ − c, 0 while the consumers keep up",
      substituted: `${rate} arrive; the rest of what is taken piles up at ${formatRate(backlog.growthPerSecond)}`,
    },
    "outageMinute.backlog": {
      title: "messages per minute without consumers",
      value: formatCount(Math.round(outageMinute.backlog)),
      formula: "Q = λ · 60 s",
      substituted: `${formatCount(Math.round(outageMinute.backlog))} = ${rate} × 60 s`,
    },
    "outageMinute.drainMs": {
      title: "time to work off a minute without consumers",
      value: formatDurationMs(outageMinute.drainMs),
      formula: "Q / (c − λ)",
      substituted:
        outageMinute.drainMs === null
          ? noEnd
          : `${formatCount(Math.round(outageMinute.backlog))} messages while ${rate} more arrive`,
    },
    "outageMinute.longestWaitMs": {
      title: "longest wait behind a minute without consumers",
      value: formatDurationMs(outageMinute.longestWaitMs),
      formula: "Q / c, the age of the oldest message as it is taken, the outage itself not counted",
      substituted: `${formatCount(Math.round(outageMinute.backlog))} messages at the rate of all consumers`,
    },
    "rebalance.backlog": {
      title: "messages that pile up in a rebalance",
      value: formatCount(rebalance === null ? null : Math.round(rebalance.backlog)),
      formula: "Q = λ · pause",
      substituted:
        rebalance === null
          ? "Nothing is dealt out anew."
          : `${formatCount(Math.round(rebalance.backlog))} = ${rate} × ${formatDurationMs(rebalance.pauseMs)}`,
    },
    "rebalance.drainMs": {
      title: "time to catch up after a rebalance",
      value: formatDurationMs(rebalance?.drainMs ?? null),
      formula: "Q = λ · pause, worked off in Q / (c − λ)",
      substituted:
        rebalance === null
          ? "Nothing is dealt out anew."
          : `${formatCount(Math.round(rebalance.backlog))} messages of a pause of ${formatDurationMs(rebalance.pauseMs)}`,
    },
    deadLettersPerSecond: {
      title: "dead letters",
      value: formatRate(backlog.deadLettersPerSecond),
      formula: "λ · f^(r + 1), f the share of attempts that fail and r the retries of the edge",
      substituted: `${formatRate(backlog.deadLettersPerSecond)} are given up`,
    },
    losesAfterMs: {
      title: "time until messages are lost",
      value: formatDurationMs(backlog.losesAfterMs),
      formula: "the sooner of M / (λ − c) for a limit of M messages and R / (1 − c/λ) for a retention of R",
      substituted: losing(backlog.losesAfterMs, "at the present growth"),
    },
    idleInstances: {
      title: "consumers without a partition",
      value: formatCount(backlog.idleInstances),
      formula: "max(0, instances − partitions): a partition has one consumer at most",
      substituted: `${formatCount(backlog.idleInstances)} have nothing to take`,
    },
    losesAfterOutageMs: {
      title: "time without consumers until messages are lost",
      value: formatDurationMs(backlog.losesAfterOutageMs),
      formula: "the sooner of M / λ for a limit of M messages and the retention",
      substituted: losing(backlog.losesAfterOutageMs, "with no consumer at all"),
    },
  };
}

function brokerAssumptions(context: ExplanationContext, id: string): Explanation["assumptions"] {
  const node = context.design.nodes.get(id);
  const kind = node === undefined ? undefined : context.catalogue.get(node.kind);
  if (node === undefined || kind === undefined) return [];
  return settingAssumptions(node, kind, [
    "partitions",
    "partitionSkew",
    "rebalancePauseMs",
    "retentionHours",
    "maxMessages",
  ]);
}
