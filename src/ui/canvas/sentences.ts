import { catalogue } from "#library/catalogue.ts";
import { formatRate } from "#src/base/format.ts";
import type { AnalysisReport } from "#src/compile/report.ts";
import type { Design, DesignEdge, DesignNode } from "#src/design/document.ts";
import type { NodeLook } from "#src/insights/look/node-look.ts";
import { nameOf } from "./canvas-store.ts";
import { edgeReport, type RiskMark } from "./report-by-id.ts";

/** A card as it is read aloud: "Redirect API, service, 4 × 16, utilisation 54 %, 34 700/s, p99 6 ms, 2 findings". */
export function nodeSentence(look: NodeLook, risks: RiskMark | undefined, isFailed: boolean): string {
  const parts = [look.name, look.caption];
  if (isFailed) parts.push("failed");
  if (look.utilizationText !== "") parts.push(`utilisation ${look.utilizationText}`, stateWords[look.state]);
  parts.push(look.rateText.replace("/s", " per second"), look.latencyText);
  if (risks !== undefined) parts.push(risks.count === 1 ? "1 finding" : `${risks.count} findings`);
  return parts.filter((part) => part !== "").join(", ");
}

const stateWords: Readonly<Record<NodeLook["state"], string>> = {
  ok: "",
  near: "above the safe line",
  over: "overloaded",
  unknown: "",
};

export function containerSentence(node: DesignNode, partsInside: number): string {
  const kind = catalogue.get(node.kind)?.title ?? node.kind;
  return `${node.name ?? kind}, ${kind.toLowerCase()} with ${partsInside === 1 ? "1 part" : `${partsInside} parts`}`;
}

/** "Redirect API to links, asynchronous, miss 20 %, 1 970 per second". */
export function edgeSentence(design: Design, edge: DesignEdge, label: string, report: AnalysisReport | null): string {
  const found = edgeReport(report, edge.id);
  const parts = [`${nameOf(design, edge.source)} to ${nameOf(design, edge.target)}`];
  if (found !== undefined) parts.push(found.mode);
  if (label !== "") parts.push(label);
  if (found !== undefined) parts.push(formatRate(found.callsPerSecond).replace("/s", " per second"));
  return parts.join(", ");
}
