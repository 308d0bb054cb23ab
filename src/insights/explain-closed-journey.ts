import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatDurationMs, formatNumber, formatRate } from "#src/base/format.ts";
import type { ClosedJourneyReport, JourneyReport } from "#src/compile/report.ts";
import type { Explanation } from "./explanation.ts";

export const asymptoticBounds: Exactness = {
  kind: "exact",
  model: "Asymptotic bounds of a closed network",
  source: "Muntz and Wong 1974; Lazowska et al. 1984, ch. 5",
  typicalErrorPercent: null,
};
const littlesLaw: Exactness = {
  kind: "exact",
  model: "Little's law over the cycle of a user",
  source: "Little 1961",
  typicalErrorPercent: null,
};

/** What stands behind the figures of users instead of a rate. */
export function usersAssumption({ users, thinkTimeMs }: ClosedJourneyReport): Explanation["assumptions"][number] {
  return {
    setting: "Users and think time",
    value: `${formatNumber(users)} users who think ${formatDurationMs(thinkTimeMs)}`,
    source: "set in this design, times the load",
    isDefault: false,
  };
}

interface Asked {
  readonly base: { readonly title: string };
  readonly report: JourneyReport;
  readonly closed: ClosedJourneyReport;
  readonly figure: string;
  readonly nameOf: (nodeId: string) => string;
}

/** The rates of a journey of users, which follow from their number; null for figures that are explained as for any journey. */
export function explainClosedFigure({ base, report, closed, figure, nameOf }: Asked): Explanation | null {
  const limit = closed.bounds?.asymptotic.throughputPerSecond.most ?? null;
  const saturation = closed.bounds?.saturationUsers ?? null;
  const values = [
    { symbol: "N", meaning: "users at this load", value: formatNumber(closed.users) },
    { symbol: "Z", meaning: "mean time to think", value: formatDurationMs(closed.thinkTimeMs) },
    { symbol: "R", meaning: "mean time until the answer", value: formatDurationMs(report.latencyMs.mean) },
    { symbol: "X ≤", meaning: "what the slowest part and an empty system allow", value: formatRate(limit) },
    {
      symbol: "N*",
      meaning: "users from which the slowest part limits the rate",
      value: saturation === null ? "no limit" : formatNumber(saturation),
    },
  ];
  if (figure === "offeredPerSecond") {
    return {
      ...base,
      value: formatRate(report.offeredPerSecond),
      formula: "X = N / (Z + R): a user asks again only after the answer and the time to think",
      substituted: `${formatRate(report.offeredPerSecond)} = ${formatNumber(closed.users)} / (${formatDurationMs(closed.thinkTimeMs)} + ${formatDurationMs(report.latencyMs.mean)})`,
      values,
      assumptions: [usersAssumption(closed)],
      exactness: report.errorRate === 0 ? littlesLaw : report.exactness,
    };
  }
  if (figure === "maxPerSecond") {
    return {
      ...base,
      value: formatRate(report.maxPerSecond),
      formula: "1 / D_max: however many users, no more than the slowest part on the way can serve",
      substituted:
        report.bottleneck === null
          ? "No part on its way limits it"
          : `${nameOf(report.bottleneck)} limits it from ${saturation === null ? "any number of" : formatNumber(saturation)} users on`,
      values,
      assumptions: [usersAssumption(closed)],
      exactness: asymptoticBounds,
    };
  }
  return null;
}
