import { formatMoney, formatPercent } from "#src/base/format.ts";
import type { AnalysisReport } from "#src/compile/report.ts";

/** What a month costs as far as prices are known, and for how many parts they are not. */
export function costInWords(report: AnalysisReport): string {
  const priced = report.nodes.filter((node) => node.monthlyCost !== null);
  const missing = report.nodes.length - priced.length;
  if (priced.length === 0) return "No cost is given: no price is known for any of these parts.";
  const total = priced.reduce((sum, node) => sum + (node.monthlyCost ?? 0), 0);
  const parts = missing === 1 ? "one part" : `${missing} parts`;
  return `${formatMoney(total)} a month${missing === 0 ? "." : `, without ${parts} whose price is not known.`}`;
}

/** How the latencies of the journeys were got; empty without journeys. */
export function exactnessInWords(report: AnalysisReport): string {
  const models = new Map<string, string>();
  for (const { exactness } of report.journeys) {
    const error =
      exactness.typicalErrorPercent === null
        ? ""
        : `, typical error ${formatPercent(exactness.typicalErrorPercent / 100, { digits: 2 })}`;
    const kind =
      exactness.kind === "exact" ? "exact" : exactness.kind === "simulated" ? "simulated" : "an approximation";
    models.set(exactness.model, `${exactness.model} (${kind}${error})`);
  }
  if (models.size === 0) return "";
  return `Rates and utilisations are exact for the model. Latencies: ${[...models.values()].join("; ")}.`;
}
