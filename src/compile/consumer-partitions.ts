import type { ResolvedDesign } from "./resolved-design.ts";

/**
 * Shares of the partitions that each consumer of a stream divides with the other instances of its group, by node index: for
 * nodes that get all their requests from streams. Partitions of several streams count together, each stream for the same
 * part of the messages.
 */
export function partitionsInFront(resolved: ResolvedDesign): ReadonlyMap<number, readonly number[]> {
  const logs = new Map<number, (readonly number[] | null)[]>();
  for (const { source, target } of resolved.edges) {
    const shares = source.kind.messageLog(source.rawSettings)?.partitionShares ?? null;
    logs.set(target.index, [...(logs.get(target.index) ?? []), shares]);
  }
  const partitions = new Map<number, readonly number[]>();
  for (const [node, streams] of logs) {
    const known = streams.filter((shares) => shares !== null);
    if (known.length !== streams.length) continue;
    partitions.set(
      node,
      known.flatMap((shares) => shares.map((share) => share / known.length)),
    );
  }
  return partitions;
}
