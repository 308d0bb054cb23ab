import { bench, describe } from "vitest";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import { ModelBuilder, parallel, sequence, work } from "#src/analysis/model/build-model.ts";
import type { LatencyLaw } from "#src/analysis/model/latency-law.ts";
import type { CallSite, Program } from "#src/analysis/model/program.ts";
import { solveStation } from "#src/analysis/queueing/station.ts";
import { type PreparedModel, prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import { holdRatio, measuredOnce, middleCpuMs, once, printRows } from "./support/ratios.ts";

const PERCENTILES = [0.5, 0.9, 0.95, 0.99, 0.999];

/** Fifty nodes in five trees of three levels; all calls with the settings, the timeout longer the higher up. */
function design(settings: Partial<CallSite>, joins: boolean): PreparedModel {
  const builder = new ModelBuilder();
  for (let tree = 0; tree < 5; tree++) {
    const edge = (level: number): Partial<CallSite> => ({
      networkMs: 0.5,
      ...settings,
      ...(typeof settings.timeoutMs === "number" && { timeoutMs: level * settings.timeoutMs }),
    });
    const leaf = (name: string, serviceMs: number): Program =>
      builder.call(builder.server(`${name}-${tree}`, { serviceMs, servers: 4 }), edge(1));
    const both = (...calls: Program[]): Program => (joins ? parallel(null, ...calls) : sequence(...calls));
    const front = (name: string, serviceMs: number, after: Program): Program => {
      const station = builder.station(`${name}-${tree}`, { serviceMs, servers: 8 });
      return builder.call(builder.routine(`${name}-${tree}`, sequence(work(station, serviceMs), after)), edge(2));
    };
    const orders = front("orders", 12, both(leaf("orders-db", 6), leaf("payments", 9)));
    const search = front("search", 8, both(leaf("index-a", 4), leaf("index-b", 4)));
    const users = front("users", 5, leaf("users-db", 3));
    const station = builder.station(`api-${tree}`, { serviceMs: 6, servers: 8 });
    const api = builder.routine(`api-${tree}`, sequence(work(station, 6), users, orders, search));
    builder.journey(150 + tree * 20, builder.routine(`client-${tree}`, builder.call(api, edge(4))));
  }
  const prepared = prepareModel(builder.build());
  if (!prepared.ok) throw new Error("unbounded");
  return prepared.value;
}

function percentiles(law: LatencyLaw | null): void {
  if (law !== null) quantiles(law, PERCENTILES);
}

/** Loads that differ each time, as while a dial moves. */
function dial(prepared: PreparedModel): () => void {
  return () => {
    // Another load each time: nothing is known from before.
    turns += 1;
    const solution = solveModel(prepared, 0.85 + (turns % 40) / 400 + turns * 1e-9);
    for (const { waitingLaw, sojournLaw } of solution.stations) {
      percentiles(waitingLaw);
      percentiles(sojournLaw);
    }
    for (const { law, paths } of solution.journeys) {
      percentiles(law);
      for (const path of paths) percentiles(path.law);
    }
  };
}

function stations(): void {
  for (let turn = 0; turn < 200; turn++) {
    percentiles(
      solveStation({
        // Another rate each time: nothing is known from before.
        arrivalRatePerSecond: 400 + turn + (evaluations++ % 1000) / 1000,
        serviceTimeMs: 10,
        serviceVariability: 0.5,
        servers: 8,
        queues: 1,
        dispatch: "shared-queue",
        queueLimit: null,
      }).sojournLaw,
    );
  }
}

let evaluations = 0;
let turns = 0;

describe("50 nodes with all percentiles, against the percentiles of one station M/G/c 200 times", () => {
  bench(
    "no more than that, with joins as well",
    measuredOnce(() => {
      stations();
      const stationsMs = middleCpuMs(15, stations);
      const rows: (string | number)[][] = [["", "times 200 stations"]];
      for (const [name, joins] of [
        ["one after another", false],
        ["joined in parallel", true],
      ] as const) {
        const prepared = design({}, joins);
        const turned = dial(prepared);
        for (let turn = 0; turn < 5; turn++) turned();
        const ratio = middleCpuMs(25, turned) / stationsMs;
        rows.push([name, ratio]);
        holdRatio(`50 nodes ${name} over 200 stations`, ratio, 1);
      }
      printRows("50 nodes with all percentiles", rows);
    }),
    once,
  );
});

// The summary prints how many times slower each line is than the fastest of its group.
describe("50 nodes with all percentiles, by what their calls do", () => {
  bench("one after another", dial(design({}, false)));
  bench("joined in parallel", dial(design({}, true)));
  bench("timeouts that are hardly ever reached", dial(design({ timeoutMs: 400, retries: 1 }, false)));
  bench("timeouts that bite at every level, with a retry", dial(design({ timeoutMs: 40, retries: 1 }, false)));
  bench("timeouts that bite, and joins", dial(design({ timeoutMs: 40, retries: 1 }, true)));
});
