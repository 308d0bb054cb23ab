import { constantLaw } from "../latency/constant-law.ts";
import { mixture } from "../latency/mixture.ts";
import { serviceTimeLaw } from "../latency/service-time-law.ts";
import type { Exactness } from "../model/exactness.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import type { Dispatch } from "../model/program.ts";
import { solveJoinShortestQueue, solvePowerOfTwoChoices } from "./balanced-queues.ts";
import { type Line, type LineSolution, solveLine } from "./line.ts";
import { fittedLaws, type LineLaws, lawsOfLine } from "./line-laws.ts";
import { MOST_SERVERS_LIVE } from "./mgc-numerical.ts";
import { groupShares, type ShareGroup } from "./share-groups.ts";

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

/** Queues that all see the same, after solving one of them. */
interface SolvedQueues {
  /** Arrivals of all of them together. */
  readonly ratePerSecond: number;
  /** Servers of all of them together. */
  readonly servers: number;
  /** Null without a steady state. */
  readonly solution: LineSolution | null;
  readonly laws: () => LineLaws;
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
  if (load.shares !== undefined && load.shares.length !== queues) {
    throw new RangeError(`solveStation: ${load.shares.length} shares for ${queues} queues`);
  }
}

function solveQueues(load: StationLoad): readonly SolvedQueues[] {
  const { arrivalRatePerSecond, serviceTimeMs, servers, queues, dispatch } = load;
  const variability = load.serviceVariability;
  const arrivalScv = load.arrivalScv ?? 1;
  const places = load.queueLimit;
  const mostServersExact = load.mostServersExact ?? MOST_SERVERS_LIVE;
  const offeredLoad = (arrivalRatePerSecond * serviceTimeMs) / 1000;
  switch (queues === 1 ? "shared-queue" : dispatch) {
    case "shared-queue": {
      const line = { servers: servers * queues, offeredLoad, arrivalScv, variability, places, mostServersExact };
      return [solvedLine(line, arrivalRatePerSecond, 1, serviceTimeMs)];
    }
    case "random":
    case "hash": {
      return groupShares(load.shares ?? [], queues).map(({ share, count }: ShareGroup) => {
        const line = {
          servers,
          offeredLoad: offeredLoad * share,
          // Random splitting of a renewal stream (Whitt 1983, section 4.4); Poisson stays Poisson.
          arrivalScv: arrivalScv === 1 ? 1 : share * arrivalScv + 1 - share,
          variability,
          places,
          mostServersExact,
        };
        return solvedLine(line, arrivalRatePerSecond * share * count, count, serviceTimeMs);
      });
    }
    case "round-robin": {
      // In turn, every queue gets each N-th request: Erlang times between arrivals if the stream is Poisson.
      const stream = { arrivalScv: arrivalScv / queues, arrivalPhases: arrivalScv === 1 ? queues : null };
      const line = { ...stream, servers, offeredLoad: offeredLoad / queues, variability, places, mostServersExact };
      return [solvedLine(line, arrivalRatePerSecond, queues, serviceTimeMs)];
    }
    case "least-connections":
    case "power-of-two": {
      const solve = dispatch === "least-connections" ? solveJoinShortestQueue : solvePowerOfTwoChoices;
      return [fitted(solve({ queues, servers, offeredLoad, arrivalScv, variability, places }), load, variability)];
    }
  }
}

function solvedLine(line: Line, ratePerSecond: number, count: number, serviceTimeMs: number): SolvedQueues {
  const idle = line.offeredLoad === 0;
  const solution = idle ? IDLE : solveLine(line);
  return {
    ratePerSecond,
    servers: line.servers * count,
    solution,
    laws: () => lawsOfLine(line, solution ?? IDLE, serviceTimeMs),
  };
}

function fitted(solution: LineSolution | null, load: StationLoad, variability: number): SolvedQueues {
  const { waitProbability, conditionalMeanWait, conditionalScv } = solution ?? IDLE;
  const conditionalMeanMs = conditionalMeanWait * load.serviceTimeMs;
  // A variation that is 1 but for rounding has the closed form.
  const scv = Math.abs(conditionalScv - 1) < 1e-12 ? 1 : conditionalScv;
  return {
    ratePerSecond: load.arrivalRatePerSecond,
    servers: load.servers * load.queues,
    solution,
    laws: () =>
      fittedLaws({ waitProbability, conditionalMeanMs, conditionalScv: scv }, variability, load.serviceTimeMs),
  };
}

