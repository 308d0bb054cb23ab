import { type StationLoad, type StationSolution, solveStation } from "#src/analysis/queueing/station.ts";

/** A station with a mean service time of one second, so that seconds are units of the tables. */
export function solveUnitStation(load: Partial<StationLoad>): StationSolution {
  return solveStation({
    arrivalRatePerSecond: 0.5,
    serviceTimeMs: 1000,
    serviceVariability: 1,
    servers: 1,
    queues: 1,
    dispatch: "shared-queue",
    queueLimit: null,
    ...load,
  });
}

/** Mean wait in units of the service time; throws where there is none, so that a test cannot pass by it. */
export function meanWaitOf(solution: StationSolution): number {
  if (solution.meanWaitMs === null) throw new Error("the station has no steady state");
  return solution.meanWaitMs / 1000;
}

/** |value/expected − 1|. */
export function relativeError(value: number, expected: number): number {
  return Math.abs(value / expected - 1);
}
