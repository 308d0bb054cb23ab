import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatCount, formatDurationMs, formatPercent, formatRate } from "#src/base/format.ts";
import type { RateLimitReport } from "#src/compile/report.ts";
import { settingAssumptions } from "./assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import { limitSettings, lossFormulas } from "./explain-rate-limit.ts";
import type { Explanation, RateLimitFigure } from "./explanation.ts";

const definition: Exactness = { kind: "exact", model: "Definition", source: "The design", typicalErrorPercent: null };
const traffic: Exactness = {
  kind: "exact",
  model: "Traffic equations",
  source: "Jackson 1957",
  typicalErrorPercent: null,
};

/** The rate limit of a node, whether its servers or the limit is what it comes up against; null without one. */
export function explainRateLimitFigure(
  { design, report, catalogue }: ExplanationContext,
  id: string,
  figure: RateLimitFigure,
): Explanation | null {
  const node = design.nodes.get(id);
  const kind = node === undefined ? undefined : catalogue.get(node.kind);
  const limit = report.nodes.find((candidate) => candidate.id === id)?.rateLimit ?? null;
  if (node === undefined || kind === undefined || limit === null) return null;
  const { title, ...words } = wordsOf(limit)[figure];
  return {
    title: `${node.name ?? id}: ${title}`,
    ...words,
    values: [
      { symbol: "λ", meaning: "requests that ask the limit", value: formatRate(limit.askedPerSecond) },
      { symbol: "R", meaning: "let through at most, over a long time", value: formatRate(limit.ratePerSecond) },
    ],
    assumptions: settingAssumptions(node, kind, limitSettings),
  };
}

type Words = Pick<Explanation, "title" | "value" | "formula" | "substituted" | "exactness">;

function wordsOf(limit: RateLimitReport): Record<RateLimitFigure, Words> {
  const { askedPerSecond, ratePerSecond, rejectedPerSecond, utilization, waitMs, mostAtOnce, policy, exactness } =
    limit;
  const asked = formatRate(askedPerSecond);
  const rate = formatRate(ratePerSecond);
  const wait = (title: string, value: number | null): Words => ({
    title,
    value: formatDurationMs(value),
    formula:
      policy === "leaky-bucket"
        ? `wait until it leaks out at R, by ${exactness.model}`
        : "0: what is within the limit passes at once, the rest is refused",
    substituted:
      value === null
        ? "There is no steady state: more is asked than leaks out, so waits grow without end."
        : `${formatDurationMs(value)} with ϱ = ${formatPercent(utilization)}`,
    exactness: policy === "leaky-bucket" ? exactness : definition,
  });
  return {
    ratePerSecond: {
      title: "rate that the limit lets through",
      value: rate,
      formula:
        policy === "token-bucket" || policy === "leaky-bucket"
          ? "R, the rate at which the bucket fills or leaks"
          : "R = whole requests of a window / window",
      substituted: `${rate}, as stated`,
      exactness: definition,
    },
    askedPerSecond: {
      title: "requests that ask the limit",
      value: asked,
      formula: "λ = Σ over calls into this part, retries included",
      substituted: `${asked}, of which ${formatRate(rejectedPerSecond)} are over the limit`,
      exactness: traffic,
    },
    rejectedPerSecond: {
      title: "over the limit",
      value: formatRate(rejectedPerSecond),
      formula: `λ · P(refused), ${lossFormulas[policy]}`,
      substituted: `${formatRate(rejectedPerSecond)} = ${asked} × ${formatPercent(askedPerSecond > 0 ? rejectedPerSecond / askedPerSecond : 0)}`,
      exactness,
    },
    utilization: {
      title: "share of the limit asked for",
      value: formatPercent(utilization),
      formula: "ϱ = λ / R",
      substituted: `${formatPercent(utilization)} = ${asked} / ${rate}`,
      exactness: traffic,
    },
    "waitMs.mean": wait("mean wait for the limit", waitMs.mean),
    "waitMs.p99": wait("99th percentile of the wait for the limit", waitMs.p99),
    "mostAtOnce.requests": {
      title: "most requests within one window",
      value: formatCount(mostAtOnce.requests),
      formula: burstFormulas[policy],
      substituted: `${formatCount(mostAtOnce.requests)} within ${formatDurationMs(mostAtOnce.windowMs)}`,
      exactness: definition,
    },
    "mostAtOnce.windowMs": {
      title: "window that bursts are counted in",
      value: formatDurationMs(mostAtOnce.windowMs),
      formula:
        policy === "leaky-bucket" ? "burst / R, the time in which a full bucket leaks out" : "the window of the limit",
      substituted: `${formatCount(mostAtOnce.requests)} can pass within ${formatDurationMs(mostAtOnce.windowMs)}`,
      exactness: definition,
    },
  };
}

const burstFormulas: Record<RateLimitReport["policy"], string> = {
  "token-bucket": "burst + R · window: a full bucket, and what is filled in meanwhile",
  "leaky-bucket": "burst + 1: what leaks out of a full bucket, and the one under way",
  "fixed-window": "2N: the limit of a window before its edge and that of the next after it",
  "sliding-log": "N: no window has more, wherever it begins",
  "sliding-counter": "at most 2N − 1: the estimate spreads the last window evenly",
};
