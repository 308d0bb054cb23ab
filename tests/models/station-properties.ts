import fc from "fast-check";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import type { LatencyLaw } from "#src/analysis/model/latency-law.ts";
import type { Dispatch } from "#src/analysis/model/program.ts";
import { type StationLoad, type StationSolution, solveStation } from "#src/analysis/queueing/station.ts";
import { sustainedServers } from "#src/analysis/queueing/universal-scalability.ts";

/** A station without its arrivals, and offered work over what all its servers do. */
export interface RandomStation {
  readonly station: Omit<StationLoad, "arrivalRatePerSecond">;
  readonly rho: number;
}

const dispatch = fc.constantFrom<Dispatch>(
  "shared-queue",
  "random",
  "round-robin",
  "least-connections",
  "power-of-two",
  "hash",
);

/** Stations with every option, near to nothing up to twice what they can do. */
export const randomStation: fc.Arbitrary<RandomStation> = fc
  .record({
    serviceTimeMs: fc.constantFrom(0.01, 1, 30, 5000),
    serviceVariability: fc.constantFrom(0, 0.3, 1, 1, 1, 1.5, 3),
    arrivalScv: fc.constantFrom(1, 1, 1, 0.2, 3),
    servers: fc.constantFrom(1, 1, 2, 5, 16, 100),
    queues: fc.constantFrom(1, 1, 2, 4, 10),
    dispatch,
    weighted: fc.boolean(),
    queueLimit: fc.constantFrom(null, null, 0, 1, 7, 200),
    discipline: fc.constantFrom("first-come" as const, "first-come" as const, "processor-sharing" as const),
    /** In service times. */
    patience: fc.constantFrom(null, null, 0.1, 2, 50),
    scalability: fc.constantFrom(
      null,
      null,
      { contention: 0.05, coherency: 0 },
      { contention: 0.02, coherency: 0.001 },
      { contention: 0, coherency: 0.2 },
    ),
    rho: fc.oneof(fc.constantFrom(1e-9, 0.01, 0.5, 0.9, 0.99, 1, 1.3), fc.double({ min: 0.001, max: 2, noNaN: true })),
  })
  .map(({ rho, weighted, patience, ...options }) => {
    const { queues, serviceTimeMs } = options;
    const isWeighted = weighted && ["random", "hash", "round-robin"].includes(options.dispatch);
    return {
      rho,
      station: {
        ...options,
        patienceMs: patience === null ? null : patience * serviceTimeMs,
        ...(isWeighted && { shares: Array.from({ length: queues }, (_, k) => k + 1) }),
      },
    };
  });

function loadOf({ station }: RandomStation, rho: number): StationLoad {
  const { servers, queues, serviceTimeMs, scalability = null } = station;
  const capacity = (sustainedServers({ servers, queues, scalability }) * 1000) / serviceTimeMs;
  return { ...station, arrivalRatePerSecond: rho * capacity };
}

/** Relative slack of approximations that meet at a boundary, and of rounding. */
const SLACK = 1e-6;

/** What is wrong with the solution of a station, in words; empty when nothing is. */
export function stationFaults(random: RandomStation): readonly string[] {
  const load = loadOf(random, random.rho);
  const solution = solveStation(load);
  return [
    ...soundness(load, solution),
    ...scaleFaults(load, solution),
    ...loadFaults(random, solution),
    ...limitFaults(random),
  ];
}

function unless(holds: boolean, fault: string): readonly string[] {
  return holds ? [] : [fault];
}

function isClose(value: number, expected: number, slack = SLACK): boolean {
  return Math.abs(value - expected) <= slack * Math.abs(expected) + 1e-12;
}

/** No number out of range, flow conserved, Little's law, laws with the means they should have. */
function soundness(load: StationLoad, solution: StationSolution): readonly string[] {
  const { arrivalRatePerSecond: arrivals, serviceTimeMs } = load;
  const { completedPerSecond, backlogGrowthPerSecond, rejectedFraction, abandonedFraction } = solution;
  const lost = arrivals * (rejectedFraction + abandonedFraction);
  const probabilities = { ...solution, exactness: 0 };
  return [
    ...["utilization", "waitProbability", "rejectedFraction", "abandonedFraction"].flatMap((name) => {
      const value: unknown = new Map(Object.entries(probabilities)).get(name);
      return unless(typeof value === "number" && value >= 0 && value <= 1, `${name} is ${String(value)}`);
    }),
    ...unless(
      Math.abs(completedPerSecond + lost + backlogGrowthPerSecond - arrivals) <= SLACK * arrivals,
      `${arrivals} arrive, ${completedPerSecond} + ${lost} + ${backlogGrowthPerSecond} leave`,
    ),
    ...unless(solution.serviceStretch >= 1 && solution.serviceStretch < 1e9, `stretch ${solution.serviceStretch}`),
    ...unless(
      solution.saturated ||
        isClose(solution.meanQueueLength ?? -1, (solution.acceptedPerSecond * (solution.meanWaitMs ?? -1)) / 1000),
      "Little's law",
    ),
    ...unless(
      load.discipline === "processor-sharing" || load.patienceMs == null || !solution.saturated,
      "saturated, though requests give up",
    ),
    // Those who give up leave at the rate of the number waiting over the patience.
    ...unless(
      load.patienceMs == null ||
        load.discipline === "processor-sharing" ||
        rejectedFraction + abandonedFraction > 1 - 1e-9 ||
        isClose(arrivals * abandonedFraction, ((solution.meanQueueLength ?? 0) * 1000) / load.patienceMs, 0.02),
      `${arrivals * abandonedFraction} give up, ${solution.meanQueueLength} wait`,
    ),
    ...lawFaults(solution.waitingLaw, "waiting", serviceTimeMs, solution.meanWaitMs),
    ...lawFaults(solution.sojournLaw, "sojourn", serviceTimeMs, null),
    ...unless(
      solution.sojournLaw === null || solution.sojournLaw.meanMs >= serviceTimeMs * (1 - SLACK),
      `a sojourn of ${solution.sojournLaw?.meanMs} with a service of ${serviceTimeMs}`,
    ),
    ...(solution.abandonedLaw === null ? [] : lawFaults(solution.abandonedLaw, "abandoned", serviceTimeMs, null)),
  ];
}

