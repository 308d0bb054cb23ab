import { consumerShares } from "../messaging/partition-shares.ts";
import type { Autoscaling, Scalability, Station } from "../model/program.ts";
import { relativeCapacity } from "../queueing/universal-scalability.ts";

/** Rounding of a load that is a whole number of instances. */
const ROUNDING = 1e-9;

/**
 * Instances that an autoscaler settles on: n = ⌈λS / (c · target)⌉ between its limits, the fixed point of Kubernetes' rule
 * desired = ⌈current · utilisation / target⌉ (Kubernetes documentation, "Horizontal Pod Autoscaling", 2024). Its tolerance of
 * 10 % and the delay before it scales down keep a real one at up to that much more or less.
 *
 * @param busyServers λS, mean busy servers if nothing waited for one, 0 or more; endless counts as the most
 */
export function instancesFor(scaling: Autoscaling, busyServers: number): number {
  const { minInstances, maxInstances, instanceServers, targetUtilization } = scaling;
  const wanted = Math.ceil(busyServers / (instanceServers * targetUtilization) - ROUNDING);
  return Math.min(maxInstances, Math.max(minInstances, wanted));
}

/** What the servers of an instance do together, all busy, over what they would do undisturbed. */
function effectivenessOf(scalability: Scalability | null, { instanceServers }: Autoscaling): number {
  return scalability === null ? 1 : relativeCapacity(scalability, instanceServers) / instanceServers;
}

/** The station with the instances that are in use at a load; itself when it does not scale. */
export function stationInUse(station: Station, busyServers: number): Station {
  const scaling = station.autoscaling;
  if (scaling === undefined) return station;
  const instances = instancesFor(scaling, busyServers / effectivenessOf(station.scalability, scaling));
  // Servers of one instance slow each other down: instances stay apart.
  if (station.dispatch === "shared-queue" && station.scalability !== null)
    return { ...station, servers: scaling.instanceServers, queues: instances };
  if (station.dispatch === "shared-queue")
    return { ...station, servers: scaling.instanceServers * instances, queues: 1 };
  const shares = scaling.partitionShares === null ? null : consumerShares(scaling.partitionShares, instances);
  return { ...station, queues: shares?.length ?? instances, shares };
}

/** What an autoscaler and a sudden rise of the load are described by. Rates are per second over all instances. */
export interface LoadStep {
  readonly instancesBefore: number;
  readonly instancesAfter: number;
  readonly instanceCapacityPerSecond: number;
  /** Rate from the step on. */
  readonly ratePerSecond: number;
  /** From the step until the new instances serve: metric window, sync period and start. */
  readonly reactionMs: number;
}

/** What a step of the load leaves behind until the new instances serve. */
export interface StepResponse {
  /** Requests that pile up: (λ − nμ) · D, 0 when the instances before carry the new rate. */
  readonly backlog: number;
  /** Until the backlog is gone once the new instances serve; null when they cannot carry the rate either. */
  readonly drainMs: number | null;
  /** The wait of a request that arrives as the new instances start, backlog over their rate. */
  readonly longestWaitMs: number;
}

/** The fluid limit of a step of the load (Newell 1982, ch. 2): exact for means when the backlog is large against √n. */
export function responseToStep(step: LoadStep): StepResponse {
  const before = step.instancesBefore * step.instanceCapacityPerSecond;
  const after = step.instancesAfter * step.instanceCapacityPerSecond;
  const backlog = Math.max(0, step.ratePerSecond - before) * (step.reactionMs / 1000);
  const surplus = after - step.ratePerSecond;
  const drainMs = backlog === 0 ? 0 : surplus > 0 ? (backlog / surplus) * 1000 : null;
  return { backlog, drainMs, longestWaitMs: (backlog / after) * 1000 };
}
