import type { ResolvedDesign, ResolvedEdge } from "./resolved-design.ts";

/**
 * The caches that every read has missed before it comes to a node, by node index: those on all ways from the sources of
 * read journeys, found as dominators are (F. Allen, J. Cocke, CACM 19, 1976: what holds on all ways in, until nothing
 * changes). Null for nodes that no read reaches.
 */
export function missedBefore(resolved: ResolvedDesign): readonly (ReadonlySet<string> | null)[] {
  const missed: (ReadonlySet<string> | null)[] = resolved.nodes.map(() => null);
  const readers = [...resolved.design.journeys.values()].filter(({ operation }) => operation !== "write");
  const waiting: number[] = [];
  for (const { source } of readers) {
    const node = resolved.nodeById.get(source);
    if (node === undefined) continue;
    missed[node.index] = new Set();
    waiting.push(node.index);
  }
  const readerIds = readers.map(({ id }) => id);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const here = missed[next];
    if (here === undefined || here === null) continue;
    for (const edge of resolved.outgoing[next] ?? []) {
      if (!carriesReads(edge, readerIds)) continue;
      const there = edge.condition === "miss" && edge.of !== null ? new Set([...here, edge.of]) : here;
      const before = missed[edge.target.index] ?? null;
      const now = before === null ? there : new Set([...before].filter((id) => there.has(id)));
      if (before !== null && now.size === before.size) continue;
      missed[edge.target.index] = now;
      waiting.push(edge.target.index);
    }
  }
  return missed;
}

function carriesReads(edge: ResolvedEdge, readerIds: readonly string[]): boolean {
  if (edge.condition === "write" || edge.mode === "replication") return false;
  const { calls } = edge;
  if (typeof calls === "number") return calls > 0;
  return readerIds.some((id) => Object.hasOwn(calls, id) && (calls[id] ?? 0) > 0);
}
