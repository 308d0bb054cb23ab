import {
  formatBytes,
  formatCount,
  formatDurationMs,
  formatMultiple,
  formatPercent,
  formatRate,
} from "#src/base/format.ts";
import type { AnalysisReport } from "#src/compile/report.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design } from "#src/design/document.ts";
import { settingAssumptions } from "#src/insights/assumptions.ts";
import { toBase64 } from "./base64.ts";
import { renderSvg } from "./drawing/render-svg.ts";

/** The report as Markdown: picture, what it carries, journeys, parts, findings, reasons and every assumption with its source. */
export function reportMarkdown(design: Design, catalogue: Catalogue, report: AnalysisReport): string {
  const nameOf = (id: string): string => design.nodes.get(id)?.name ?? id;
  const journeyName = (id: string): string => design.journeys.get(id)?.name ?? id;
  const picture = renderSvg(design, catalogue, report, { theme: "light", background: true, withSource: false });
  const lines: string[] = [
    `# ${cell(design.name)}`,
    "",
    headline(report, nameOf),
    "",
    `![${cell(design.name)}](data:image/svg+xml;base64,${toBase64(new TextEncoder().encode(picture))})`,
    "",
    "## Journeys",
    "",
    ...table(
      [
        "Journey",
        "Offered",
        "Completed",
        "p50",
        "p95",
        "p99",
        "p99.9",
        "Targets",
        "Available",
        "Largest rate",
        "Limited by",
      ],
      report.journeys.map((journey) => [
        journeyName(journey.id),
        formatRate(journey.offeredPerSecond),
        formatRate(journey.completedPerSecond),
        formatDurationMs(journey.latencyMs.p50),
        formatDurationMs(journey.latencyMs.p95),
        formatDurationMs(journey.latencyMs.p99),
        formatDurationMs(journey.latencyMs.p999),
        journey.targets
          .map((target) => `p${target.percentile} ≤ ${formatDurationMs(target.ms)} ${target.met ? "met" : "missed"}`)
          .join(", ") || "none",
        formatPercent(journey.availability),
        formatRate(journey.maxPerSecond),
        journey.bottleneck === null ? "–" : nameOf(journey.bottleneck),
      ]),
    ),
  ];
  for (const journey of report.journeys) {
    lines.push(
      "",
      `### ${cell(journeyName(journey.id))}: where the time goes`,
      "",
      ...table(
        ["Part", "Visits", "Service", "Waiting", "Network"],
        journey.breakdown.map((part) => [
          nameOf(part.node),
          formatCount(part.visits),
          formatDurationMs(part.serviceMs),
          formatDurationMs(part.waitMs),
          formatDurationMs(part.networkMs),
        ]),
      ),
    );
  }
  lines.push(
    "",
    "## Parts",
    "",
    ...table(
      [
        "Part",
        "Kind",
        "Arrivals",
        "Utilisation",
        "Capacity",
        "Headroom",
        "Mean wait",
        "p99 in it",
        "Instances needed",
        "Available",
        "Model",
      ],
      report.nodes.map((node) => {
        const part = design.nodes.get(node.id);
        const kind = part === undefined ? undefined : catalogue.get(part.kind);
        const serves = node.capacityPerSecond !== null;
        return [
          nameOf(node.id),
          kind === undefined || part === undefined ? "" : kind.caption(part.settings ?? {}),
          formatRate(node.arrivalsPerSecond),
          serves ? `${formatPercent(node.offeredUtilization)}${node.saturated ? " (saturated)" : ""}` : "–",
          formatRate(node.capacityPerSecond),
          formatMultiple(node.headroom),
          serves ? formatDurationMs(node.waitMs.mean) : "–",
          serves ? formatDurationMs(node.residenceMs.p99) : "–",
          formatCount(node.instancesNeeded),
          formatPercent(node.availability),
          serves ? `${node.exactness.model} (${node.exactness.kind})` : "–",
        ];
      }),
    ),
    "",
    "## Edges",
    "",
    ...table(
      ["From", "To", "Mode", "When", "Calls", "Data", "Network"],
      report.edges.map((edge) => {
        const drawn = design.edges.get(edge.id);
        return [
          nameOf(drawn?.source ?? ""),
          nameOf(drawn?.target ?? ""),
          edge.mode,
          edge.condition,
          formatRate(edge.callsPerSecond),
          edge.bytesPerSecond > 0 ? `${formatBytes(edge.bytesPerSecond)}/s` : "–",
          formatDurationMs(edge.networkMs),
        ];
      }),
    ),
    "",
    "## Findings",
    "",
  );
  if (report.risks.length === 0) lines.push("No finding at this load.");
  for (const risk of report.risks) {
    lines.push(
      `- **${risk.severity}: ${cell(risk.title)}.** ${cell(risk.impact)} Detect: ${cell(risk.detection)} Respond: ${cell(risk.response)} Prevent: ${cell(risk.prevention)}`,
    );
  }
  for (const warning of report.warnings) lines.push("", `Note: ${cell(warning)}`);
  const reasons = [...design.nodes.values()].filter((node) => node.reason !== undefined && node.reason !== "");
  if (reasons.length > 0) {
    lines.push(
      "",
      "## Why each part is here",
      "",
      ...reasons.map((node) => `- **${cell(nameOf(node.id))}**: ${cell(node.reason ?? "")}`),
    );
  }
  lines.push("", "## Assumptions", "", ...table(["Setting", "Value", "Source"], assumptionRows(design, catalogue)), "");
  return lines.join("\n");
}

function headline(report: AnalysisReport, nameOf: (id: string) => string): string {
  const at = `At load ${formatMultiple(report.load)}.`;
  if (report.maxLoad === null) return `No part limits this design. ${at}`;
  const order = report.breakingLoads
    .slice(0, 3)
    .map(({ node, load }) => `${cell(nameOf(node))} at ${formatMultiple(load)}`)
    .join(", then ");
  const within =
    report.maxLoadWithinTargets === null
      ? ""
      : ` Latency targets hold up to ${formatMultiple(report.maxLoadWithinTargets)}.`;
  return `Carries **${formatMultiple(report.maxLoad)}** its declared load.${within} Breaks first: ${order}. ${at}`;
}

function assumptionRows(design: Design, catalogue: Catalogue): readonly (readonly string[])[] {
  return [...design.nodes.values()].flatMap((node) => {
    const kind = catalogue.get(node.kind);
    if (kind === undefined) return [];
    const names = kind.form
      .filter((field) => !field.advanced || node.settings?.[field.name] !== undefined)
      .map((field) => field.name);
    return settingAssumptions(node, kind, names).map((assumption) => [
      assumption.setting,
      assumption.value,
      assumption.source,
    ]);
  });
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map((_, column) => (column === 0 ? "---" : "---:")).join("|")}|`, ...rows.map(line)];
}

/** Text of the design inside Markdown: no markup, no table breaks, no lines of its own. */
function cell(text: string): string {
  return text.replace(/[\r\n]+/g, " ").replace(/[\\`*_[\]<>|#]/g, (character) => `\\${character}`);
}
