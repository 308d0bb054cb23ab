import { describe, expect, it } from "vitest";
import { quantiles } from "../latency/quantile.ts";
import { choice, delay, ModelBuilder, sequence, work } from "../model/build-model.ts";
import type { AnalysisModel } from "../model/program.ts";
import { largestLoad } from "./largest-load.ts";
import { type PreparedModel, prepareModel } from "./prepare-model.ts";
import { solveModel } from "./solve-model.ts";

function prepared(model: AnalysisModel): PreparedModel {
  const result = prepareModel(model);
  if (!result.ok) throw new Error(`unbounded: ${result.problem.nodeIds.join(" ")}`);
  return result.value;
}

function relativeError(value: number | null | undefined, truth: number): number {
  if (value === null || value === undefined) throw new Error("no value");
  return Math.abs(value / truth - 1);
}

describe("one M/M/c station", () => {
  function single(networkMs: number) {
    const builder = new ModelBuilder();
    const api = builder.server("api", { serviceMs: 4, servers: 8 });
    builder.journey(1600, builder.routine("client", builder.call(api, { networkMs })));
    return solveModel(prepared(builder.build()), 1);
  }

  it("has the mean of Erlang C", () => {
    // c = 8, ρ = 0.8, S = 4 ms: Erlang B by its recursion.
    const offered = 6.4;
    let blocking = 1;
    for (let k = 1; k <= 8; k++) blocking = (offered * blocking) / (k + offered * blocking);
    const waits = blocking / (1 - 0.8 + 0.8 * blocking);
    const mean = 4 + (waits * 4) / (8 - offered);
    const solution = single(0);
    expect(relativeError(solution.journeys[0]?.law?.meanMs, mean)).toBeLessThan(1e-9);
    expect(solution.stations[0]?.utilization).toBeCloseTo(0.8, 12);
    expect(solution.journeys[0]?.exactness.kind).toBe("exact");
    expect(solution.warnings).toEqual([]);
  });

  it("shifts every percentile by the network time", () => {
    const near = single(0).journeys[0]?.law;
    const far = single(7.5).journeys[0]?.law;
    if (near === null || near === undefined || far === null || far === undefined) throw new Error("no law");
    const ps = [0.5, 0.9, 0.95, 0.99, 0.999];
    const nearQuantiles = quantiles(near, ps);
    const rate = (8 - 6.4) / 4;
    quantiles(far, ps).forEach((value, index) => {
      expect(relativeError(value, (nearQuantiles[index] ?? 0) + 7.5)).toBeLessThan(1e-6);
    });
    // Tail by Gross and Harris: P(T > t) = (1 − C)e^(−μt) + C(d e^(−μt) − μ e^(−dt))/(d − μ).
    let blocking = 1;
    for (let k = 1; k <= 8; k++) blocking = (6.4 * blocking) / (k + 6.4 * blocking);
    const c = blocking / (1 - 0.8 + 0.8 * blocking);
    const mu = 1 / 4;
    ps.forEach((p, index) => {
      const t = nearQuantiles[index] ?? 0;
      const tailAt =
        (1 - c) * Math.exp(-mu * t) + (c * (rate * Math.exp(-mu * t) - mu * Math.exp(-rate * t))) / (rate - mu);
      expect(Math.abs(tailAt / (1 - p) - 1)).toBeLessThan(1e-6);
    });
  });
});

