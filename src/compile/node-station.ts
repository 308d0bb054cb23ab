import type { ServingSettings } from "#library/contract/kind.ts";
import { serviceTimeMs, sharedBatchMs } from "#library/contract/serving.ts";
import { weightsOf } from "#library/contract/settings.ts";
import { type HashedKeys, hashedShares } from "#src/analysis/caching/hash-shares.ts";
import { consumerShares } from "#src/analysis/messaging/partition-shares.ts";
import type { Dispatch, Scalability, Station } from "#src/analysis/model/program.ts";
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
  const scalability = scalabilityOf(serving);
  // Servers of one instance slow each other down: the instances behind a shared queue stay apart.
  const isOne = shared && scalability === null;
  const weights = scaling === null ? instanceWeights(serving, instances) : null;
  const virtualNodes = Number(router?.settings.virtualNodes ?? 0);
  return {
    node: node.index,
    edge: null,
    servers: isOne ? serving.concurrency * instances : serving.concurrency,
    queues: isOne ? 1 : instances,
    dispatch,
    shares:
      partitionShares !== null && dispatch === "random"
        ? unequalShares(partitionShares, instances)
        : // Which instances there are changes with the load, and with it what each gets of a ring.
          dispatch === "hash" && scaling === null
          ? sharesByHash(node.node.id, instances, virtualNodes, keys, weights)
          : dispatch === "random" || dispatch === "round-robin"
            ? weights
            : null,
    queueLimit: serving.queueLimit,
    nominalServiceMs: serviceTimeMs(serving) + sharedBatchMs(serving),
    discipline: serving.holdsWorkerWhileWaiting ? "first-come" : serving.discipline,
    patienceMs: serving.patienceMs,
    scalability,
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

/** A worker that is kept during calls is not in the way of others meanwhile. */
function scalabilityOf({ contention, coherency, holdsWorkerWhileWaiting }: ServingSettings): Scalability | null {
  return holdsWorkerWhileWaiting || (contention === 0 && coherency === 0) ? null : { contention, coherency };
}

/** One weight an instance, the last of the list for all beyond it; null where all weigh the same. */
function instanceWeights(serving: ServingSettings, instances: number): readonly number[] | null {
  const stated = weightsOf(serving.instanceWeights);
  const last = stated.at(-1);
  if (last === undefined) return null;
  const all = Array.from({ length: instances }, (_, index) => stated[index] ?? last);
  const [first = 0] = all;
  return all.every((weight) => weight === first) ? null : all;
}

function sharesByHash(
  name: string,
  instances: number,
  virtualNodes: number,
  keys: HashedKeys | null,
  weights: readonly number[] | null,
): readonly number[] | null {
  const parts = virtualNodes > 0 ? ringShares(name, instances, virtualNodes, weights) : weights;
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
