import type { AnalysisReport, EdgeReport, NodeReport } from "#src/compile/report.ts";
import { reportIndex } from "#src/insights/look/edge-look.ts";

/** How many risks name a node, and whether one of them is critical or high. */
export interface RiskMark {
  readonly count: number;
  readonly isSevere: boolean;
}

interface ReportById {
  readonly nodes: ReadonlyMap<string, NodeReport>;
  readonly edges: ReadonlyMap<string, EdgeReport>;
  readonly risks: ReadonlyMap<string, RiskMark>;
}

const indexed = new WeakMap<AnalysisReport, ReportById>();

/** Each report is indexed once, however many parts ask it. */
function byId(report: AnalysisReport): ReportById {
  const known = indexed.get(report);
  if (known !== undefined) return known;
  const index = { ...reportIndex(report), risks: riskMarks(report) };
  indexed.set(report, index);
  return index;
}

export function nodeReport(report: AnalysisReport | null, id: string): NodeReport | undefined {
  return report === null ? undefined : byId(report).nodes.get(id);
}

export function edgeReport(report: AnalysisReport | null, id: string): EdgeReport | undefined {
  return report === null ? undefined : byId(report).edges.get(id);
}

export function riskMark(report: AnalysisReport | null, id: string): RiskMark | undefined {
  return report === null ? undefined : byId(report).risks.get(id);
}

function riskMarks(report: AnalysisReport): ReadonlyMap<string, RiskMark> {
  const marks = new Map<string, RiskMark>();
  for (const { nodes, severity } of report.risks) {
    const severe = severity === "critical" || severity === "high";
    for (const id of new Set(nodes)) {
      const before = marks.get(id);
      marks.set(id, { count: (before?.count ?? 0) + 1, isSevere: severe || before?.isSevere === true });
    }
  }
  return marks;
}
