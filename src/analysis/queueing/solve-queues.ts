import type { Exactness } from "../model/exactness.ts";
import { type BalancedQueues, solveJoinShortestQueue, solvePowerOfTwoChoices } from "./balanced-queues.ts";
import { meanWaitMMc } from "./erlang-c.ts";
import { type Line, type LineSolution, solveLine } from "./line.ts";
import { fittedLaws, type LineLaws, lawsOfLine } from "./line-laws.ts";
import { sharingLaws } from "./processor-sharing-law.ts";
import { groupShares, type ShareGroup } from "./share-groups.ts";
import type { StationLoad } from "./station.ts";
import { sustainedServers } from "./universal-scalability.ts";
import { alternatingArrivals } from "./weighted-round-robin.ts";

/** Queues that all see the same, after solving one of them. */
export interface SolvedQueues {
  /** Arrivals of all of them together. */
  readonly ratePerSecond: number;
  /** Servers of all of them together. */
  readonly servers: number;
  /** What these servers do together when all are busy, in servers that work undisturbed. */
  readonly sustained: number;
  /** Null without a steady state. */
  readonly solution: LineSolution | null;
  readonly laws: () => LineLaws;
}

/** The queues of a station, those alike together. @param load with an offered load above 0 */
export function solveQueues(load: StationLoad): readonly SolvedQueues[] {
  const { arrivalRatePerSecond, serviceTimeMs, servers, queues, dispatch } = load;
  const arrivalScv = load.arrivalScv ?? 1;
  const offeredLoad = (arrivalRatePerSecond * serviceTimeMs) / 1000;
  const common = {
    variability: load.serviceVariability,
    places: load.queueLimit,
    patience: load.patienceMs == null ? null : load.patienceMs / serviceTimeMs,
    scalability: load.scalability ?? null,
  };
  const solved = (line: Line, ratePerSecond: number, count: number): SolvedQueues =>
    load.discipline === "processor-sharing"
      ? sharedLine(line, ratePerSecond, count, serviceTimeMs)
      : solvedLine(line, ratePerSecond, count, serviceTimeMs);
  switch (queues === 1 ? "shared-queue" : dispatch) {
    case "shared-queue": {
      const line = { ...common, servers: servers * queues, instances: queues, offeredLoad, arrivalScv };
      return [solved(line, arrivalRatePerSecond, 1)];
    }
    case "random":
    case "hash": {
      return groupShares(load.shares ?? [], queues).map(({ share, count }: ShareGroup) => {
        const line = {
          ...common,
          servers,
          offeredLoad: offeredLoad * share,
          // Random splitting of a renewal stream (Whitt 1983, section 4.4); Poisson stays Poisson.
          arrivalScv: arrivalScv === 1 ? 1 : share * arrivalScv + 1 - share,
        };
        return solved(line, arrivalRatePerSecond * share * count, count);
      });
    }
    case "round-robin": {
      return groupShares(load.shares ?? [], queues).map(({ share, count }: ShareGroup) => {
        const line = {
          ...common,
          ...alternatingArrivals(share, arrivalScv),
          servers,
          offeredLoad: offeredLoad * share,
        };
        return solved(line, arrivalRatePerSecond * share * count, count);
      });
    }
    case "least-connections":
    case "power-of-two": {
      const solve = dispatch === "least-connections" ? solveJoinShortestQueue : solvePowerOfTwoChoices;
      const balanced: BalancedQueues = { ...common, queues, servers, offeredLoad, arrivalScv };
      if (load.discipline !== "processor-sharing") return [fitted(solve(balanced), load)];
      const solution = solve({ ...balanced, variability: 1, patience: null });
      const line = { ...common, servers, offeredLoad: offeredLoad / queues, arrivalScv: Number.NaN };
      return [sharedQueues(solution, line, arrivalRatePerSecond, queues, serviceTimeMs)];
    }
  }
}

function solvedLine(line: Line, ratePerSecond: number, count: number, serviceTimeMs: number): SolvedQueues {
  const idle = line.offeredLoad === 0;
  const solution = idle ? IDLE : solveLine(line);
  return {
    ratePerSecond,
    ...serversOf(line, count),
    solution,
    laws: () => lawsOfLine(line, solution ?? IDLE, serviceTimeMs),
  };
}

/** Servers of `count` equal lines, of `instances` instances each. */
function serversOf(line: Pick<Line, "servers" | "scalability" | "instances">, count: number) {
  const { servers, scalability = null, instances = 1 } = line;
  return {
    servers: servers * count,
    sustained: sustainedServers({ servers: servers / instances, queues: instances * count, scalability }),
  };
}

