import {
  formatBytes,
  formatCount,
  formatDurationMs,
  formatMultiple,
  formatNumber,
  formatPercent,
  formatRate,
} from "#src/base/format.ts";
import type { AnalysisReport, JourneyReport } from "#src/compile/report.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design } from "#src/design/document.ts";
import { settingAssumptions } from "#src/insights/assumptions.ts";
import { markdownTable } from "./markdown-text.ts";

type Lines = readonly string[];

const secondsPerDay = 86_400;

/** One row a target: what was asked for, what comes out, whether it is met. */
export function targetTable(design: Design, report: AnalysisReport): Lines {
  const rows = report.journeys.flatMap((result) => {
    const journey = design.journeys.get(result.id);
    const name = journey?.name ?? result.id;
    const latency = result.targets.map((target) => [
      name,
      `p${formatNumber(target.percentile)} ≤ ${formatDurationMs(target.ms)}`,
      formatDurationMs(target.actualMs),
      target.met ? "met" : "MISSED",
    ]);
    const wanted = journey?.availabilityTarget;
    if (wanted === undefined) return latency;
    return [
      ...latency,
      [
        name,
        `available ≥ ${formatPercent(wanted)}`,
        formatPercent(result.availability),
        result.availability >= wanted ? "met" : "MISSED",
      ],
    ];
  });
  return rows.length === 0
    ? ["The design states no targets. Without them nothing says how fast is fast enough."]
    : markdownTable(["Journey", "Target", "Result", ""], rows);
}

/** The numbers that the design starts from, and what follows from them by multiplication. */
export function requirementTable(design: Design): Lines {
  const { requirements: given } = design;
  const rows: (readonly [string, string])[] = [];
  const add = (name: string, value: number | undefined, format: (value: number) => string) => {
    if (value !== undefined) rows.push([name, format(value)]);
  };
  add("Daily active users", given.dailyActiveUsers, formatCount);
  add("Requests per user and day", given.requestsPerUserPerDay, formatCount);
  add("Peak over mean", given.peakFactor, formatMultiple);
  if (given.dailyActiveUsers !== undefined && given.requestsPerUserPerDay !== undefined) {
    const mean = (given.dailyActiveUsers * given.requestsPerUserPerDay) / secondsPerDay;
    rows.push(["Mean rate that follows", formatRate(mean)]);
    if (given.peakFactor !== undefined) rows.push(["Peak rate that follows", formatRate(mean * given.peakFactor)]);
  }
  add("Records per day", given.recordsPerDay, formatCount);
  add("Size of a record", given.recordBytes, formatBytes);
  add("Kept for", given.retentionDays, (days) => formatDurationMs(days * secondsPerDay * 1000));
  add("Copies", given.replicationFactor, formatCount);
  if (given.recordsPerDay !== undefined && given.recordBytes !== undefined && given.retentionDays !== undefined) {
    const bytes = given.recordsPerDay * given.recordBytes * given.retentionDays * (given.replicationFactor ?? 1);
    rows.push(["Storage that follows", formatBytes(bytes)]);
  }
  add("Availability target", given.availabilityTarget, formatPercent);
  add("Time to recover, at most", given.recoveryTimeObjectiveMs, formatDurationMs);
  add("Data lost, at most", given.recoveryPointObjectiveMs, formatDurationMs);
  return rows.length === 0 ? [] : markdownTable(["Given", ""], rows);
}

export function journeyTable(design: Design, report: AnalysisReport): Lines {
  return markdownTable(
    ["Journey", "Offered", "Completed", "Mean", "p50", "p95", "p99", "p99.9", "Available", "At most", "Limited by"],
    report.journeys.map((journey) => [
      design.journeys.get(journey.id)?.name ?? journey.id,
      formatRate(journey.offeredPerSecond),
      formatRate(journey.completedPerSecond),
      formatDurationMs(journey.latencyMs.mean),
      formatDurationMs(journey.latencyMs.p50),
      formatDurationMs(journey.latencyMs.p95),
      formatDurationMs(journey.latencyMs.p99),
      formatDurationMs(journey.latencyMs.p999),
      formatPercent(journey.availability),
      formatRate(journey.maxPerSecond),
      journey.bottleneck === null ? "–" : nameOf(design, journey.bottleneck),
    ]),
  );
}

