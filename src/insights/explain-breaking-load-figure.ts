import { formatMultiple, formatPercent, formatRate } from "#src/base/format.ts";
import { settingAssumptions } from "./assumptions.ts";
import type { ExplanationContext } from "./explain-figure.ts";
import type { Explanation } from "./explanation.ts";
import { limitInWords } from "./limit-in-words.ts";

/** The load at which a node is full; null where nothing of it ever is. */
export function explainBreakingLoad({ design, report, catalogue }: ExplanationContext, id: string): Explanation | null {
  const found = report.breakingLoads.find((candidate) => candidate.node === id);
  const node = design.nodes.get(id);
  const kind = node === undefined ? undefined : catalogue.get(node.kind);
  const at = report.nodes.find((candidate) => candidate.id === id);
  if (found === undefined || node === undefined || kind === undefined || at === undefined) return null;
  const what = limitInWords(design, found) ?? "servers";
  const load = formatMultiple(found.load);
  return {
    title: `${node.name ?? id}: load at which it is full`,
    value: load,
    formula: report.journeys.some(({ closed }) => closed !== null)
      ? "load at which ρ would be 1 if nobody had to wait: 1 / ρ at load 1, with users at N / (D + Z)"
      : "1 / ρ at load 1, from flows that nothing holds back, all journeys growing together",
    substituted: `${load} = 1 / ${formatPercent(1 / found.load)} of its ${what}`,
    values: [
      {
        symbol: "λ",
        meaning: `arrivals at load ${formatMultiple(report.load)}`,
        value: formatRate(at.arrivalsPerSecond),
      },
      { symbol: "capacity", meaning: "highest rate of all instances", value: formatRate(at.capacityPerSecond) },
    ],
    assumptions: settingAssumptions(node, kind, [
      "instances",
      "concurrency",
      "capacityPerSecond",
      "latencyMs",
      "rateLimitPerSecond",
      "holdsWorkerWhileWaiting",
    ]),
    exactness: {
      kind: "exact",
      model: "Utilisation law",
      source: "Lazowska et al. 1984, ch. 3 and 5",
      typicalErrorPercent: null,
    },
  };
}