function fitted(solution: LineSolution | null, load: StationLoad): SolvedQueues {
  return {
    ratePerSecond: load.arrivalRatePerSecond,
    ...serversOf({ servers: load.servers, scalability: load.scalability ?? null }, load.queues),
    solution,
    laws: () => lawsOfBalanced(solution ?? IDLE, load.serviceVariability, load.serviceTimeMs),
  };
}

function lawsOfBalanced(solution: LineSolution, variability: number, serviceTimeMs: number): LineLaws {
  if (solution.impatience !== undefined) {
    const line = { servers: 1, offeredLoad: 1, arrivalScv: 1, variability, places: null };
    return lawsOfLine(line, solution, serviceTimeMs);
  }
  const { waitProbability, conditionalMeanWait, conditionalScv, serviceStretch = 1 } = solution;
  const conditionalMeanMs = conditionalMeanWait * serviceTimeMs;
  // A variation that is 1 but for rounding has the closed form.
  const scv = Math.abs(conditionalScv - 1) < 1e-12 ? 1 : conditionalScv;
  return fittedLaws(
    { waitProbability, conditionalMeanMs, conditionalScv: scv },
    variability,
    serviceTimeMs * serviceStretch,
  );
}

/** Processor sharing: as many are there as with exponential service and a line (Kelly 1979), whatever the law of service. */
function sharedLine(line: Line, ratePerSecond: number, count: number, serviceTimeMs: number): SolvedQueues {
  const solution = line.offeredLoad === 0 ? IDLE : solveLine({ ...line, variability: 1, patience: null });
  return sharedQueues(solution, line, ratePerSecond, count, serviceTimeMs);
}

function sharedQueues(
  solution: LineSolution | null,
  line: Line,
  ratePerSecond: number,
  count: number,
  serviceTimeMs: number,
): SolvedQueues {
  const { servers, places, variability } = line;
  const counts = { ratePerSecond, ...serversOf(line, count) };
  if (solution === null || solution === IDLE)
    return { ...counts, solution, laws: () => lawsOfLine(line, IDLE, serviceTimeMs) };
  const { waitProbability, conditionalMeanWait, serviceStretch = 1, rejectedFraction } = solution;
  const added = waitProbability * conditionalMeanWait + serviceStretch - 1;
  // Servers that slow each other down add to every service, not only to those that find all of them busy.
  const isStretched = solution.serviceStretch !== undefined || waitProbability === 0;
  const delayed = isStretched ? Math.max(waitProbability, Math.min(1, added)) : waitProbability;
  const isPoisson = line.arrivalScv === 1;
  const isExact = isPoisson && variability === 1 && (line.instances ?? 1) === 1;
  const shared = { servers, scalability: line.scalability ?? null, instances: line.instances ?? 1 };
  const queue = isPoisson
    ? { ...shared, offeredLoad: line.offeredLoad, places }
    : { ...shared, offeredLoad: loadWithWait(servers, added), places: null };
  return {
    ...counts,
    solution: {
      rejectedFraction,
      waitProbability: delayed,
      conditionalMeanWait: delayed === 0 ? 0 : added / delayed,
      conditionalScv: 1,
      exactness: sharingExactness(isPoisson, isExact, places),
    },
    laws: () => {
      const slowed = { ...queue, slowdown: 1 + added, busyProbability: waitProbability, variability };
      const laws = sharingLaws(slowed, serviceTimeMs);
      return { waiting: laws.added, served: laws.added, abandoned: null, sojourn: laws.sojourn };
    },
  };
}

/** The load of M/M/c, in Erlang, that makes requests wait so many service times on average. */
function loadWithWait(servers: number, meanWait: number): number {
  let low = 0;
  let high = servers;
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (meanWaitMMc(servers, middle) > meanWait) high = middle;
    else low = middle;
  }
  return low;
}

function sharingExactness(isPoisson: boolean, isExact: boolean, places: number | null): Exactness {
  const room = places === null ? "c" : "c/K";
  if (isExact) {
    return {
      kind: "exact",
      model: `M/M/${room} processor sharing`,
      source: "Coffman, Muntz and Trotter 1970; mean: Kelly 1979",
      typicalErrorPercent: null,
    };
  }
  return {
    kind: "approximation",
    model: `${isPoisson ? "M" : "GI"}/G/${room} processor sharing`,
    source: isPoisson
      ? "mean exact (insensitive): Kelly 1979; law by the variance of Yashkov 1983"
      : "mean as with exponential service; law by the variance of Yashkov 1983",
    typicalErrorPercent: isPoisson ? 5 : 8,
  };
}

export const NOTHING_WAITS: Exactness = {
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
