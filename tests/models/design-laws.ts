import { catalogue, kindDirectory } from "#library/catalogue.ts";
import type { AnalysisModel } from "#src/analysis/model/program.ts";
import type { Solution } from "#src/analysis/model/solution.ts";
import { largestLoad } from "#src/analysis/solve/largest-load.ts";
import { prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import { compileDesign } from "#src/compile/compile-design.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";

/** Any factor but a power of two, so that rounding does not cancel. */
const timeFactor = 3.7;
/** Fixed points stop at 1e-9 of their shares. */
const relativeSlack = 1e-5;
/** Waits below this share of a service time change nothing, and approximations may disagree about them. */
const leastWait = 1e-6;

/**
 * Laws between two solutions of one design, as faults in words; null where the design has no solution. With every time
 * divided and every rate multiplied by one factor nothing but the unit changes; one more server at a part never makes it
 * wait longer; and with next to no load nobody waits.
 */
export function brokenLaws(file: string): readonly string[] | null {
  const read = readDesignFile(file, kindDirectory);
  if (!read.ok) return [`unreadable: ${JSON.stringify(read.problem)}`];
  const compiled = compileDesign(read.value, catalogue);
  if (!compiled.ok) return [`not compiled: ${JSON.stringify(compiled.problem)}`];
  const { model } = compiled.value;
  const prepared = prepareModel(model);
  if (!prepared.ok) return null;
  const limit = largestLoad(prepared.value) ?? 1;
  const solution = solve(model, 0.8 * limit);
  // What did not settle is said to be no solution, and is held to no law.
  if (solution.warnings.some((warning) => /did not settle/.test(warning))) return [];
  const faults = [...scaleFaults(model, solution), ...idleFaults(model, limit * 1e-9)];
  // Who waits for others that wait longer because more gets through may wait longer too: only free flow is compared.
  if (
    !/queueLimit|patienceMs|contention|coherency|timeoutMs|hedgeAfterMs|rateLimit|connectionPool|circuitBreaker|holdsWorker/.test(
      file,
    )
  )
    faults.push(...serverFaults(model, solution));
  return faults;
}

function solve(model: AnalysisModel, load: number): Solution {
  const prepared = prepareModel(model);
  if (!prepared.ok) throw new Error("A model that was prepared is prepared again");
  return solveModel(prepared.value, load, { details: false });
}

/** Units are in the names of the fields, so that a model can be told in another unit of time. */
function inOtherUnit(model: AnalysisModel): AnalysisModel {
  return JSON.parse(JSON.stringify(model), (key: string, value: unknown) => {
    if (typeof value !== "number") return value;
    if (key.endsWith("Ms") || key === "ms") return value / timeFactor;
    return key.endsWith("PerSecond") ? value * timeFactor : value;
  });
}

function scaleFaults(model: AnalysisModel, before: Solution): readonly string[] {
  const after = solve(inOtherUnit(model), before.load);
  return [
    ...before.stations.flatMap((station, index) => {
      const other = after.stations[index];
      const name = model.nodeIds[model.stations[index]?.node ?? -1];
      return [
        ...unless(
          alike(station.utilization, other?.utilization ?? Number.NaN, 1),
          `${name}: utilisation changes with the unit`,
        ),
        ...unless(
          (station.meanWaitMs === null) === ((other?.meanWaitMs ?? null) === null) &&
            alike(station.meanWaitMs ?? 0, (other?.meanWaitMs ?? 0) * timeFactor, station.meanServiceMs),
          `${name}: the wait of ${station.meanWaitMs} ms is ${(other?.meanWaitMs ?? Number.NaN) * timeFactor} in another unit`,
        ),
      ];
    }),
    ...before.journeys.flatMap((journey, index) => {
      // Users who neither think nor wait have no rate, in any unit.
      if (model.journeys[index]?.closed !== null && (journey.law?.meanMs ?? 0) === 0) return [];
      const other = after.journeys[index];
      return [
        ...unless(
          alike(
            journey.completedPerSecond * timeFactor,
            other?.completedPerSecond ?? Number.NaN,
            journey.offeredPerSecond,
          ),
          `${model.journeyIds[index]}: completes another share in another unit`,
        ),
        ...unless(
          alike(journey.law?.meanMs ?? 0, (other?.law?.meanMs ?? 0) * timeFactor, 0),
          `${model.journeyIds[index]}: the mean of ${journey.law?.meanMs} ms is ${(other?.law?.meanMs ?? 0) * timeFactor} in another unit`,
        ),
      ];
    }),
  ];
}

function idleFaults(model: AnalysisModel, load: number): readonly string[] {
  return solve(model, load).stations.flatMap((station, index) => {
    const { servers = 1, queues = 1, node = -1, dispatch, batch } = model.stations[index] ?? {};
    // A queue that hardly anyone shares: the chance to meet another is the load itself. A batch waits for its fill.
    const isFree = station.offeredUtilization * servers * queues < 1e-6 && dispatch !== "hash" && batch === undefined;
    return unless(
      !isFree || (station.meanWaitMs ?? 0) <= 1e-4 * station.meanServiceMs + leastWait,
      `${model.nodeIds[node]}: waits ${station.meanWaitMs} ms with next to no load`,
    );
  });
}

function serverFaults(model: AnalysisModel, before: Solution): readonly string[] {
  const more: AnalysisModel = {
    ...model,
    stations: model.stations.map((station) => ({ ...station, servers: station.servers + 1 })),
  };
  const after = solve(more, before.load);
  return before.stations.flatMap((station, index) => {
    const wait = after.stations[index]?.meanWaitMs ?? Number.NaN;
    const name = model.nodeIds[model.stations[index]?.node ?? -1];
    return unless(
      station.saturated || wait <= (station.meanWaitMs ?? 0) * (1 + relativeSlack) + leastWait * station.meanServiceMs,
      `${name}: waits ${station.meanWaitMs} ms, and ${wait} ms with one more server in each queue`,
    );
  });
}

function alike(first: number, second: number, scale: number): boolean {
  return (
    Math.abs(first - second) <= relativeSlack * Math.max(Math.abs(first), Math.abs(second), leastWait * scale, 1e-300)
  );
}

function unless(holds: boolean, fault: string): readonly string[] {
  return holds ? [] : [fault];
}
