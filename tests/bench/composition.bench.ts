import { bench, describe } from "vitest";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import { ModelBuilder, parallel, sequence, work } from "#src/analysis/model/build-model.ts";
import type { LatencyLaw } from "#src/analysis/model/latency-law.ts";
import type { CallSite, Program } from "#src/analysis/model/program.ts";
import { solveStation } from "#src/analysis/queueing/station.ts";
import { type PreparedModel, prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";

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
  let turn = 0;
  return () => {
    turn = (turn + 1) % 40;
    const { stations, journeys } = solveModel(prepared, 0.85 + turn / 400);
    for (const { waitingLaw, sojournLaw } of stations) {
      percentiles(waitingLaw);
      percentiles(sojournLaw);
    }
    for (const { law, paths } of journeys) {
      percentiles(law);
      for (const path of paths) percentiles(path.law);
    }
  };
}

// The summaries print how many times slower each line is than the fastest of its group.
describe("50 nodes with all percentiles, against the percentiles of one station M/G/c 200 times", () => {
  bench("50 nodes", dial(design({}, false)));
  bench("200 stations M/G/c", () => {
    for (let turn = 0; turn < 200; turn++) {
      percentiles(
        solveStation({
          arrivalRatePerSecond: 400 + turn,
          serviceTimeMs: 10,
          serviceVariability: 0.5,
          servers: 8,
          queues: 1,
          dispatch: "shared-queue",
          queueLimit: null,
        }).sojournLaw,
      );
    }
  });
});

describe("50 nodes with all percentiles, by what their calls do", () => {
  bench("one after another", dial(design({}, false)));
  bench("joined in parallel", dial(design({}, true)));
  bench("timeouts that are hardly ever reached", dial(design({ timeoutMs: 400, retries: 1 }, false)));
  bench("timeouts that bite at every level, with a retry", dial(design({ timeoutMs: 40, retries: 1 }, false)));
  bench("timeouts that bite, and joins", dial(design({ timeoutMs: 40, retries: 1 }, true)));
});
