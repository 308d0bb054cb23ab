import { serviceTimeMs, sharedBatchMs } from "#library/contract/serving.ts";
import { type HashedKeys, hashedShares } from "#src/analysis/caching/hash-shares.ts";
import { consumerShares } from "#src/analysis/messaging/partition-shares.ts";
import type { Dispatch, Station } from "#src/analysis/model/program.ts";
import { ringShares } from "./instance-shares.ts";
import type { ResolvedDesign, ResolvedNode } from "./resolved-design.ts";

/**
 * A consumer of a stream owns partitions: at most so many instances work, each with a line of its own. Keys that are hashed
 * over the instances make their shares unequal.
 */
export function stationOf(
  node: ResolvedNode,
  router: ResolvedNode | undefined,
  partitionShares: readonly number[] | null,
  keys: HashedKeys | null,
): Station | null {
  const { serving } = node;
  if (serving === null) return null;
  const scaling = serving.autoscaling ?? null;
  const instances = Math.min(
    scaling?.maxInstances ?? serving.instances,
    partitionShares?.length ?? Number.POSITIVE_INFINITY,
  );
  const dispatch: Dispatch =
    instances <= 1
      ? "shared-queue"
      : serving.dispatch === "default"
        ? (router?.kind.routing(router.rawSettings) ?? (keys === null ? "random" : "hash"))
        : serving.dispatch;
  const shared = dispatch === "shared-queue";
  const virtualNodes = Number(router?.settings.virtualNodes ?? 0);
  return {
    node: node.index,
    edge: null,
    servers: shared ? serving.concurrency * instances : serving.concurrency,
    queues: shared ? 1 : instances,
    dispatch,
    shares:
      partitionShares !== null && dispatch === "random"
        ? unequalShares(partitionShares, instances)
        : dispatch === "hash"
          ? sharesByHash(node.node.id, instances, virtualNodes, keys)
          : null,
    queueLimit: serving.queueLimit,
    nominalServiceMs: serviceTimeMs(serving) + sharedBatchMs(serving),
    discipline: "first-come",
    patienceMs: null,
    scalability: null,
    ...(scaling === null
      ? {}
      : {
          autoscaling: {
            minInstances: Math.min(scaling.minInstances, instances),
            maxInstances: instances,
            instanceServers: serving.concurrency,
            targetUtilization: scaling.targetUtilization,
            partitionShares: dispatch === "random" ? partitionShares : null,
          },
        }),
    ...(serving.batch === undefined || serving.batch.size === 1 ? {} : { batch: serving.batch }),
  };
}

function sharesByHash(
  name: string,
  instances: number,
  virtualNodes: number,
  keys: HashedKeys | null,
): readonly number[] | null {
  const parts = virtualNodes > 0 ? ringShares(name, instances, virtualNodes) : null;
  return keys === null ? parts : hashedShares(instances, keys, parts);
}

/** The router directly in front of each node that has one, the first in the order of the file, by node index. */
export function routersInFront(resolved: ResolvedDesign): ReadonlyMap<number, ResolvedNode> {
  const routers = new Map<number, ResolvedNode>();
  for (const { source, target } of resolved.edges) {
    if (source.kind.role === "router" && !routers.has(target.index)) routers.set(target.index, source);
  }
  return routers;
}

/** What the instances of a group get of the partitions; null when all get the same. */
function unequalShares(partitionShares: readonly number[], instances: number): readonly number[] | null {
  const shares = consumerShares(partitionShares, instances);
  const [first = 0] = shares;
  return shares.every((share) => Math.abs(share - first) <= 1e-12) ? null : shares;
}
