import type { KeySpread } from "#library/contract/kind.ts";
import { hashedShares } from "#src/analysis/caching/hash-shares.ts";
import type { RoutingPolicy } from "#src/analysis/model/program.ts";
import { edgeSettingsOf } from "#src/design/edge-settings.ts";
import { ringShares } from "./instance-shares.ts";
import type { ResolvedDesign, ResolvedEdge, ResolvedNode } from "./resolved-design.ts";

/**
 * Long-run shares of a router's targets: by the weights of the edges. Where none is stated and the router hashes keys of
 * unequal popularity, by what falls on each target, the first in the order of the file getting the most.
 */
export function targetShares(
  router: ResolvedNode,
  targets: readonly ResolvedEdge[],
  policy: RoutingPolicy,
): readonly number[] {
  const keys = policy === "hash" ? router.kind.hashedKeys(router.rawSettings) : null;
  if (keys !== null && targets.every(({ edge }) => edgeSettingsOf(edge).weight === undefined)) {
    const { pointsPerTarget } = keys;
    const parts = pointsPerTarget === null ? null : ringShares(router.node.id, targets.length, pointsPerTarget);
    return hashedShares(targets.length, keys, parts);
  }
  const total = targets.reduce((sum, edge) => sum + edge.weight, 0);
  return targets.map(({ weight }) => (total > 0 ? weight / total : 1 / targets.length));
}

/** The keys that are hashed over the instances of a node: its own, or those of the router that has no other target. */
export function keysOverInstances(
  resolved: ResolvedDesign,
  node: ResolvedNode,
  router: ResolvedNode | undefined,
): KeySpread | null {
  if (node.kind.role === "router") return null;
  const own = node.kind.hashedKeys(node.rawSettings);
  if (own !== null || router === undefined) return own;
  const targets = new Set((resolved.outgoing[router.index] ?? []).map(({ target }) => target.index));
  return targets.size === 1 ? router.kind.hashedKeys(router.rawSettings) : null;
}
