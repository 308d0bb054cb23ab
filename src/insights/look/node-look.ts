import type { ComponentKind } from "#library/contract/kind.ts";
import { formatDurationMs, formatRate, formatUtilization } from "#src/base/format.ts";
import { type NodeReport, safeUtilization } from "#src/compile/report.ts";
import type { DesignNode } from "#src/design/document.ts";

/** What a node's card says; the canvas and the drawing writer show the same. */
export interface NodeLook {
  readonly name: string;
  readonly caption: string;
  readonly state: "ok" | "near" | "over" | "unknown";
  /** Offered utilisation; null where nothing is served or not yet known. */
  readonly utilization: number | null;
  readonly utilizationText: string;
  readonly rateText: string;
  /** "p99 6 ms"; empty where there is no wait to speak of. */
  readonly latencyText: string;
}

export function nodeLook(node: DesignNode, kind: ComponentKind, report: NodeReport | undefined): NodeLook {
  const base = { name: node.name ?? node.id, caption: kind.caption(node.settings ?? {}) };
  if (report === undefined) {
    return { ...base, state: "unknown", utilization: null, utilizationText: "", rateText: "", latencyText: "" };
  }
  const serves = report.capacityPerSecond !== null;
  const utilization = serves ? report.offeredUtilization : null;
  return {
    ...base,
    state: utilization === null ? "ok" : stateOf(report),
    utilization,
    utilizationText: utilization === null ? "" : formatUtilization(utilization),
    rateText: formatRate(report.arrivalsPerSecond),
    latencyText: serves
      ? report.saturated
        ? "no steady state"
        : `p99 ${formatDurationMs(report.residenceMs.p99, { digits: 2 })}`
      : "",
  };
}

/** Over: saturated, or offered more than it can serve; near: above the safe line. */
export function stateOf(report: NodeReport): "ok" | "near" | "over" {
  if (report.saturated || report.offeredUtilization >= 1) return "over";
  return report.offeredUtilization > safeUtilization ? "near" : "ok";
}
