import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatBytes, formatDurationMs, formatNumber, formatPercent, formatRate } from "#src/base/format.ts";
import type { EdgeReport } from "#src/compile/report.ts";
import { edgeSettingsOf } from "#src/design/edge-settings.ts";
import { explainCacheFigure } from "./explain-cache-figure.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation, FigureReference } from "./explanation.ts";

type EdgeFigure = Extract<FigureReference, { of: "edge" }>["figure"];

const traffic: Exactness = {
  kind: "exact",
  model: "Traffic equations",
  source: "Jackson 1957",
  typicalErrorPercent: null,
};
const definition: Exactness = { kind: "exact", model: "Definition", source: "The design", typicalErrorPercent: null };

export function explainEdgeFigure(context: ExplanationContext, id: string, figure: EdgeFigure): Explanation | null {
  const edge = context.design.edges.get(id);
  const report = context.report.edges.find((candidate) => candidate.id === id);
  if (edge === undefined || report === undefined) return null;
  const nameOf = (nodeId: string): string => context.design.nodes.get(nodeId)?.name ?? nodeId;
  const settings = edgeSettingsOf(edge);
  const visits = context.report.nodes.find((node) => node.id === edge.source)?.completedPerSecond ?? 0;
  const calls = typeof settings.calls === "object" ? "by journey" : formatNumber(settings.calls ?? 1);
  const stated = (name: keyof typeof settings): string =>
    settings[name] === undefined ? "default or inferred" : "set in this design";
  const shown = {
    visits: formatRate(visits),
    calls,
    payload: formatBytes(settings.payloadBytes ?? 0),
    isNetworkStated: settings.networkMs !== undefined,
  };
  const words = wordsOf(report, shown, figure);
  if (words === null) return null;
  const { title, ...rest } = words;
  const cache = figure === "hitRatio" ? cacheBehind(context, report) : null;
  return {
    title: `${nameOf(edge.source)} → ${nameOf(edge.target)}: ${title}`,
    ...rest,
    values: cache?.values ?? [
      { symbol: "visits", meaning: `completed at ${nameOf(edge.source)}`, value: formatRate(visits) },
    ],
    assumptions: cache?.assumptions ?? [
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
    ...(cache === null ? {} : { exactness: cache.exactness }),
  };
}

/** The hit ratio of an edge is that of the cache that its condition speaks of: "miss of redis". */
function cacheBehind(context: ExplanationContext, { condition }: EdgeReport): Explanation | null {
  const [, id] = condition.split(" of ", 2);
  return id === undefined ? null : explainCacheFigure(context, id, "hitRatio");
}

interface Shown {
  readonly visits: string;
  readonly calls: string;
  readonly payload: string;
  readonly isNetworkStated: boolean;
}

type Words = Pick<Explanation, "title" | "value" | "formula" | "substituted" | "exactness">;

function wordsOf(report: EdgeReport, shown: Shown, figure: EdgeFigure): Words | null {
  const rate = formatRate(report.callsPerSecond);
  switch (figure) {
    case "callsPerSecond":
      return {
        title: "calls",
        value: rate,
        formula: "visits of the source × calls per visit × share that meets the condition, retries included",
        substituted: `${rate} from ${shown.visits} visits (${report.condition}, calls ${shown.calls})`,
        exactness: traffic,
      };
    case "bytesPerSecond": {
      const data = `${formatBytes(report.bytesPerSecond)}/s`;
      return {
        title: "data",
        value: data,
        formula: "calls × payload",
        substituted: `${data} = ${rate} × ${shown.payload}`,
        exactness: traffic,
      };
    }
    case "networkMs":
      return {
        title: "network round trip",
        value: formatDurationMs(report.networkMs),
        formula: shown.isNetworkStated
          ? "as the settings say, half before and half after the visit"
          : "by the zones that the call crosses, half before and half after the visit",
        substituted: `${formatDurationMs(report.networkMs)} for each call`,
        exactness: definition,
      };
    case "hitRatio": {
      if (report.hitRatio === undefined) return null;
      const share = formatPercent(report.hitRatio);
      return {
        title: "hit ratio of the cache asked",
        value: share,
        formula: "h: this call is made on a hit with probability h, on a miss with 1 − h",
        substituted: `${share} of the reads; this call is made on ${report.condition}`,
        exactness: definition,
      };
    }
  }
}