/** @param unitMs what is nothing beside it counts as no wait */
function lawFaults(law: LatencyLaw | null, name: string, unitMs: number, meanMs: number | null): readonly string[] {
  if (law === null) return [];
  const found = quantiles(law, [0.5, 0.9, 0.99, 0.999]);
  return [
    ...unless(law.meanMs >= 0 && law.meanMs < Number.POSITIVE_INFINITY, `${name}: mean ${law.meanMs}`),
    ...unless(law.varianceMs2 >= 0, `${name}: variance ${law.varianceMs2}`),
    ...unless(
      found.every((value, k) => value >= (found[k - 1] ?? 0) && value < Number.POSITIVE_INFINITY),
      `${name}: percentiles ${found.join(", ")}`,
    ),
    ...unless(
      meanMs === null || isClose(law.meanMs, meanMs, 1e-4) || meanMs < 1e-9 * unitMs,
      `${name}: the law has the mean ${law.meanMs}, not ${meanMs}`,
    ),
  ];
}

/** In another unit of time everything is the same. */
function scaleFaults(load: StationLoad, solution: StationSolution): readonly string[] {
  const factor = 1024;
  const scaled = solveStation({
    ...load,
    arrivalRatePerSecond: load.arrivalRatePerSecond / factor,
    serviceTimeMs: load.serviceTimeMs * factor,
    ...(load.patienceMs != null && { patienceMs: load.patienceMs * factor }),
  });
  return [
    ...unless(isClose(scaled.utilization, solution.utilization, 1e-9), "utilisation depends on the unit of time"),
    ...unless(
      solution.meanWaitMs === null || isClose((scaled.meanWaitMs ?? -1) / factor, solution.meanWaitMs, 1e-9),
      "the wait depends on the unit of time",
    ),
    ...unless(
      isClose(
        scaled.rejectedFraction + scaled.abandonedFraction,
        solution.rejectedFraction + solution.abandonedFraction,
        1e-9,
      ),
      "losses depend on the unit of time",
    ),
  ];
}

/** More load never lowers the utilization, and another instance with its part of the load never raises the wait at random splitting. */
function loadFaults(random: RandomStation, solution: StationSolution): readonly string[] {
  const more = solveStation(loadOf(random, random.rho * 1.05));
  const { station } = random;
  const isPlain = station.serviceVariability === 1 && station.arrivalScv === 1 && station.scalability === null;
  const instances = { ...loadOf(random, random.rho), queues: station.queues + 1 };
  const { shares: _, ...another } = instances;
  const wider = station.dispatch === "round-robin" || "shares" in station ? null : solveStation(another);
  return [
    ...unless(
      more.utilization >= solution.utilization * (1 - SLACK) || station.scalability !== null,
      `utilisation falls from ${solution.utilization} to ${more.utilization}`,
    ),
    ...unless(
      wider === null ||
        !isPlain ||
        station.queueLimit !== null ||
        solution.meanWaitMs === null ||
        (wider.meanWaitMs ?? Number.POSITIVE_INFINITY) <= solution.meanWaitMs * 1.02 + 1e-9 * station.serviceTimeMs,
      `one instance more, and the wait rises from ${solution.meanWaitMs} to ${wider?.meanWaitMs}`,
    ),
  ];
}

/** Next to no load nobody waits; with very many servers neither. */
function limitFaults(random: RandomStation): readonly string[] {
  const { station } = random;
  const idle = solveStation(loadOf(random, 1e-8));
  const stretch = idle.serviceStretch;
  return [
    ...unless(
      (idle.meanWaitMs ?? 1) <= 1e-6 * station.serviceTimeMs,
      `nobody is there, and the wait is ${idle.meanWaitMs}`,
    ),
    ...unless(
      station.queueLimit === 0 || idle.rejectedFraction + idle.abandonedFraction < 1e-6,
      "nobody is there, and some are lost",
    ),
    ...unless(Math.abs(stretch - 1) < 1e-6, `nobody is there, and service is stretched by ${stretch}`),
    ...unless(
      isClose(idle.sojournLaw?.meanMs ?? 0, station.serviceTimeMs, 1e-5),
      `nobody is there, and the sojourn is ${idle.sojournLaw?.meanMs}`,
    ),
  ];
}
