import { formatBytes, formatDurationMs, formatNumber, formatRate } from "#src/base/format.ts";
import { edgeSettingsOf } from "#src/design/edge-settings.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation, FigureReference } from "./explanation.ts";

type EdgeFigure = Extract<FigureReference, { of: "edge" }>["figure"];

export function explainEdgeFigure(context: ExplanationContext, id: string, figure: EdgeFigure): Explanation | null {
  const edge = context.design.edges.get(id);
  const report = context.report.edges.find((candidate) => candidate.id === id);
  if (edge === undefined || report === undefined) return null;
  const nameOf = (nodeId: string): string => context.design.nodes.get(nodeId)?.name ?? nodeId;
  const settings = edgeSettingsOf(edge);
  const source = context.report.nodes.find((node) => node.id === edge.source);
  const calls = typeof settings.calls === "object" ? "by journey" : formatNumber(settings.calls ?? 1);
  const stated = (name: keyof typeof settings): string =>
    settings[name] === undefined ? "default or inferred" : "set in this design";
  return {
    title: `${nameOf(edge.source)} → ${nameOf(edge.target)}: ${figure === "callsPerSecond" ? "calls" : "data"}`,
    value: figure === "callsPerSecond" ? formatRate(report.callsPerSecond) : `${formatBytes(report.bytesPerSecond)}/s`,
    formula:
      figure === "callsPerSecond"
        ? "visits of the source × calls per visit × share that meets the condition, retries included"
        : "calls × payload",
    substituted:
      figure === "callsPerSecond"
        ? `${formatRate(report.callsPerSecond)} from ${formatRate(source?.completedPerSecond ?? 0)} visits (${report.condition}, calls ${calls})`
        : `${formatBytes(report.bytesPerSecond)}/s = ${formatRate(report.callsPerSecond)} × ${formatBytes(settings.payloadBytes ?? 0)}`,
    values: [
      {
        symbol: "visits",
        meaning: `completed at ${nameOf(edge.source)}`,
        value: formatRate(source?.completedPerSecond ?? 0),
      },
    ],
    assumptions: [
      { setting: "Calls per visit", value: calls, source: stated("calls"), isDefault: settings.calls === undefined },
      {
        setting: "Condition",
        value: report.condition,
        source: stated("condition"),
        isDefault: settings.condition === undefined,
      },
      {
        setting: "Network round trip",
        value: formatDurationMs(report.networkMs),
        source: stated("networkMs"),
        isDefault: settings.networkMs === undefined,
      },
    ],
    exactness: { kind: "exact", model: "Traffic equations", source: "Jackson 1957", typicalErrorPercent: null },
  };
}
