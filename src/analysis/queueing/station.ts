import { constantLaw } from "../latency/constant-law.ts";
import { mixture } from "../latency/mixture.ts";
import { serviceTimeLaw } from "../latency/service-time-law.ts";
import type { Exactness } from "../model/exactness.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import type { Dispatch, Scalability, Station } from "../model/program.ts";
import type { LineLaws } from "./line-laws.ts";
import { NOTHING_WAITS, type SolvedQueues, solveQueues } from "./solve-queues.ts";

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
  /**
   * Most servers behind one line for which M/PH/c is solved instead of approximated. Default 16, which takes 1 ms; 32 takes
   * 10 ms, for when nobody is waiting.
   */
  readonly mostServersExact?: number;
  /** `first-come` (default) keeps a line; `processor-sharing` serves all at once, at full speed up to `servers` of them. */
  readonly discipline?: Station["discipline"];
  /** Mean of the exponential time after which a waiting request gives up, above 0; null (default) for never. It has no effect with processor sharing, where nobody waits in a line. */
  readonly patienceMs?: number | null;
  /** How the servers of one queue slow each other down; null (default) for not at all. */
  readonly scalability?: Scalability | null;
}

/**
 * The steady state of a station. Rates are per second, times milliseconds. `meanWaitMs`, `meanQueueLength` and `waitingLaw`
 * are of accepted requests, those who give up included; all are null where there is no finite steady state (`saturated`).
 */
export interface StationSolution {
  /** Offered work over what all servers can do together, λS/(servers · queues) where they do not slow each other. May exceed 1. */
  readonly offeredUtilization: number;
  /** Busy servers over all servers, after rejection. 0 to 1. */
  readonly utilization: number;
  /** True when some queue without a limit is offered as much as it can serve, or more. */
  readonly saturated: boolean;
  /** Probability that an accepted request has to wait. 1 on a saturated station. */
  readonly waitProbability: number;
  /** Share of the arrivals that is rejected. */
  readonly rejectedFraction: number;
  /** Share of the arrivals that waits and gives up. */
  readonly abandonedFraction: number;
  readonly acceptedPerSecond: number;
  readonly completedPerSecond: number;
  /** Accepted minus completed: how fast the waiting lines grow. 0 in a steady state. */
  readonly backlogGrowthPerSecond: number;
  readonly meanWaitMs: number | null;
  /** Requests waiting, all queues together: accepted rate times mean wait (Little 1961). */
  readonly meanQueueLength: number | null;
  readonly waitingLaw: LatencyLaw | null;
  /** Waiting plus service, of requests that are served. */
  readonly sojournLaw: LatencyLaw | null;
  /** Waiting of requests that are served; with processor sharing, what sharing adds to their service. */
  readonly servedWaitingLaw: LatencyLaw | null;
  /** Waiting of requests that give up; null when none does. */
  readonly abandonedLaw: LatencyLaw | null;
  /** Mean time in service over `serviceTimeMs`: above 1 where servers slow each other down. */
  readonly serviceStretch: number;
  /** True where waiting is in proportion to what a request asks for (processor sharing). */
  readonly isShared: boolean;
  readonly exactness: Exactness;
}

/**
 * The steady state of a station: throughput, loss, waiting and the laws of waiting and sojourn, by the best textbook
 * model for its kind; `exactness` says which. Pure, and total for every valid load.
 *
 * More load never lowers the utilization, the loss or (up to a variability of 6) the mean wait. Throws a RangeError for a load outside the ranges of
 * `StationLoad`.
 */
export function solveStation(load: StationLoad): StationSolution {
  check(load);
  const known = load.serviceVariability < LEAST_VARIABILITY ? { ...load, serviceVariability: 0 } : load;
  const offered = (load.arrivalRatePerSecond * load.serviceTimeMs) / (1000 * load.servers * load.queues);
  if (offered <= NO_LOAD) return idleStation(known, offered);
  return summarize(known, solveQueues(known));
}

