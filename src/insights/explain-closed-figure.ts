import type { ClosedBounds } from "#src/analysis/closed/bounds.ts";
import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatDurationMs, formatNumber, formatRate } from "#src/base/format.ts";
import type { ClosedJourneyReport, JourneyReport } from "#src/compile/report.ts";
import { asymptoticBounds, explainClosedFigure, usersAssumption } from "./explain-closed-journey.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { BoundFigure, ClosedFigure, Explanation } from "./explanation.ts";

const balanced: Exactness = {
  kind: "exact",
  model: "Balanced-job bounds of a closed network of exponential single servers",
  source: "Zahorjan, Sevcik, Eager and Galler 1982; Lazowska et al. 1984, table 5.2",
  typicalErrorPercent: null,
};
const stated: Exactness = { kind: "exact", model: "Definition", source: "The design", typicalErrorPercent: null };

/** The longest and the shortest that a cycle of a user can be: X = N / cycle, R = cycle − Z. */
const cycles: Record<`${"asymptotic" | "balancedJob"}.${"least" | "most"}`, readonly [cycle: string, why: string]> = {
  "asymptotic.least": ["(N · D + Z)", "every other user is ahead at every part"],
  "asymptotic.most": ["max(D + Z, N · D_max)", "nobody is ahead, or the slowest part is always busy"],
  "balancedJob.least": ["(D + Z + (N − 1) · D_max / (1 + Z / (N · D)))", "all parts as slow as the slowest"],
  "balancedJob.most": ["max(N · D_max, D + Z + (N − 1) · D_mean / (1 + Z / D))", "all parts equally slow"],
};

/** Users of a closed journey, what they get, and what no laws of service can change; null for a journey with a rate. */
export function explainClosedUsersFigure(
  { design, report }: ExplanationContext,
  id: string,
  figure: ClosedFigure,
): Explanation | null {
  const journey = report.journeys.find((candidate) => candidate.id === id);
  if (journey === undefined || journey.closed === null) return null;
  const { closed } = journey;
  const name = design.journeys.get(id)?.name ?? id;
  if (figure === "throughputPerSecond") {
    return explainClosedFigure({
      base: { title: `${name}: rate of the users` },
      report: journey,
      closed,
      figure: "offeredPerSecond",
      nameOf: (node) => design.nodes.get(node)?.name ?? node,
    });
  }
  const words = wordsOf(journey, closed, report.load, figure);
  if (words === null) return null;
  const { title, ...rest } = words;
  return { title: `${name}: ${title}`, ...rest, values: valuesOf(closed), assumptions: [usersAssumption(closed)] };
}

type Words = Pick<Explanation, "title" | "value" | "formula" | "substituted" | "exactness">;

function wordsOf(
  journey: JourneyReport,
  closed: ClosedJourneyReport,
  load: number,
  figure: Exclude<ClosedFigure, "throughputPerSecond">,
): Words | null {
  const { users, bounds } = closed;
  if (figure === "users") {
    return {
      title: "users",
      value: formatNumber(users),
      formula: "N = users of the journey × load",
      substituted: `${formatNumber(users)} = ${formatNumber(users / load)} × ${formatNumber(load)}`,
      exactness: stated,
    };
  }
  if (figure === "saturationUsers") {
    const cycle = bounds === null ? null : cycleOf(closed, bounds);
    return {
      title: "users from which the slowest part limits the rate",
      value: formatNumber(bounds?.saturationUsers ?? null),
      formula: "N* = (D + Z) / D_max: with as many users the slowest part would be always busy if nobody had to wait",
      substituted:
        cycle === null || cycle.slowestMs === null
          ? "No part on its way limits it."
          : `${formatNumber(bounds?.saturationUsers ?? null)} = ${formatDurationMs(cycle.emptyMs)} / ${formatDurationMs(cycle.slowestMs)}`,
      exactness: asymptoticBounds,
    };
  }
  return bounds === null ? null : boundInWords(journey, closed, bounds, figure);
}

function boundInWords(
  journey: JourneyReport,
  { users, thinkTimeMs }: ClosedJourneyReport,
  bounds: ClosedBounds,
  figure: BoundFigure,
): Words | null {
  const [kind, of, end] = partsOf(figure);
  const figures = bounds[kind];
  if (figures === null) return null;
  const isRate = of === "throughputPerSecond";
  // The longest cycle bounds the rate from below and the response from above.
  const rateEnd = isRate ? end : end === "least" ? "most" : "least";
  const rate = figures.throughputPerSecond[rateEnd];
  const response = figures.responseMs[rateEnd === "least" ? "most" : "least"];
  const [cycle, why] = cycles[`${kind}.${rateEnd}`];
  const think = formatDurationMs(thinkTimeMs);
  return {
    title: `${end} that ${isRate ? "the rate" : "the mean latency"} can be${kind === "balancedJob" ? ", balanced jobs" : ""}`,
    value: isRate ? formatRate(rate) : formatDurationMs(response),
    formula: `${isRate ? "X" : "R"} ${end === "least" ? "≥" : "≤"} ${isRate ? `N / ${cycle}` : `${cycle} − Z`}: ${why}`,
    substituted: isRate
      ? `${formatRate(rate)} = ${formatNumber(users)} / ${formatDurationMs((users / rate) * 1000)}; it is ${formatRate(journey.offeredPerSecond)}`
      : `${formatDurationMs(response)} = ${formatDurationMs((users / rate) * 1000)} − ${think}; it is ${formatDurationMs(journey.latencyMs.mean)}`,
    exactness: kind === "asymptotic" ? asymptoticBounds : balanced,
  };
}

function partsOf(
  figure: BoundFigure,
): readonly ["asymptotic" | "balancedJob", "throughputPerSecond" | "responseMs", "least" | "most"] {
  return [
    figure.startsWith("asymptotic") ? "asymptotic" : "balancedJob",
    figure.includes("throughputPerSecond") ? "throughputPerSecond" : "responseMs",
    figure.endsWith("least") ? "least" : "most",
  ];
}

/** D + Z and D_max, which the bounds give: the upper one is N / max(D + Z, N · D_max). */
function cycleOf(
  { users }: ClosedJourneyReport,
  { asymptotic, saturationUsers }: ClosedBounds,
): { readonly emptyMs: number; readonly slowestMs: number | null } {
  const mostMs = (users / asymptotic.throughputPerSecond.most) * 1000;
  if (saturationUsers === null) return { emptyMs: mostMs, slowestMs: null };
  const emptyMs = users <= saturationUsers ? mostMs : (saturationUsers * mostMs) / users;
  return { emptyMs, slowestMs: emptyMs / saturationUsers };
}

function valuesOf(closed: ClosedJourneyReport): Explanation["values"] {
  const { users, thinkTimeMs, bounds } = closed;
  const cycle = bounds === null ? null : cycleOf(closed, bounds);
  return [
    { symbol: "N", meaning: "users at this load", value: formatNumber(users) },
    { symbol: "Z", meaning: "mean time to think", value: formatDurationMs(thinkTimeMs) },
    ...(cycle === null
      ? []
      : [
          {
            symbol: "D + Z",
            meaning: "time from one request to the next if nobody had to wait",
            value: formatDurationMs(cycle.emptyMs),
          },
          {
            symbol: "D_max",
            meaning: "time that one request takes of the slowest part, over its servers",
            value: formatDurationMs(cycle.slowestMs),
          },
        ]),
  ];
}
