import { formatDurationMs, formatNumber } from "#src/base/format.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation } from "./explanation.ts";

/** The percentile that is held against a latency target; null when the target is no longer there. */
export function explainTargetFigure(
  { design, report }: ExplanationContext,
  id: string,
  place: number,
): Explanation | null {
  const journey = report.journeys.find((candidate) => candidate.id === id);
  const target = journey?.targets[place];
  if (journey === undefined || target === undefined) return null;
  const percentile = formatNumber(target.percentile, { digits: 5 });
  const actual = formatDurationMs(target.actualMs);
  return {
    title: `${design.journeys.get(id)?.name ?? id}: p${percentile} against its target`,
    value: actual,
    formula: "percentile of the composed law: sums by convolution, branches by mixture, joins by the slowest",
    substituted:
      target.actualMs === null
        ? "There is no steady state: a part on the way is saturated, so waits grow without end."
        : `${actual} ${target.met ? "≤" : ">"} ${formatDurationMs(target.ms)}`,
    values: (["mean", "p50", "p99"] as const).map((figure) => ({
      symbol: figure,
      meaning: figure === "mean" ? "mean latency" : "percentile of the same law",
      value: formatDurationMs(journey.latencyMs[figure]),
    })),
    assumptions: [
      {
        setting: "Latency target",
        value: `p${percentile} within ${formatDurationMs(target.ms)}`,
        source: "set in this design",
        isDefault: false,
      },
    ],
    exactness: journey.exactness,
  };
}
