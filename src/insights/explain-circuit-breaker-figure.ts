import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatDurationMs, formatNumber, formatPercent, formatRate } from "#src/base/format.ts";
import type { CircuitBreakerReport } from "#src/compile/report.ts";
import { edgeSettingsOf } from "#src/design/edge-settings.ts";
import { breakerAssumptions, edgeAssumptions } from "./edge-assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { CircuitBreakerFigure, Explanation } from "./explanation.ts";

const shares: Exactness = {
  kind: "exact",
  model: "Traffic equations",
  source: "Jackson 1957",
  typicalErrorPercent: null,
};

/** A figure of the circuit breakers of an edge; null where it has none. */
export function explainCircuitBreakerFigure(
  context: ExplanationContext,
  id: string,
  figure: CircuitBreakerFigure,
): Explanation | null {
  const edge = context.design.edges.get(id);
  const report = context.report.edges.find((candidate) => candidate.id === id);
  if (edge === undefined || report === undefined || report.circuitBreaker === null) return null;
  const breaker = report.circuitBreaker;
  const attempts = (edgeSettingsOf(edge).retries ?? 0) + 1;
  const nameOf = (nodeId: string): string => context.design.nodes.get(nodeId)?.name ?? nodeId;
  const { title, ...words } = wordsOf(breaker, report.callsPerSecond, attempts)[figure];
  return {
    title: `${nameOf(edge.source)} → ${nameOf(edge.target)}: ${title}`,
    ...words,
    values: [
      { symbol: "λ′", meaning: "attempts that it lets through", value: formatRate(report.callsPerSecond) },
      { symbol: "r + 1", meaning: "attempts of a call that is refused", value: formatNumber(attempts) },
      { symbol: "f", meaning: "share of those that fail", value: formatPercent(breaker.failureRatio) },
      {
        symbol: "C",
        meaning: "mean time that it stays closed",
        value:
          breaker.meanClosedMs === null && breaker.refusedShare === 0
            ? "never opens"
            : formatDurationMs(breaker.meanClosedMs),
      },
    ],
    assumptions: [...breakerAssumptions(edge), ...edgeAssumptions(edge, ["timeoutMs", "retries"])],
  };
}

type Words = Pick<Explanation, "title" | "value" | "formula" | "substituted" | "exactness">;

function wordsOf(
  breaker: CircuitBreakerReport,
  admittedPerSecond: number,
  attempts: number,
): Record<CircuitBreakerFigure, Words> {
  const { refusedShare, rejectedPerSecond, failureRatio, meanClosedMs, exactness } = breaker;
  const never = "It never opens: what fails stays below its threshold.";
  const between =
    "It would open with all let through and stay closed with less: it goes back and forth, and no one time is known.";
  // Every attempt of a refused call is refused: it comes back before the breaker closes.
  const refused = rejectedPerSecond / attempts;
  const calls = refusedShare > 0 ? refused / refusedShare : 0;
  const closed = `it stays closed for ${formatDurationMs(meanClosedMs)} on average`;
  return {
    refusedShare: {
      title: "share that the breaker refuses",
      value: formatPercent(refusedShare),
      formula:
        "1 − (λC + k/s) / λ(C + (O + H)/s), a cycle of closed C, open O and half open H, with k/s probes until a round of them succeeds",
      substituted:
        refusedShare === 0
          ? never
          : `${formatPercent(refusedShare)} = ${formatRate(refused)} / ${formatRate(calls)} of calls${meanClosedMs === null ? `. ${between}` : `; ${closed}`}`,
      exactness,
    },
    rejectedPerSecond: {
      title: "attempts that the breaker refuses",
      value: formatRate(rejectedPerSecond),
      formula: "calls · share refused · (r + 1), every attempt of a refused call counted",
      substituted:
        refusedShare === 0
          ? never
          : `${formatRate(rejectedPerSecond)} = ${formatRate(calls)} × ${formatPercent(refusedShare)} × ${formatNumber(attempts)}`,
      exactness,
    },
    failureRatio: {
      title: "share that fails of what the breaker lets through",
      value: formatPercent(failureRatio),
      formula: "f = P(the call fails, is turned away or takes longer than the timeout)",
      substituted: `${formatPercent(failureRatio)} of ${formatRate(admittedPerSecond)}`,
      exactness: failureRatio === 0 ? shares : exactness,
    },
    meanClosedMs: {
      title: "time that the breaker stays closed",
      value: formatDurationMs(meanClosedMs),
      formula:
        "C = mean time until enough calls of the window have failed, from a fresh count on, and their results are known",
      substituted:
        meanClosedMs === null
          ? refusedShare === 0
            ? never
            : between
          : `${closed}, with f = ${formatPercent(failureRatio)}`,
      exactness,
    },
  };
}
