import type { Exactness } from "#src/analysis/model/exactness.ts";
import { formatCount, formatMultiple, formatRate } from "#src/base/format.ts";
import { settingAssumptions } from "./assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation, ImbalanceFigure } from "./explanation.ts";

const shares: Exactness = {
  kind: "exact",
  model: "Shares of the instances",
  source: "The keys, weights or ring of the design",
  typicalErrorPercent: null,
};
const ring: Exactness = {
  kind: "exact",
  model: "Shares of a consistent-hash ring: Beta(v, (n − 1)v)",
  source: "Karger et al. 1997",
  typicalErrorPercent: null,
};

const titles: Record<ImbalanceFigure, string> = {
  busiestOverMean: "busiest instance over the mean",
  expectedOverMean: "busiest instance of such rings, on average",
  "range99OverMean.low": "least load of an instance over the mean, 99 % of such rings",
  "range99OverMean.high": "largest load of an instance over the mean, 99 % of such rings",
};

/** How unequally the instances of a node are asked; null where all get the same, or no ring gives the shares. */
export function explainImbalanceFigure(
  { design, report, catalogue }: ExplanationContext,
  id: string,
  figure: ImbalanceFigure,
): Explanation | null {
  const node = design.nodes.get(id);
  const kind = node === undefined ? undefined : catalogue.get(node.kind);
  const found = report.nodes.find((candidate) => candidate.id === id);
  if (node === undefined || kind === undefined || found === undefined || found.imbalance === null) return null;
  const { busiestOverMean, expectedOverMean, range99OverMean } = found.imbalance;
  const [low, high] = range99OverMean ?? [null, null];
  const value = {
    busiestOverMean,
    expectedOverMean,
    "range99OverMean.low": low,
    "range99OverMean.high": high,
  }[figure];
  if (value === null) return null;
  const instances = found.instances ?? 1;
  const mean = found.arrivalsPerSecond / instances;
  return {
    title: `${node.name ?? id}: ${titles[figure]}`,
    value: formatMultiple(value),
    formula:
      figure === "busiestOverMean"
        ? "s = largest share of the requests × instances"
        : "law of the shares when the v points of each of the n instances fall on the ring by chance",
    substituted:
      figure === "busiestOverMean"
        ? `${formatRate(busiestOverMean * mean)} at the busiest of ${formatCount(instances)}, against ${formatRate(mean)} on average`
        : `this ring has ${formatMultiple(busiestOverMean)}; such rings have ${formatMultiple(expectedOverMean)} on average, and 99 % of their shares from ${formatMultiple(low)} to ${formatMultiple(high)}`,
    values: [{ symbol: "n", meaning: "instances in use", value: formatCount(instances) }],
    assumptions: settingAssumptions(node, kind, ["instances", "instanceWeights", "dispatch", "keys", "keySkew"]),
    exactness: figure === "busiestOverMean" ? shares : ring,
  };
}
