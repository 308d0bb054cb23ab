import type { BreakingLoadReport } from "#src/compile/report.ts";
import type { Design } from "#src/design/document.ts";

/** What of a part is full first, where it is not its servers: "connections to Store"; null for its servers. */
export function limitInWords(design: Design, { resource, edge }: BreakingLoadReport): string | null {
  if (resource === "servers") return null;
  if (resource === "rate-limit") return "rate limit";
  const target = edge === null ? undefined : design.edges.get(edge)?.target;
  const name = target === undefined ? "" : ` to ${design.nodes.get(target)?.name ?? target}`;
  return `${resource}${name}`;
}
