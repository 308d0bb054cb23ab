import { describe, expect, it } from "vitest";
import { delay, hold, ModelBuilder, sequence, work } from "../model/build-model.ts";
import type { AnalysisModel } from "../model/program.ts";
import { breakingLoads, largestLoad } from "./largest-load.ts";
import { type PreparedModel, prepareModel } from "./prepare-model.ts";
import { solveModel } from "./solve-model.ts";
import { largestLoadWithinTargets } from "./target-load.ts";

function prepared(model: AnalysisModel): PreparedModel {
  const result = prepareModel(model);
  if (!result.ok) throw new Error(`unbounded: ${result.problem.nodeIds.join(" ")}`);
  return result.value;
}

/** Workers that compute for `ownMs` and then wait for a store of one exponential server. */
function workersOverStore(ratePerSecond: number, workers: number, ownMs: number, storeMs: number): AnalysisModel {
  const builder = new ModelBuilder();
  const store = builder.server("store", { serviceMs: storeMs });
  const pool = builder.station("api", { serviceMs: ownMs, servers: workers });
  builder.journey(ratePerSecond, builder.routine("api", hold(pool, delay(ownMs, 1), builder.call(store))));
  return builder.build();
}

/** Largest x with x · (own + S/(1 − xS)) = workers, in requests per millisecond: (o·S)x² − (o + S + mS)x + m = 0. */
function throughputOfPool(workers: number, ownMs: number, storeMs: number): number {
  const a = ownMs * storeMs;
  const b = ownMs + storeMs + workers * storeMs;
  return (b - Math.sqrt(b * b - 4 * a * workers)) / (2 * a);
}

describe("servers kept during calls", () => {
  it("holding for a fixed law of time is the plain M/M/c station", () => {
    const builder = new ModelBuilder();
    const held = builder.station("held", { serviceMs: 10, servers: 4 });
    const plain = builder.station("plain", { serviceMs: 10, servers: 4 });
    builder.journey(300, builder.routine("held", hold(held, delay(10, 1))));
    builder.journey(300, builder.routine("plain", work(plain, 10), 1));
    const [first, second] = solveModel(prepared(builder.build()), 1).journeys;
    expect(first?.law?.meanMs).toBeCloseTo(second?.law?.meanMs ?? 0, 9);
    expect(first?.breakdown[0]?.serviceMs).toBeCloseTo(10, 9);
  });

  it("the holding time is the own service plus the callee's sojourn, its wait included", () => {
    const solution = solveModel(prepared(workersOverStore(50, 4, 20, 10)), 1);
    const [store, pool] = solution.stations;
    expect(store?.sojournLaw?.meanMs).toBeCloseTo(20, 9);
    expect(pool?.meanServiceMs).toBeCloseTo(40, 9);
    expect(pool?.utilization).toBeCloseTo((50 * 0.04) / 4, 9);
    expect(solution.journeys[0]?.law?.meanMs).toBeCloseTo(40 + (pool?.meanWaitMs ?? Number.NaN), 9);
  });

  it("a slow store fills the workers of its callers, whose queue grows while the store stays below 1", () => {
    const { stations, journeys, warnings } = solveModel(prepared(workersOverStore(150, 8, 20, 10)), 1);
    const [store, pool] = stations;
    const truth = 1000 * throughputOfPool(8, 20, 10);
    expect(pool?.saturated).toBe(true);
    expect(pool?.utilization).toBe(1);
    expect(pool?.completedPerSecond).toBeCloseTo(truth, 4);
    expect(pool?.backlogGrowthPerSecond).toBeCloseTo(150 - truth, 4);
    expect(store?.saturated).toBe(false);
    expect(store?.arrivalsPerSecond).toBeCloseTo(truth, 4);
    expect(journeys[0]?.law).toBeNull();
    expect(journeys[0]?.completedPerSecond).toBeCloseTo(truth, 4);
    expect(pool?.offeredUtilization).toBeGreaterThan(1);
    expect(warnings).toEqual([]);
  });

  it("two callers of one store fill up together", () => {
    const builder = new ModelBuilder();
    const store = builder.station("store", { serviceMs: 10 });
    const entries = [4, 12].map((workers, journey) => {
      const visit = builder.routine("store", work(store, 10), journey);
      const pool = builder.station(`api-${journey}`, { serviceMs: 5, servers: workers });
      return builder.routine(`api-${journey}`, hold(pool, delay(5, 1), builder.call(visit)), journey);
    });
    for (const entry of entries) builder.journey(100, entry);
    const { stations, warnings } = solveModel(prepared(builder.build()), 1);
    expect(warnings).toEqual([]);
    const [store0, small, large] = stations;
    expect(small?.saturated && large?.saturated).toBe(true);
    const x = (small?.completedPerSecond ?? 0) + (large?.completedPerSecond ?? 0);
    expect(store0?.arrivalsPerSecond).toBeCloseTo(x, 6);
    // Same holding time for both, so workers in proportion: xᵢ = mᵢ / H.
    expect((large?.completedPerSecond ?? 0) / (small?.completedPerSecond ?? 1)).toBeCloseTo(3, 4);
    expect((x / 1000) * (5 + 10 / (1 - x / 100))).toBeCloseTo(16, 3);
  });

  it("callers that hold across each other's stations are relaxed until they agree", () => {
    const builder = new ModelBuilder();
    const [a, b] = [builder.station("a", { servers: 8 }), builder.station("b", { servers: 8 })];
    const innerB = builder.routine("b", hold(b, delay(10, 1)), 0);
    const outerA = builder.routine("a", hold(a, delay(10, 1), builder.call(innerB)), 0);
    const innerA = builder.routine("a", hold(a, delay(10, 1)), 1);
    const outerB = builder.routine("b", hold(b, delay(10, 1), builder.call(innerA)), 1);
    builder.journey(150, outerA);
    builder.journey(150, outerB);
    const ready = prepared(builder.build());
    const { stations, warnings } = solveModel(ready, 1);
    expect(warnings).toEqual([]);
    const [first, second] = stations;
    expect(first?.meanWaitMs).toBeCloseTo(second?.meanWaitMs ?? Number.NaN, 9);
    // Half of the visits keep their server for 10 ms, half for 20 ms and the other's wait.
    expect(first?.meanServiceMs).toBeCloseTo(15 + (second?.meanWaitMs ?? Number.NaN) / 2, 8);
    expect(first?.meanWaitMs).toBeGreaterThan(0);
    // Under much more load each waits for servers that wait for it: said, and flow still conserved.
    const overload = solveModel(ready, 2);
    expect(overload.warnings.join(" ")).toContain("can lock up");
    for (const station of overload.stations) {
      const out = station.completedPerSecond + station.rejectedPerSecond + station.backlogGrowthPerSecond;
      expect(out).toBeCloseTo(station.arrivalsPerSecond, 6);
    }
  });

  it("a worker pool with a queue limit rejects what it cannot hold", () => {
    const builder = new ModelBuilder();
    const store = builder.server("store", { serviceMs: 10 });
    const pool = builder.station("api", { serviceMs: 5, servers: 4, queueLimit: 2 });
    builder.journey(150, builder.routine("api", hold(pool, delay(5, 1), builder.call(store))));
    const { stations, journeys, warnings } = solveModel(prepared(builder.build()), 1);
    expect(warnings).toEqual([]);
    const api = stations[1];
    expect(api?.saturated).toBe(false);
    expect(stations[0]?.arrivalsPerSecond).toBeCloseTo(api?.completedPerSecond ?? Number.NaN, 6);
    expect((api?.completedPerSecond ?? 0) + (api?.rejectedPerSecond ?? 0)).toBeCloseTo(150, 6);
    expect(journeys[0]?.errorRate).toBeCloseTo((api?.rejectedPerSecond ?? 0) / 150, 6);
    expect(journeys[0]?.law).not.toBeNull();
  });
});

