import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatMultiple, formatNumber } from "#src/base/format.ts";
import type { AnalysisReport, JourneyReport } from "#src/compile/report.ts";
import { edgeSettingsOf } from "#src/design/edge-settings.ts";
import { edgeAssumptions } from "./edge-assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation, FigureReference } from "./explanation.ts";

type RetriesFigure = Extract<FigureReference, { of: "retries" }>["figure"];

const hiddenCapacity: Exactness = {
  kind: "exact",
  model: "Hidden capacity: all attempts of all calls against capacity",
  source: "Bronson et al. 2021",
  typicalErrorPercent: null,
};
const tangent: Exactness = {
  kind: "approximation",
  model: "Largest load with a stable fixed point of the retry rate, by bisection",
  source: "Bronson et al. 2021; an upper bound, as chance can swamp a part just below it",
  typicalErrorPercent: null,
};
const product: Exactness = {
  kind: "exact",
  model: "Product of the attempts of each layer",
  source: "Beyer et al. 2016, Site Reliability Engineering, ch. 22",
  typicalErrorPercent: null,
};

/** Up to which load retries are harmless, of a node or (id null) of the whole design. */
export function explainRetriesFigure(
  context: ExplanationContext,
  id: string | null,
  figure: RetriesFigure,
): Explanation | null {
  const { design, report } = context;
  const place = id === null ? report : report.nodes.find((node) => node.id === id);
  if (place === undefined) return null;
  const { retrySafeUpToLoad: safe, retryStableUpToLoad: stable } = place;
  const nameOf = (node: string): string => design.nodes.get(node)?.name ?? node;
  const zones = report.nodes.filter((node) => node.retrySafeUpToLoad !== null);
  const values = zones
    .filter((node) => id === null || node.id === id)
    .map((node) => ({
      symbol: node.retryZone ?? "–",
      meaning: `${nameOf(node.id)} at load ${formatNumber(report.load)}: retries cannot swamp it up to`,
      value: formatMultiple(node.retrySafeUpToLoad),
    }));
  const base = { values, assumptions: retriedEdges(context) };
  if (figure === "safeUpToLoad") {
    return {
      ...base,
      title: id === null ? "Retries cannot swamp any part up to" : `${nameOf(id)}: retries cannot swamp it up to`,
      value: formatMultiple(safe),
      formula: "largest load with Σ calls × (retries + 1) below capacity: even if every call used all of its attempts",
      substituted:
        safe === null ? noLateRetries : safeInWords(report, safe, id === null ? weakest(report) : id, nameOf),
      exactness: hiddenCapacity,
    };
  }
  return {
    ...base,
    title:
      id === null
        ? "Retries swamp a part without any stall from"
        : `${nameOf(id)}: retries swamp it without any stall from`,
    value: formatMultiple(stable),
    formula:
      "largest load at which x = λ · Σ P(an attempt fails at x)ᵏ has a solution below capacity, k from 0 to the number of retries",
    substituted:
      stable === null
        ? safe === null
          ? noLateRetries
          : "Another part is swamped before, or the load is still being worked out."
        : `${formatMultiple(stable)}${report.maxLoad === null ? "" : `, of ${formatMultiple(report.maxLoad)} at which the first part is full without retries`}`,
    exactness: tangent,
  };
}

const noLateRetries = "No call that can time out is retried, or a breaker stands before it.";

function weakest(report: AnalysisReport): string | null {
  return report.nodes.find((node) => node.retrySafeUpToLoad === report.retrySafeUpToLoad)?.id ?? null;
}

function safeInWords(
  { breakingLoads }: AnalysisReport,
  safe: number,
  node: string | null,
  nameOf: (node: string) => string,
): string {
  const breaking = breakingLoads.find((first) => first.node === node)?.load;
  if (node === null || breaking === undefined) return `${formatMultiple(safe)} with all attempts`;
  return `${formatMultiple(safe)} = ${formatMultiple(breaking)} / ${formatNumber(breaking / safe)}: ${nameOf(node)} is full at ${formatMultiple(breaking)}, and all attempts are ${formatNumber(breaking / safe)} times its load`;
}

function retriedEdges({ design }: ExplanationContext): Explanation["assumptions"] {
  const nameOf = (node: string): string => design.nodes.get(node)?.name ?? node;
  return [...design.edges.values()]
    .filter((edge) => (edgeSettingsOf(edge).retries ?? 0) > 0)
    .flatMap((edge) =>
      edgeAssumptions(edge, ["retries", "timeoutMs", "circuitBreaker"]).map(({ setting, ...assumption }) => ({
        ...assumption,
        setting: `${nameOf(edge.source)} → ${nameOf(edge.target)}: ${setting.toLowerCase()}`,
      })),
    );
}

/** How many attempts one call can become. */
export function explainRetryAmplification(
  context: ExplanationContext,
  { retryAmplification }: JourneyReport,
  title: string,
): Explanation {
  return {
    title,
    value: formatMultiple(retryAmplification),
    formula: "the largest Π (retries + 1) over the calls on the way to a part, when every attempt fails",
    substituted:
      retryAmplification === 1
        ? "No call on its way is retried."
        : `one visit somewhere below can become ${formatNumber(retryAmplification)}`,
    values: [],
    assumptions: retriedEdges(context),
    exactness: product,
  };
}