describe("networks of the literature", () => {
  it("tandem of 4, 8 and 2 servers at 0.8 has the composed percentiles", () => {
    const builder = new ModelBuilder();
    const third = builder.server("third", { serviceMs: 2, servers: 2 });
    const second = builder.server("second", { serviceMs: 8, servers: 8 }, builder.call(third));
    const first = builder.server("first", { serviceMs: 4, servers: 4 }, builder.call(second));
    builder.journey(800, first);
    const law = solveModel(prepared(builder.build()), 1).journeys[0]?.law;
    if (law === null || law === undefined) throw new Error("no law");
    // Composed by an independent program, within 0.25 % of 20 million simulated requests.
    const truth = [20.786, 45.495, 59.729, 78.964];
    quantiles(law, [0.5, 0.95, 0.99, 0.999]).forEach((value, index) => {
      expect(Math.abs(value - (truth[index] ?? 0))).toBeLessThan(6e-4);
    });
  });

  it("Bolch et al. 7.4: a feedback network", () => {
    const builder = new ModelBuilder();
    const stations = [40, 30, 60, 50].map((serviceMs, index) => builder.station(`node-${index + 1}`, { serviceMs }));
    const [s1 = 0, s2 = 0, s3 = 0, s4 = 0] = stations;
    const one = builder.routine("node-1");
    const two = builder.routine("node-2", sequence(work(s2, 30), builder.call(one)));
    const three = builder.routine("node-3", sequence(work(s3, 60), choice([0.6, builder.call(one)], [0.4, delay(0)])));
    builder.define(one, sequence(work(s1, 40), choice([0.5, builder.call(two)], [0.5, builder.call(three)])));
    const four = builder.routine("node-4", sequence(work(s4, 50), builder.call(one)));
    builder.journey(4, four);
    const solution = solveModel(prepared(builder.build()), 1);
    const visits = [20, 10, 10, 4];
    const utilizations = [0.8, 0.3, 0.6, 0.2];
    const residence = [0.2, 0.03 / 0.7, 0.15, 0.0625];
    solution.stations.forEach((station, index) => {
      expect(relativeError(station.arrivalsPerSecond, visits[index] ?? 0)).toBeLessThan(1e-9);
      expect(relativeError(station.utilization, utilizations[index] ?? 0)).toBeLessThan(1e-9);
      expect(relativeError(station.sojournLaw?.meanMs, (residence[index] ?? 0) * 1000)).toBeLessThan(1e-9);
    });
    const customers = 4 + 0.3 / 0.7 + 1.5 + 0.25;
    const law = solution.journeys[0]?.law;
    expect(relativeError(law?.meanMs, (1000 * customers) / 4)).toBeLessThan(1e-8);
    if (law === null || law === undefined) throw new Error("no law");
    const [p50 = 0, p99 = 0] = quantiles(law, [0.5, 0.99]);
    expect(p50).toBeGreaterThan(0.4 * law.meanMs);
    expect(p99).toBeLessThan(7 * law.meanMs);
    // The breakdown adds up to the mean.
    const rows = solution.journeys[0]?.breakdown ?? [];
    const total = rows.reduce((sum, row) => sum + row.serviceMs + (row.waitMs ?? Number.NaN) + row.networkMs, 0);
    expect(relativeError(total, law.meanMs)).toBeLessThan(1e-8);
  });

  it("Lazowska et al. p. 113: visits 121, 70, 50 at 0.3 per second", () => {
    const builder = new ModelBuilder();
    const [cpu = 0, disk1 = 0, disk2 = 0] = [5, 30, 27].map((serviceMs, index) =>
      builder.server(`n${index}`, { serviceMs }),
    );
    const programs = [
      [121, cpu],
      [70, disk1],
      [50, disk2],
    ] as const;
    const client = builder.routine(
      "client",
      sequence(
        ...programs.map(([meanCalls, routine]) => ({ op: "repeat", meanCalls, step: builder.call(routine) }) as const),
      ),
    );
    builder.journey(0.3, client);
    const solution = solveModel(prepared(builder.build()), 1);
    expect(solution.stations[0]?.utilization).toBeCloseTo(0.1815, 9);
    expect(solution.stations[0]?.arrivalsPerSecond).toBeCloseTo(36.3, 9);
    const customers =
      (solution.stations[0]?.meanQueueLength ?? Number.NaN) + (solution.stations[0]?.utilization ?? Number.NaN);
    expect(customers).toBeCloseTo(0.1815 / (1 - 0.1815), 9);
  });

  it("Jain 34.1: visits 16, 7, 8 at 3 per second", () => {
    const builder = new ModelBuilder();
    const [cpu = 0, disk1 = 0, disk2 = 0] = [10, 20, 30].map((serviceMs, index) =>
      builder.server(`n${index}`, { serviceMs }),
    );
    const client = builder.routine(
      "client",
      sequence(
        { op: "repeat", meanCalls: 16, step: builder.call(cpu) },
        { op: "repeat", meanCalls: 7, step: builder.call(disk1) },
        { op: "repeat", meanCalls: 8, step: builder.call(disk2) },
      ),
    );
    builder.journey(3, client);
    const solution = solveModel(prepared(builder.build()), 1);
    expect(solution.stations.map(({ utilization }) => Number(utilization.toFixed(9)))).toEqual([0.48, 0.42, 0.72]);
    expect(relativeError(solution.journeys[0]?.law?.meanMs, 1406.21448)).toBeLessThan(1e-6);
  });

  it("Zahorjan's two classes: one residence for each class and station", () => {
    const builder = new ModelBuilder();
    const cpu = builder.station("cpu");
    const disk = builder.station("disk");
    const entries = [0, 1].map((journey) => {
      const cpuVisit = builder.routine("cpu", work(cpu, [100, 400][journey] ?? 0), journey);
      const diskVisit = builder.routine("disk", work(disk, [1000 / 3, 1000][journey] ?? 0), journey);
      return builder.routine(
        "client",
        sequence(
          { op: "repeat", meanCalls: [10, 5][journey] ?? 0, step: builder.call(cpuVisit) },
          { op: "repeat", meanCalls: [9, 4][journey] ?? 0, step: builder.call(diskVisit) },
        ),
        journey,
      );
    });
    builder.journey(3 / 19, entries[0] ?? 0);
    builder.journey(2 / 19, entries[1] ?? 0);
    const solution = solveModel(prepared(builder.build()), 1);
    const [cpuResult, diskResult] = solution.stations;
    const classA = solution.routines[0]?.visitsPerSecond ?? 0;
    expect(relativeError(classA, 30 / 19)).toBeLessThan(1e-9);
    // U = Σ λSV: class 1 takes .158 of the processor, both together .368; the disk .474 + .421.
    expect(relativeError(cpuResult?.utilization, (30 / 19) * 0.1 + (10 / 19) * 0.4)).toBeLessThan(1e-9);
    expect(relativeError(diskResult?.utilization, 27 / 19 / 3 + 8 / 19)).toBeLessThan(1e-9);
    // First come, first served: one wait for both classes, by the mixture of two exponential services (Pollaczek–Khinchine).
    const rate = 40 / 19;
    const second = ((30 / 19) * 2 * 0.1 ** 2 + (10 / 19) * 2 * 0.4 ** 2) / rate;
    const wait = (rate * second) / 2 / (1 - ((30 / 19) * 0.1 + (10 / 19) * 0.4));
    expect(relativeError(cpuResult?.meanWaitMs, wait * 1000)).toBeLessThan(1e-9);
    expect(relativeError(solution.routines[0]?.law?.meanMs, wait * 1000 + 100)).toBeLessThan(1e-9);
  });

  it("a central server with two devices behind it", () => {
    const builder = new ModelBuilder();
    const [s1 = 0, s2 = 0, s3 = 0] = [1000, 2000, 1500].map((serviceMs, index) =>
      builder.station(`n${index}`, { serviceMs }),
    );
    const centre = builder.routine("n0");
    const left = builder.routine("n1", sequence(work(s2, 2000), builder.call(centre)));
    const right = builder.routine("n2", sequence(work(s3, 1500), builder.call(centre)));
    builder.define(
      centre,
      sequence(work(s1, 1000), choice([0.3, builder.call(left)], [0.5, builder.call(right)], [0.2, delay(0)])),
    );
    builder.journey(0.15, centre);
    const solution = solveModel(prepared(builder.build()), 1);
    expect(relativeError(solution.stations[0]?.arrivalsPerSecond, 0.15 * 5)).toBeLessThan(1e-9);
    expect(relativeError(solution.stations[1]?.arrivalsPerSecond, 0.15 * 1.5)).toBeLessThan(1e-9);
    expect(relativeError(solution.stations[2]?.arrivalsPerSecond, 0.15 * 2.5)).toBeLessThan(1e-9);
    expect(relativeError(solution.journeys[0]?.law?.meanMs, 34025.97403)).toBeLessThan(1e-8);
  });
});