describe("breaking loads", () => {
  it("of a pool that holds follows from the whole holding time, to 1e-9", () => {
    const [first, second] = breakingLoads(prepared(workersOverStore(1, 8, 20, 10)));
    const truth = 1000 * throughputOfPool(8, 20, 10);
    expect(first?.node).toBe(1);
    expect(Math.abs((first?.load ?? 0) / truth - 1)).toBeLessThan(1e-9);
    expect(second).toMatchObject({ node: 0, load: 100, edge: null });
  });

  it("are those of the fullest queue where shares differ", () => {
    const builder = new ModelBuilder();
    const ring = builder.station("ring", { serviceMs: 10, queues: 2, dispatch: "hash", shares: [0.6, 0.4] });
    builder.journey(1, builder.routine("ring", work(ring, 10)));
    expect(largestLoad(prepared(builder.build()))).toBeCloseTo(100 / 0.6, 9);
  });

  it("leave out what no load breaks", () => {
    const builder = new ModelBuilder();
    builder.journey(1, builder.routine("client", delay(5)));
    expect(breakingLoads(prepared(builder.build()))).toEqual([]);
    expect(largestLoad(prepared(builder.build()))).toBeNull();
  });

  it("within targets: the load at which the percentile of M/M/1 reaches its target", () => {
    const withTarget = (ms: number) => {
      const builder = new ModelBuilder();
      const api = builder.server("api", { serviceMs: 10 });
      builder.journey(10, builder.routine("client", sequence(builder.call(api))), [{ percentile: 99, ms }]);
      return prepared(builder.build());
    };
    // p99 = −ln(0.01) · S/(1 − ρ) = 200 at ρ = 1 − 0.2302585.
    const truth = (1 - (Math.log(100) * 10) / 200) / 0.1;
    expect(Math.abs((largestLoadWithinTargets(withTarget(200)) ?? 0) / truth - 1)).toBeLessThan(1.5e-4);
    expect(largestLoadWithinTargets(withTarget(40))).toBe(0);
    expect(largestLoadWithinTargets(prepared(workersOverStore(1, 8, 20, 10)))).toBeNull();
  });
});