/** Where the time of a journey goes, the longest stay first; times are per request, over all visits. */
export function timeTable(design: Design, journey: JourneyReport): Lines {
  const total = (part: JourneyReport["breakdown"][number]) => part.serviceMs + (part.waitMs ?? 0) + part.networkMs;
  return markdownTable(
    ["Part", "Visits", "Working", "Waiting", "Network", "Together"],
    journey.breakdown
      .filter((part) => part.waitMs === null || total(part) > 0)
      .sort((first, second) => total(second) - total(first))
      .map((part) => [
        nameOf(design, part.node),
        formatNumber(part.visits),
        formatDurationMs(part.serviceMs),
        formatDurationMs(part.waitMs),
        formatDurationMs(part.networkMs),
        part.waitMs === null ? "–" : formatDurationMs(total(part)),
      ]),
  );
}

export function breakingTable(design: Design, report: AnalysisReport): Lines {
  return markdownTable(
    ["Part", "Full at", "Arrivals then", "Now"],
    report.breakingLoads.slice(0, 10).map(({ node: id, load }) => {
      const node = report.nodes.find((candidate) => candidate.id === id);
      return [
        nameOf(design, id),
        formatMultiple(load),
        formatRate(node?.capacityPerSecond),
        node === undefined ? "–" : formatPercent(node.offeredUtilization),
      ];
    }),
  );
}

export function partTable(design: Design, catalogue: Catalogue, report: AnalysisReport): Lines {
  const isPriced = report.nodes.some((node) => node.monthlyCost !== null);
  return markdownTable(
    [
      "Part",
      "Kind and size",
      "Arrivals",
      "Utilisation",
      "Capacity",
      "Mean wait",
      "p99 in it",
      "Instances needed",
      "Available",
      ...(isPriced ? ["Cost a month"] : []),
      "Model",
    ],
    report.nodes.map((node) => {
      const part = design.nodes.get(node.id);
      const kind = part === undefined ? undefined : catalogue.get(part.kind);
      const serves = node.capacityPerSecond !== null;
      return [
        nameOf(design, node.id),
        kind === undefined || part === undefined ? "" : kind.caption(part.settings ?? {}),
        formatRate(node.arrivalsPerSecond),
        serves ? `${formatPercent(node.offeredUtilization)}${node.saturated ? " (full)" : ""}` : "–",
        formatRate(node.capacityPerSecond),
        serves ? formatDurationMs(node.waitMs.mean) : "–",
        serves ? formatDurationMs(node.residenceMs.p99) : "–",
        formatCount(node.instancesNeeded),
        formatPercent(node.availability),
        ...(isPriced ? [formatNumber(node.monthlyCost)] : []),
        serves ? `${node.exactness.model} (${node.exactness.kind})` : "–",
      ];
    }),
  );
}

export function edgeTable(design: Design, report: AnalysisReport): Lines {
  return markdownTable(
    ["From", "To", "Mode", "When", "Calls", "Data", "Network"],
    report.edges.map((edge) => {
      const drawn = design.edges.get(edge.id);
      const [condition = edge.condition, cache] = edge.condition.split(" of ");
      return [
        nameOf(design, drawn?.source ?? ""),
        nameOf(design, drawn?.target ?? ""),
        edge.mode,
        cache === undefined ? condition : `${condition} of ${nameOf(design, cache)}`,
        formatRate(edge.callsPerSecond),
        edge.bytesPerSecond > 0 ? `${formatBytes(edge.bytesPerSecond)}/s` : "–",
        formatDurationMs(edge.networkMs),
      ];
    }),
  );
}

/** Settings as assumptions: those that the design states, or those that it leaves at the kind's default with its source. */
export function assumptionTable(design: Design, catalogue: Catalogue, which: "stated" | "default"): Lines {
  const rows = [...design.nodes.values()].flatMap((node) => {
    const kind = catalogue.get(node.kind);
    if (kind === undefined) return [];
    const names = kind.form
      .filter((field) => !field.advanced || node.settings?.[field.name] !== undefined)
      .map((field) => field.name);
    return settingAssumptions(node, kind, names).filter(({ isDefault }) => isDefault === (which === "default"));
  });
  if (rows.length === 0) return [which === "stated" ? "None." : "Every setting is stated."];
  return which === "stated"
    ? markdownTable(
        ["Setting", "Value"],
        rows.map(({ setting, value }) => [setting, value]),
      )
    : markdownTable(
        ["Setting", "Value", "Source"],
        rows.map(({ setting, value, source }) => [setting, value, source]),
      );
}

export function nameOf(design: Design, id: string): string {
  return design.nodes.get(id)?.name ?? id;
}
