import { formatDurationMs, formatMultiple, formatPercent, formatRate, formatUtilization } from "#src/base/format.ts";
import type { Design } from "#src/design/document.ts";
import type { FigureReference } from "../explanation.ts";
import { formatSetting } from "../format-setting.ts";
import type { Certainty, Factor, FigureCertainty, Influence } from "./certainty.ts";

const journeyFigures: Readonly<Record<string, string>> = {
  p99: "p99",
  mean: "mean latency",
  completedPerSecond: "completed",
  availability: "availability",
};

/** "Largest load", "Follow a link: p99". */
export function figureTitle(design: Design, figure: FigureReference): string {
  switch (figure.of) {
    case "design":
      return "Largest load";
    case "journey":
      return `${design.journeys.get(figure.id)?.name ?? figure.id}: ${journeyFigures[figure.figure] ?? figure.figure}`;
    case "node":
      return `${design.nodes.get(figure.id)?.name ?? figure.id}: utilisation`;
    default:
      return figure.figure;
  }
}

/** A value of a headline figure with its unit; null reads "no bound", and of the largest load "no limit". */
export function figureValue(figure: FigureReference, value: number | null): string {
  if (value === null) return figure.of === "design" ? "no limit" : "no bound";
  switch (figure.figure) {
    case "maxLoad":
      return formatMultiple(value);
    case "p99":
    case "mean":
      return formatDurationMs(value);
    case "completedPerSecond":
      return formatRate(value);
    case "availability":
      return formatPercent(value, { digits: 5 });
    case "utilization":
      return formatUtilization(value);
    default:
      return String(value);
  }
}

/** "3.1 to 9.4 ms": where the figure lies in 90 of 100 sampled designs; null without samples. */
export function intervalInWords({ figure, interval }: FigureCertainty): string | null {
  if (interval === null) return null;
  return `${figureValue(figure, interval.low)} to ${figureValue(figure, interval.high)}`;
}

/** "800/s to 1 200/s". */
export function factorRange({ low, high, unit }: Factor): string {
  return `${formatSetting(low, unit)} to ${formatSetting(high, unit)}`;
}

/** "1 % more means 2.3 % more"; null where there is no elasticity. */
export function elasticityInWords({ elasticity }: Influence): string | null {
  if (elasticity === null) return null;
  const size = Math.abs(elasticity);
  const words = formatPercent(size / 100, { digits: 2 });
  const onePercent = formatPercent(0.01);
  if (size < 0.005) return `${onePercent} more changes next to nothing`;
  return `${onePercent} more means ${words} ${elasticity > 0 ? "more" : "less"}`;
}

function sameFigure(a: FigureReference, b: FigureReference): boolean {
  if (a.of !== b.of || a.figure !== b.figure) return false;
  return a.of === "design" || b.of === "design" || ("id" in a && "id" in b && a.id === b.id);
}

/** What is known of a figure; null when it is none of the headline figures. */
export function certaintyFor(certainty: Certainty, figure: FigureReference): FigureCertainty | null {
  return certainty.figures.find((candidate) => sameFigure(candidate.figure, figure)) ?? null;
}