const NOTHING_WAITS: Exactness = {
  kind: "exact",
  model: "no waiting",
  source: "nothing is offered",
  typicalErrorPercent: null,
};

const IDLE: LineSolution = {
  rejectedFraction: 0,
  waitProbability: 0,
  conditionalMeanWait: 0,
  conditionalScv: 1,
  exactness: NOTHING_WAITS,
};

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
    acceptedPerSecond: arrivalRatePerSecond,
    completedPerSecond: arrivalRatePerSecond,
    backlogGrowthPerSecond: 0,
    meanWaitMs: 0,
    meanQueueLength: 0,
    waitingLaw: constantLaw(0),
    sojournLaw: serviceTimeLaw(serviceTimeMs, serviceVariability),
    exactness: NOTHING_WAITS,
  };
}

function summarize(load: StationLoad, parts: readonly SolvedQueues[]): StationSolution {
  const { arrivalRatePerSecond, serviceTimeMs } = load;
  const totalServers = load.servers * load.queues;
  const serviceSeconds = serviceTimeMs / 1000;
  let accepted = 0;
  let completed = 0;
  let delayed = 0;
  let waitedMs = 0;
  for (const { ratePerSecond, servers, solution } of parts) {
    if (solution === null) {
      accepted += ratePerSecond;
      delayed += ratePerSecond;
      completed += Math.min(ratePerSecond, servers / serviceSeconds);
      continue;
    }
    const through = ratePerSecond * (1 - solution.rejectedFraction);
    accepted += through;
    completed += through;
    delayed += through * solution.waitProbability;
    waitedMs += through * solution.waitProbability * solution.conditionalMeanWait * serviceTimeMs;
  }
  const saturated = parts.some(({ solution }) => solution === null);
  const meanWaitMs = saturated ? null : accepted === 0 ? 0 : waitedMs / accepted;
  const laws = saturated ? null : mixedLaws(parts, accepted);
  return {
    offeredUtilization: (arrivalRatePerSecond * serviceSeconds) / totalServers,
    utilization: Math.min(1, (completed * serviceSeconds) / totalServers),
    saturated,
    waitProbability: accepted === 0 ? 0 : Math.min(1, delayed / accepted),
    rejectedFraction: rejectedOf(parts, arrivalRatePerSecond),
    acceptedPerSecond: accepted,
    completedPerSecond: completed,
    backlogGrowthPerSecond: accepted - completed,
    meanWaitMs,
    meanQueueLength: meanWaitMs === null ? null : (accepted * meanWaitMs) / 1000,
    waitingLaw: laws?.waiting ?? null,
    sojournLaw: laws?.sojourn ?? null,
    exactness: leastExact(parts),
  };
}

function rejectedOf(parts: readonly SolvedQueues[], arrivalRatePerSecond: number): number {
  let rejected = 0;
  for (const { ratePerSecond, solution } of parts) rejected += ratePerSecond * (solution?.rejectedFraction ?? 0);
  return Math.min(1, rejected / arrivalRatePerSecond);
}

/** An accepted request is in each part with the part's share of what is accepted. */
function mixedLaws(parts: readonly SolvedQueues[], accepted: number): LineLaws {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only.laws();
  const members = parts
    .map((part) => ({ probability: acceptedOf(part) / accepted, part }))
    .filter(({ probability }) => probability > 0)
    .map(({ probability, part }) => ({ probability, laws: part.laws() }));
  return {
    waiting: mixture(members.map(({ probability, laws }) => ({ probability, law: laws.waiting }))),
    sojourn: mixture(members.map(({ probability, laws }) => ({ probability, law: laws.sojourn }))),
  };
}

function acceptedOf({ ratePerSecond, solution }: SolvedQueues): number {
  return ratePerSecond * (1 - (solution?.rejectedFraction ?? 0));
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
