import { type PreparedAnalysis, type ReportOptions, reportAt } from "#src/compile/analyse.ts";
import type { AnalysisReport } from "#src/compile/report.ts";
import type { Catalogue } from "#src/compile/resolved-design.ts";
import { findRisks } from "./find-risks.ts";

/** The report at a load with its findings: what the command line prints and the screen shows. */
export function fullReportAt(
  analysis: PreparedAnalysis,
  catalogue: Catalogue,
  load: number,
  options: ReportOptions = {},
): AnalysisReport {
  const report = reportAt(analysis, load, options);
  return { ...report, risks: findRisks(analysis, catalogue, report) };
}
