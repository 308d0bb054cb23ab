import type { ComponentKind } from "#library/contract/kind.ts";
import { formatDurationMs, formatNumber, formatPercent } from "#src/base/format.ts";
import type { AnalysisReport, EdgeReport, NodeReport } from "#src/compile/report.ts";
import type { Design, DesignEdge } from "#src/design/document.ts";
import { edgeSettingsOf } from "#src/design/edge-settings.ts";
import { stateOf } from "./node-look.ts";

/** How an edge is drawn. */
export interface EdgeLook {
  /** Line width in canvas units: grows with the logarithm of the rate. */
  readonly width: number;
  readonly line: "solid" | "dashed" | "double";
  readonly state: "ok" | "near" | "over" | "unknown";
  /** A chip only where it says something: "miss 20 %", "×3", "timeout 200 ms". */
  readonly label: string;
}

export function edgeLook(
  design: Design,
  edge: DesignEdge,
  kindOf: (id: string) => ComponentKind | undefined,
  report: EdgeReport | undefined,
  target: NodeReport | undefined,
): EdgeLook {
  const mode = report?.mode ?? "synchronous";
  return {
    width: edgeWidth(report?.callsPerSecond ?? 0),
    line: mode === "replication" ? "double" : mode === "asynchronous" ? "dashed" : "solid",
    state: target === undefined ? "unknown" : target.capacityPerSecond === null ? "ok" : stateOf(target),
    label: labelOf(design, edge, kindOf, report),
  };
}

/** 1.25 for nothing and up to 1/s, then half a unit a decade, at most 5. */
export function edgeWidth(callsPerSecond: number): number {
  return Math.min(5, 1.25 + 0.6 * Math.max(0, Math.log10(Math.max(1, callsPerSecond))));
}

function labelOf(
  design: Design,
  edge: DesignEdge,
  kindOf: (id: string) => ComponentKind | undefined,
  report: EdgeReport | undefined,
): string {
  const settings = edgeSettingsOf(edge);
  const parts: string[] = [];
  if (edge.name !== undefined && edge.name !== "") parts.push(edge.name);
  const [condition, cacheId] = (report?.condition ?? "always").split(" of ");
  if (condition === "miss" || condition === "hit") {
    const cache = design.nodes.get(cacheId ?? "");
    const byItself = cache === undefined ? null : (kindOf(cache.id)?.hitRatio(cache.settings ?? {}) ?? null);
    const hitRatio = report?.hitRatio ?? byItself;
    parts.push(
      hitRatio === null
        ? condition
        : `${condition} ${formatPercent(condition === "hit" ? hitRatio : 1 - hitRatio, { digits: 2 })}`,
    );
  } else if (condition === "read" || condition === "write" || condition === "fallback") {
    parts.push(`${condition === "fallback" ? "fallback" : `${condition}s`}`);
  }
  if (typeof settings.calls === "number" && settings.calls !== 1) parts.push(`×${formatNumber(settings.calls)}`);
  if (settings.quorum !== undefined) parts.push(`quorum ${settings.quorum}`);
  if (settings.timeoutMs !== undefined) parts.push(`timeout ${formatDurationMs(settings.timeoutMs)}`);
  if (settings.retries !== undefined && settings.retries > 0)
    parts.push(settings.retries === 1 ? "1 retry" : `${settings.retries} retries`);
  if (settings.connectionPool !== undefined) parts.push(`pool ${settings.connectionPool}`);
  if (settings.circuitBreaker !== undefined && settings.circuitBreaker !== false) parts.push("breaker");
  return parts.join(", ");
}

/** Reports by id, for look-ups while drawing. */
export function reportIndex(report: AnalysisReport | null): {
  readonly nodes: ReadonlyMap<string, NodeReport>;
  readonly edges: ReadonlyMap<string, EdgeReport>;
} {
  return {
    nodes: new Map(report?.nodes.map((node) => [node.id, node])),
    edges: new Map(report?.edges.map((edge) => [edge.id, edge])),
  };
}
