import { describe, expect, it } from "vitest";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import { delay, ModelBuilder, parallel, sequence, work } from "#src/analysis/model/build-model.ts";
import type { AnalysisModel } from "#src/analysis/model/program.ts";
import { largestLoad } from "#src/analysis/solve/largest-load.ts";
import { type PreparedModel, prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";

function prepared(model: AnalysisModel): PreparedModel {
  const result = prepareModel(model);
  if (!result.ok) throw new Error(`unbounded: ${result.problem.nodeIds.join(" ")}`);
  return result.value;
}

const ps = [0.5, 0.9, 0.95, 0.99, 0.999];

/** A service that asks a cache, then its store on a miss, behind a client. */
function cacheAside(ratePerSecond: number, hitRatio: number, storePerSecond: number): AnalysisModel {
  const builder = new ModelBuilder();
  const store = builder.server("store", { serviceMs: 1000 / storePerSecond });
  const cache = builder.station("cache", { serviceMs: 0.001 });
  const hit = builder.routine("cache", work(cache, 0.001), 0, "hit");
  const miss = builder.routine("cache", work(cache, 0.001), 0, "miss");
  const api = builder.routine("api", {
    op: "lookup",
    hitRatio,
    callOnHit: builder.callIndex(hit),
    callOnMiss: builder.callIndex(miss),
    hit: sequence(),
    miss: builder.call(store),
  });
  builder.journey(ratePerSecond, builder.routine("client", builder.call(api)));
  return builder.build();
}

describe("faults seen in other simulators", () => {
  it("3: a service that calls cache, store and payments for each request loads all three", () => {
    const builder = new ModelBuilder();
    const targets = ["cache", "store", "payments"].map((node) => builder.server(node, { serviceMs: 1 }));
    const api = builder.routine("api", sequence(...targets.map((target) => builder.call(target))));
    builder.journey(200, api);
    const solution = solveModel(prepared(builder.build()), 1);
    expect(solution.stations.map(({ arrivalsPerSecond }) => arrivalsPerSecond)).toEqual([200, 200, 200]);
    expect(solution.journeys[0]?.law?.meanMs).toBeCloseTo(3 / 0.8, 9);
  });

  it("7: never completes more than was offered, and flow is conserved at every node", () => {
    for (const load of [0.5, 0.99, 1.01, 2, 10]) {
      const solution = solveModel(prepared(cacheAside(8500, 0.2, 5000)), load);
      const [journey] = solution.journeys;
      expect(journey?.completedPerSecond).toBeLessThanOrEqual((journey?.offeredPerSecond ?? 0) * (1 + 1e-12));
      for (const station of solution.stations) {
        const out = station.completedPerSecond + station.rejectedPerSecond + station.backlogGrowthPerSecond;
        expect(Math.abs(out - station.arrivalsPerSecond)).toBeLessThan(1e-6);
      }
    }
  });

  it("8: percentiles rise, and a saturated node says that it has no steady state", () => {
    const ready = prepared(cacheAside(1000, 0.5, 600));
    const law = solveModel(ready, 1).journeys[0]?.law;
    if (law === null || law === undefined) throw new Error("no law");
    const values = quantiles(law, ps);
    for (let index = 1; index < values.length; index++) {
      expect(values[index]).toBeGreaterThan(values[index - 1] ?? Number.NaN);
    }
    const overloaded = solveModel(ready, 1.3);
    expect(overloaded.stations[0]?.saturated).toBe(true);
    expect(overloaded.stations[0]?.meanWaitMs).toBeNull();
    expect(overloaded.journeys[0]?.law).toBeNull();
    expect(overloaded.journeys[0]?.paths.map(({ law: path }) => path === null)).toEqual([false, true]);
  });

  it("9: a store of 10 000 behind an 80 % cache allows 50 000", () => {
    const ready = prepared(cacheAside(1000, 0.8, 10_000));
    expect((largestLoad(ready) ?? 0) * 1000).toBeCloseTo(50_000, 6);
  });

  it("12: the store gets the misses, not the hits", () => {
    const solution = solveModel(prepared(cacheAside(1000, 0.8, 10_000)), 1);
    expect(solution.stations[0]?.arrivalsPerSecond).toBeCloseTo(200, 9);
    expect(solution.stations[1]?.arrivalsPerSecond).toBeCloseTo(1000, 9);
  });

  it("13: percentiles come from the law and move with the load", () => {
    const builder = new ModelBuilder();
    const api = builder.server("api", { serviceMs: 10 });
    builder.journey(100, builder.routine("client", builder.call(api, { networkMs: 3 })));
    const ready = prepared(builder.build());
    for (const load of [0.2, 0.5, 0.9]) {
      const law = solveModel(ready, load).journeys[0]?.law;
      if (law === null || law === undefined) throw new Error("no law");
      quantiles(law, ps).forEach((value, index) => {
        const truth = 3 - (Math.log(1 - (ps[index] ?? 0)) * 10) / (1 - load);
        expect(Math.abs(value / truth - 1)).toBeLessThan(1e-6);
      });
    }
  });

  it("15: latency counts what the journey visits and waits for, each branch of a join once", () => {
    const builder = new ModelBuilder();
    const unvisited = builder.station("unvisited", { serviceMs: 1000 });
    builder.routine("unvisited", work(unvisited, 1000));
    const left = builder.routine("left", delay(20));
    const right = builder.routine("right", delay(30));
    const message = builder.routine("message", delay(500));
    const api = builder.routine(
      "api",
      sequence(builder.send(message), parallel(null, builder.call(left), builder.call(right))),
    );
    builder.journey(10, builder.routine("client", builder.call(api, { networkMs: 1 })));
    const solution = solveModel(prepared(builder.build()), 1);
    expect(solution.journeys[0]?.law?.meanMs).toBeCloseTo(31, 6);
    const law = solution.journeys[0]?.law;
    if (law === null || law === undefined) throw new Error("no law");
    for (const value of quantiles(law, ps)) expect(value).toBeCloseTo(31, 6);
    expect(solution.stations[0]?.arrivalsPerSecond).toBe(0);
    const visited = solution.journeys[0]?.breakdown.map(({ node }) => node) ?? [];
    expect(visited.length).toBe(4);
  });
});
