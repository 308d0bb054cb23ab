import { formatMultiple, formatRate } from "#src/base/format.ts";
import type { AnalysisReport, Risk } from "#src/compile/report.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import type { Design } from "#src/design/document.ts";
import { limitInWords } from "#src/insights/limit-in-words.ts";
import type { Certainty } from "#src/insights/sensitivity/certainty.ts";
import { toBase64 } from "./base64.ts";
import { renderSvg } from "./drawing/render-svg.ts";
import { plainMarkdown } from "./markdown-text.ts";
import { certaintySections } from "./report-certainty.ts";
import {
  assumptionTable,
  breakingTable,
  edgeTable,
  journeyTable,
  nameOf,
  partTable,
  requirementTable,
  targetTable,
  timeTable,
} from "./report-tables.ts";

/**
 * The report as Markdown, the answer first: what it carries and whether targets are met, the picture, what is wrong with it,
 * how it behaves, how certain that is where the design states ranges, and at the end everything that it rests on. The picture is part of the text.
 */
export function reportMarkdown(
  design: Design,
  catalogue: Catalogue,
  report: AnalysisReport,
  certainty: Certainty | null = null,
): string {
  const sections: readonly (readonly string[])[] = [
    [`# ${plainMarkdown(design.name)}`],
    [verdict(design, report)],
    targetTable(design, report),
    [picture(design, catalogue, report)],
    ["## What needs attention"],
    findings(report),
    ["## The load it is made for"],
    requirementTable(design),
    ["## Journeys"],
    [
      "Latency is of completed requests, from the moment they were meant to start. “At most” is the rate at the largest load that the whole design carries.",
    ],
    journeyTable(design, report),
    ...report.journeys.flatMap((journey) => [
      [`### Where the time goes: ${plainMarkdown(design.journeys.get(journey.id)?.name ?? journey.id)}`],
      timeTable(design, journey),
    ]),
    ...(report.breakingLoads.length === 0
      ? []
      : [["## What breaks first, second and third"], breakingTable(design, report)]),
    ...certaintySections(design, certainty),
    ["## Parts"],
    partTable(design, catalogue, report),
    ["## Connections"],
    edgeTable(design, report),
    ...reasons(design),
    ...remarks(design),
    ["## What this rests on"],
    ["Results are steady-state figures of an analytic model at one load; the last column of the parts names it."],
    ["### Stated in this design"],
    assumptionTable(design, catalogue, "stated"),
    ["### Left at defaults"],
    assumptionTable(design, catalogue, "default"),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** What it carries, what gives way first, and how many targets hold, in sentences. */
function verdict(design: Design, report: AnalysisReport): string {
  const offered = report.journeys.reduce((sum, { offeredPerSecond }) => sum + offeredPerSecond, 0);
  const at = `At ${formatMultiple(report.load)} the declared load (${formatRate(offered)})`;
  const targets = report.journeys.flatMap((journey) => {
    const wanted = design.journeys.get(journey.id)?.availabilityTarget;
    return [
      ...journey.targets.map(({ met }) => met),
      ...(wanted === undefined ? [] : [journey.availability >= wanted]),
    ];
  });
  const missed = targets.filter((met) => !met).length;
  const kept =
    targets.length === 0
      ? "no target is stated"
      : missed === 0
        ? "every target is met"
        : `${missed} of ${targets.length} targets ${missed === 1 ? "is" : "are"} missed`;
  if (report.maxLoad === null) {
    return `${at}, ${kept}. Nothing limits the load: no journey with a rate reaches a part with a capacity.`;
  }
  const carried =
    report.maxLoad < 1
      ? `It does **not** carry its declared load: ${formatMultiple(report.maxLoad)} of it fills the first part`
      : `It carries **${formatMultiple(report.maxLoad)}** the declared load`;
  const within =
    report.maxLoadWithinTargets === null ||
    formatMultiple(report.maxLoadWithinTargets) === formatMultiple(report.maxLoad)
      ? ""
      : report.maxLoadWithinTargets === 0
        ? ", and at no load are all targets met"
        : `, with all targets met up to ${formatMultiple(report.maxLoadWithinTargets)}`;
  const order = report.breakingLoads
    .slice(0, 3)
    .map((first) => {
      const what = limitInWords(design, first);
      const name = `${nameOf(design, first.node)}${what === null ? "" : `, ${what}`}`;
      return `${plainMarkdown(name)} (${formatMultiple(first.load)})`;
    })
    .join(", then ");
  return `${at}, ${kept}. ${carried}${within}. First to fill up: ${order}.`;
}

function picture(design: Design, catalogue: Catalogue, report: AnalysisReport): string {
  const svg = renderSvg(design, catalogue, report, { theme: "light", background: true, withSource: false });
  return `![${plainMarkdown(design.name)}](data:image/svg+xml;base64,${toBase64(new TextEncoder().encode(svg))})`;
}

function findings(report: AnalysisReport): readonly string[] {
  const lines = report.risks.map(finding);
  const warnings = report.warnings.map((warning) => `- **note:** ${plainMarkdown(warning)}`);
  return lines.length + warnings.length === 0 ? ["Nothing was found at this load."] : [...lines.flat(), ...warnings];
}

function finding(risk: Risk): readonly string[] {
  const line = (label: string, text: string) => (text === "" ? [] : [`  - ${label}: ${plainMarkdown(text)}`]);
  return [
    `- **${risk.severity}: ${plainMarkdown(risk.title)}.** ${plainMarkdown(risk.impact)}`,
    ...line("Detect", risk.detection),
    ...line("Respond", risk.response),
    ...line("Prevent", risk.prevention),
  ];
}

function reasons(design: Design): readonly (readonly string[])[] {
  const given = [...design.nodes.values()].filter(({ reason }) => reason !== undefined && reason !== "");
  if (given.length === 0) return [];
  const lines = given.map(
    ({ id, reason }) => `- **${plainMarkdown(nameOf(design, id))}**: ${plainMarkdown(reason ?? "")}`,
  );
  return [["## Why each part is here"], lines];
}

/** Decisions and notes of the drawing. */
function remarks(design: Design): readonly (readonly string[])[] {
  const decisions = [...design.decisions.values()].map(
    ({ id, title, text }) => `- **${plainMarkdown(title ?? id)}**: ${plainMarkdown(text ?? "")}`,
  );
  const notes = [...design.annotations.values()].flatMap(({ text }) =>
    text === undefined || text.trim() === "" ? [] : [`- ${plainMarkdown(text)}`],
  );
  return [
    ...(decisions.length === 0 ? [] : [["## Decisions"], decisions]),
    ...(notes.length === 0 ? [] : [["## Notes"], notes]),
  ];
}
