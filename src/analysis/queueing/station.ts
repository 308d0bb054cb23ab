import type { Exactness } from "../model/exactness.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import type { Dispatch } from "../model/program.ts";

/** What is offered to a station, and what the station has to serve it with. */
export interface StationLoad {
  /** Requests per second over all queues together, rejected ones included. 0 or more. */
  readonly arrivalRatePerSecond: number;
  /** Mean time that a visit keeps a server, in milliseconds. 0 or more; 0 is an infinitely fast station. */
  readonly serviceTimeMs: number;
  /** Coefficient of variation of that time, 0 or more: 0 constant, below 1 gamma, 1 exponential, above 1 balanced hyperexponential. */
  readonly serviceVariability: number;
  /** Squared coefficient of variation of the times between arrivals, 0 or more. Default 1: a Poisson stream. */
  readonly arrivalScv?: number;
  /** Servers of one queue; servers · queues stand behind the one line of a `shared-queue`. Integer from 1. */
  readonly servers: number;
  /** Number of identical queues, each with `servers` servers. Integer from 1. */
  readonly queues: number;
  /**
   * How requests meet the queues. `shared-queue`: one line for all servers. The others give every queue its own servers
   * and line, chosen at arrival: `random` and `hash` by shares, `round-robin` in turn, `least-connections` the fewest in
   * the system (ties at random), `power-of-two` the shorter of two distinct queues drawn at random.
   */
  readonly dispatch: Dispatch;
  /** Share of the arrivals that goes to each queue, for `hash` and `random`; scaled to add up to 1. Default: equal. */
  readonly shares?: readonly number[];
  /** Waiting places of one queue (of the one line with `shared-queue`); null for no limit. A request that finds them full is rejected. */
  readonly queueLimit: number | null;
}

/**
 * The steady state of a station. Rates are per second, times milliseconds. `meanWaitMs`, `meanQueueLength` and the laws
 * are of accepted requests, and null where there is no finite steady state (`saturated`).
 */
export interface StationSolution {
  /** Offered work over all servers, λS/(servers · queues). May exceed 1. */
  readonly offeredUtilization: number;
  /** Busy servers over all servers, after rejection. 0 to 1. */
  readonly utilization: number;
  /** True when some queue without a limit is offered as much as it can serve, or more. */
  readonly saturated: boolean;
  /** Probability that an accepted request has to wait. 1 on a saturated station. */
  readonly waitProbability: number;
  /** Share of the arrivals that is rejected. */
  readonly rejectedFraction: number;
  readonly acceptedPerSecond: number;
  readonly completedPerSecond: number;
  /** Accepted minus completed: how fast the waiting lines grow. 0 in a steady state. */
  readonly backlogGrowthPerSecond: number;
  readonly meanWaitMs: number | null;
  /** Requests waiting, all queues together: accepted rate times mean wait (Little 1961). */
  readonly meanQueueLength: number | null;
  readonly waitingLaw: LatencyLaw | null;
  /** Waiting plus service. */
  readonly sojournLaw: LatencyLaw | null;
  readonly exactness: Exactness;
}