describe("a part behind a full one of the same capacity", () => {
  // At these loads rounding leaves the second part a hair below its capacity.
  it.each([1.1, 1.7, 2.4, 3.7])("is full as well at %d times the load, and claims no wait of years", (load) => {
    const ratePerSecond = 910;
    const builder = new ModelBuilder();
    const second = builder.server("second", { serviceMs: (3 / ratePerSecond) * 1000, servers: 3 });
    const first = builder.server("first", { serviceMs: (5 / ratePerSecond) * 1000, servers: 5 }, builder.call(second));
    builder.journey(ratePerSecond, first);
    const { stations, journeys } = solveModel(prepared(builder.build()), load);
    expect(stations.map(({ saturated, meanWaitMs }) => [saturated, meanWaitMs])).toEqual([
      [true, null],
      [true, null],
    ]);
    expect(journeys[0]?.law).toBeNull();
  });
});

describe("largest load", () => {
  it("a store behind an 80 % cache allows five times its capacity", () => {
    const builder = new ModelBuilder();
    const store = builder.server("store", { serviceMs: 1, servers: 10 });
    const cache = builder.station("cache", { serviceMs: 0.01, servers: 1 });
    const hitVisit = builder.routine("cache", work(cache, 0.01), 0, "hit");
    const missVisit = builder.routine("cache", work(cache, 0.01), 0, "miss");
    const api = builder.routine("api", {
      op: "lookup",
      hitRatio: 0.8,
      callOnHit: builder.callIndex(hitVisit),
      callOnMiss: builder.callIndex(missVisit),
      hit: sequence(),
      miss: builder.call(store),
    });
    builder.journey(1000, api);
    const ready = prepared(builder.build());
    expect(relativeError(largestLoad(ready), 50)).toBeLessThan(1e-12);
    const solution = solveModel(ready, 1);
    expect(solution.stations[0]?.arrivalsPerSecond).toBeCloseTo(200, 9);
    expect(solution.journeys[0]?.paths.map(({ share }) => Number(share.toFixed(9)))).toEqual([0.8, 0.2]);
  });
});
