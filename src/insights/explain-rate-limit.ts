import type { ComponentKind } from "#library/contract/kind.ts";
import { formatCount, formatMultiple, formatPercent, formatRate } from "#src/base/format.ts";
import type { NodeReport, RateLimitReport } from "#src/compile/report.ts";
import type { DesignNode } from "#src/design/document.ts";
import { settingAssumptions } from "./assumptions.ts";
import type { Explanation } from "./explanation.ts";

export const limitSettings = ["rateLimitPerSecond", "limiterPolicy", "burst", "windowMs"];

export const lossFormulas: Record<RateLimitReport["policy"], string> = {
  "token-bucket": "of a token bucket: as of an M/D/1 queue with room for the burst, at ϱ = λ / R",
  "leaky-bucket": "of a leaky bucket: as of an M/D/1 queue with room for the burst, at ϱ = λ / R",
  "fixed-window":
    "of a fixed window: E[(A − N)⁺] / E[A], with A the Poisson count of arrivals and N the limit of a window",
  "sliding-log": "of a sliding log: Erlang's loss formula with N places at λ · W Erlang",
  "sliding-counter": "of two counters: Erlang's loss formula with N/z places at λ · W/z Erlang (Hayward)",
};

type LimitedFigure = "utilization" | "capacityPerSecond" | "headroom" | "rejectedPerSecond";

/** The figures of a part whose rate limit is what it comes up against; null where its servers are, or for other figures. */
export function explainRateLimit(
  title: string,
  node: DesignNode,
  kind: ComponentKind,
  report: NodeReport,
  figure: string,
): Explanation | null {
  const { rateLimit } = report;
  if (rateLimit === null || rateLimit.ratePerSecond !== report.capacityPerSecond) return null;
  const parts = partsOf(report, rateLimit, figure);
  if (parts === null) return null;
  return {
    title,
    ...parts,
    values: [
      { symbol: "λ", meaning: "requests that ask the limit", value: formatRate(rateLimit.askedPerSecond) },
      { symbol: "R", meaning: "let through at most, over a long time", value: formatRate(rateLimit.ratePerSecond) },
      {
        symbol: "N",
        meaning: "most that can pass within one window, across its edge",
        value: formatCount(rateLimit.mostAtOnce.requests),
      },
    ],
    assumptions: settingAssumptions(node, kind, limitSettings),
    exactness: rateLimit.exactness,
  };
}

function isLimited(figure: string): figure is LimitedFigure {
  return ["utilization", "capacityPerSecond", "headroom", "rejectedPerSecond"].includes(figure);
}

function partsOf(
  report: NodeReport,
  { askedPerSecond, ratePerSecond, rejectedPerSecond, policy, utilization }: RateLimitReport,
  figure: string,
): Pick<Explanation, "value" | "formula" | "substituted"> | null {
  if (!isLimited(figure)) return null;
  const asked = formatRate(askedPerSecond);
  const limit = formatRate(ratePerSecond);
  switch (figure) {
    case "utilization":
      return {
        value: formatPercent(report.offeredUtilization),
        formula: "ϱ = λ / R, what asks the rate limit over what it lets through",
        substituted: `${formatPercent(utilization)} = ${asked} / ${limit}; ${formatPercent(report.utilization)} of the servers are busy`,
      };
    case "capacityPerSecond":
      return {
        value: formatRate(report.capacityPerSecond),
        formula: "the smaller of the rate limit and what all servers can do",
        substituted: `${limit}, the rate limit`,
      };
    case "headroom":
      return {
        value: formatMultiple(report.headroom),
        formula: "headroom = R / λ",
        substituted: `${formatMultiple(report.headroom)} = ${limit} / ${asked}`,
      };
    case "rejectedPerSecond":
      return {
        value: formatRate(report.rejectedPerSecond),
        formula: `rejected = λ · P(refused), ${lossFormulas[policy]}`,
        substituted: `${formatRate(rejectedPerSecond)} of ${asked} are over the limit`,
      };
  }
}