/** At this utilisation and below, squares of shares leave the range of numbers, and nobody waits. */
const NO_LOAD = 1e-60;
/** A service time that varies less counts as constant: its gamma law is a step to every purpose. */
const LEAST_VARIABILITY = 1e-3;

function check(load: StationLoad): void {
  const { arrivalRatePerSecond, serviceTimeMs, serviceVariability, arrivalScv = 1, servers, queues, queueLimit } = load;
  for (const amount of [arrivalRatePerSecond, serviceTimeMs, serviceVariability, arrivalScv]) {
    if (!(amount >= 0 && amount < Number.POSITIVE_INFINITY))
      throw new RangeError(`solveStation: ${amount} is out of range`);
  }
  for (const count of [servers, queues]) {
    if (!(Number.isSafeInteger(count) && count >= 1)) throw new RangeError(`solveStation: ${count} is not a count`);
  }
  if (queueLimit !== null && !(Number.isSafeInteger(queueLimit) && queueLimit >= 0)) {
    throw new RangeError(`solveStation: ${queueLimit} is not a number of waiting places`);
  }
  const { patienceMs = null, scalability = null } = load;
  if (patienceMs !== null && !(patienceMs > 0 && patienceMs < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`solveStation: ${patienceMs} ms is not a patience`);
  }
  if (
    scalability !== null &&
    !(scalability.contention >= 0 && scalability.contention <= 1 && scalability.coherency >= 0)
  ) {
    throw new RangeError("solveStation: contention is from 0 to 1, and coherency 0 or more");
  }
  if (load.shares !== undefined && load.shares.length !== queues) {
    throw new RangeError(`solveStation: ${load.shares.length} shares for ${queues} queues`);
  }
}

function idleStation(
  { arrivalRatePerSecond, serviceTimeMs, serviceVariability }: StationLoad,
  utilization: number,
): StationSolution {
  return {
    offeredUtilization: utilization,
    utilization,
    saturated: false,
    waitProbability: 0,
    rejectedFraction: 0,
    abandonedFraction: 0,
    acceptedPerSecond: arrivalRatePerSecond,
    completedPerSecond: arrivalRatePerSecond,
    backlogGrowthPerSecond: 0,
    meanWaitMs: 0,
    meanQueueLength: 0,
    waitingLaw: constantLaw(0),
    sojournLaw: serviceTimeLaw(serviceTimeMs, serviceVariability),
    servedWaitingLaw: constantLaw(0),
    abandonedLaw: null,
    serviceStretch: 1,
    isShared: false,
    exactness: NOTHING_WAITS,
  };
}

