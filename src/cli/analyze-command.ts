import { catalogue } from "#library/catalogue.ts";
import { formatDurationMs, formatMultiple, formatNumber, formatPercent, formatRate } from "#src/base/format.ts";
import type { AnalysisReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";
import { fullReportAt } from "#src/insights/full-report.ts";
import { limitInWords } from "#src/insights/limit-in-words.ts";
import type { Certainty } from "#src/insights/sensitivity/certainty.ts";
import { figureTitle, figureValue, intervalInWords } from "#src/insights/sensitivity/certainty-in-words.ts";
import { intervalReport } from "#src/insights/sensitivity/interval-report.ts";
import { exitStatus } from "./failure.ts";
import { rangesOf } from "./ranges-of.ts";
import { prepareDesign, readDesign } from "./read-design.ts";

export interface AnalyzeOptions {
  readonly load: number;
  readonly scenario?: string;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** Prints the analysis of a file; the exit status is 1 when a target is missed and `check` asks. */
export function analyze(file: string, options: AnalyzeOptions, print: (text: string) => void): number {
  const design = readDesign(file);
  const report = fullReportAt(prepareDesign(file, design, options.scenario), catalogue, options.load);
  const certainty = rangesOf(file, design, options.load, options.scenario);
  const intervals = certainty === null ? {} : { intervals: intervalReport(certainty) };
  print(
    options.json === true
      ? JSON.stringify({ ...report, ...intervals }, null, 2)
      : [summary(design, report), ...(certainty === null ? [] : intervalLines(design, certainty))].join("\n"),
  );
  const missed = report.journeys.some((journey) => !journey.meetsTargets);
  return options.check === true && missed ? exitStatus.targetMissed : exitStatus.done;
}

function intervalLines(design: Design, certainty: Certainty): readonly string[] {
  const rows = certainty.figures.flatMap((found) => {
    const interval = intervalInWords(found);
    if (interval === null || found.influences.length === 0) return [];
    const most = certainty.factors[found.influences[0]?.factor ?? -1];
    return [[figureTitle(design, found.figure), figureValue(found.figure, found.likely), interval, most?.title ?? ""]];
  });
  return [
    "",
    `Ranges of the file, ${certainty.samples} sampled designs (seed ${certainty.seed}), 5 % to 95 %`,
    ...table(["Figure", "likely", "interval", "matters most"], rows),
  ];
}

function summary(design: Design, report: AnalysisReport): string {
  const nameOf = (id: string): string => design.nodes.get(id)?.name ?? id;
  const lines = [`${design.name} at ${formatMultiple(report.load)} its declared load`];
  lines.push(
    report.maxLoad === null
      ? "No part limits it: no journey with a rate reaches a part with a capacity."
      : `Carries ${formatMultiple(report.maxLoad)} the declared load; latency targets hold up to ${formatMultiple(report.maxLoadWithinTargets)}.`,
  );
  if (report.breakingLoads.length > 0) {
    lines.push(
      `Breaks first: ${report.breakingLoads
        .slice(0, 3)
        .map((first) => {
          const what = limitInWords(design, first);
          return `${nameOf(first.node)}${what === null ? "" : ` (${what})`} at ${formatMultiple(first.load)}`;
        })
        .join(", then ")}.`,
    );
  }
  lines.push("");
  lines.push(
    ...table(
      ["Journey", "offered", "completed", "p50", "p95", "p99", "available", "targets"],
      report.journeys.map((journey) => [
        design.journeys.get(journey.id)?.name ?? journey.id,
        formatRate(journey.offeredPerSecond),
        formatRate(journey.completedPerSecond),
        formatDurationMs(journey.latencyMs.p50),
        formatDurationMs(journey.latencyMs.p95),
        formatDurationMs(journey.latencyMs.p99),
        formatPercent(journey.availability),
        journey.meetsTargets ? "met" : "MISSED",
      ]),
    ),
    "",
    ...table(
      ["Part", "arrivals", "utilisation", "wait", "p99 in it", "headroom", "needs"],
      report.nodes
        .filter((node) => node.capacityPerSecond !== null)
        .map((node) => [
          nameOf(node.id),
          formatRate(node.arrivalsPerSecond),
          `${formatPercent(node.utilization)}${node.saturated ? " saturated" : ""}`,
          formatDurationMs(node.waitMs.mean),
          formatDurationMs(node.residenceMs.p99),
          formatMultiple(node.headroom),
          formatNumber(node.instancesNeeded),
        ]),
    ),
  );
  if (report.risks.length > 0)
    lines.push("", ...report.risks.map((risk) => `${risk.severity}: ${risk.title}. ${risk.impact}`));
  if (report.warnings.length > 0) lines.push("", ...report.warnings.map((warning) => `Note: ${warning}`));
  return lines.join("\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return [line(head), ...rows.map(line)];
}