function summarize(load: StationLoad, parts: readonly SolvedQueues[]): StationSolution {
  const { arrivalRatePerSecond, serviceTimeMs } = load;
  const totalServers = load.servers * load.queues;
  const serviceSeconds = serviceTimeMs / 1000;
  let [accepted, completed, delayed, waitedMs, sustained] = [0, 0, 0, 0, 0];
  let [rejected, abandoned, busy, served] = [0, 0, 0, 0];
  for (const part of parts) {
    const { ratePerSecond, servers, solution } = part;
    sustained += part.sustained;
    if (solution === null) {
      accepted += ratePerSecond;
      delayed += ratePerSecond;
      completed += Math.min(ratePerSecond, part.sustained / serviceSeconds);
      busy += servers;
      continue;
    }
    const { rejectedFraction, impatience, serviceStretch = 1 } = solution;
    const abandonedFraction = impatience?.abandonedFraction ?? 0;
    const through = ratePerSecond * (1 - rejectedFraction);
    const done = ratePerSecond * Math.max(0, 1 - rejectedFraction - abandonedFraction);
    accepted += through;
    completed += done;
    rejected += ratePerSecond * rejectedFraction;
    abandoned += ratePerSecond * abandonedFraction;
    delayed += through * solution.waitProbability;
    waitedMs += through * solution.waitProbability * solution.conditionalMeanWait * serviceTimeMs;
    busy += Math.min(servers, done * serviceSeconds * serviceStretch);
    served += done * serviceSeconds;
  }
  const saturated = parts.some(({ solution }) => solution === null);
  const meanWaitMs = saturated ? null : accepted === 0 ? 0 : waitedMs / accepted;
  const laws = saturated ? null : mixedLaws(parts, accepted);
  return {
    offeredUtilization: (arrivalRatePerSecond * serviceSeconds) / sustained,
    utilization: Math.min(1, busy / totalServers),
    saturated,
    waitProbability: accepted === 0 ? 0 : Math.min(1, delayed / accepted),
    rejectedFraction: Math.min(1, rejected / arrivalRatePerSecond),
    abandonedFraction: Math.min(1, abandoned / arrivalRatePerSecond),
    acceptedPerSecond: accepted,
    completedPerSecond: completed,
    backlogGrowthPerSecond: saturated ? accepted - completed : 0,
    meanWaitMs,
    meanQueueLength: meanWaitMs === null ? null : (accepted * meanWaitMs) / 1000,
    waitingLaw: laws?.waiting ?? null,
    sojournLaw: laws?.sojourn ?? null,
    servedWaitingLaw: laws?.served ?? null,
    abandonedLaw: laws?.abandoned ?? null,
    serviceStretch: saturated || served === 0 || load.scalability == null ? 1 : Math.max(1, busy / served),
    isShared: load.discipline === "processor-sharing",
    exactness: leastExact(parts),
  };
}

/** A request is in each part with the part's share of what is accepted, served or given up. */
function mixedLaws(parts: readonly SolvedQueues[], accepted: number): LineLaws {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only.laws();
  const members = parts
    .map((part) => ({ ...ratesOf(part), part }))
    .filter((member) => member.accepted > 0)
    .map((member) => ({ ...member, laws: member.part.laws() }));
  const all = members.reduce((sum, member) => sum + member.served, 0);
  const given = members.filter(({ laws }) => laws.abandoned !== null);
  const gaveUp = given.reduce((sum, member) => sum + member.abandoned, 0);
  const served = members.map((member) => ({ probability: member.served / all, laws: member.laws }));
  return {
    waiting: mixture(members.map((member) => ({ probability: member.accepted / accepted, law: member.laws.waiting }))),
    served: mixture(served.map(({ probability, laws }) => ({ probability, law: laws.served }))),
    abandoned:
      gaveUp > 0
        ? mixture(
            given.map((member) => ({
              probability: member.abandoned / gaveUp,
              law: member.laws.abandoned ?? constantLaw(0),
            })),
          )
        : null,
    sojourn: mixture(served.map(({ probability, laws }) => ({ probability, law: laws.sojourn }))),
  };
}

function ratesOf({ ratePerSecond, solution }: SolvedQueues) {
  const accepted = ratePerSecond * (1 - (solution?.rejectedFraction ?? 0));
  const abandoned = ratePerSecond * (solution?.impatience?.abandonedFraction ?? 0);
  return { accepted, abandoned, served: Math.max(0, accepted - abandoned) };
}

/** That of the part with the largest stated error. A part without a steady state is exact in what it says. */
function leastExact(parts: readonly SolvedQueues[]): Exactness {
  let worst: Exactness = SATURATED;
  for (const { solution } of parts) {
    const exactness = solution?.exactness;
    if (exactness === undefined) continue;
    const error = exactness.typicalErrorPercent ?? 0;
    if (worst === SATURATED || error > (worst.typicalErrorPercent ?? 0)) worst = exactness;
  }
  return worst;
}

const SATURATED: Exactness = {
  kind: "exact",
  model: "fluid limit (saturated)",
  source: "throughput is capacity; no steady state",
  typicalErrorPercent: null,
};
