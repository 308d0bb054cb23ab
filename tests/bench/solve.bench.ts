import { bench, describe } from "vitest";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import { ModelBuilder, parallel, sequence, work } from "#src/analysis/model/build-model.ts";
import type { AnalysisModel, Program } from "#src/analysis/model/program.ts";
import { erlangC } from "#src/analysis/queueing/erlang-c.ts";
import { prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";

/**
 * Services in trees of ten: each front calls two, which call stores, some of them in parallel; five journeys over all.
 * Utilisations between 0.3 and 0.8. Fixed numbers, so that runs can be compared.
 */
function design(count: number): AnalysisModel {
  const builder = new ModelBuilder();
  const trees = Math.max(1, Math.round(count / 10));
  for (let tree = 0; tree < trees; tree++) {
    const leaf = (name: string, serviceMs: number): Program => {
      const routine = builder.server(`${name}-${tree}`, { serviceMs, servers: 4 }, undefined, tree);
      return builder.call(routine, { networkMs: 0.5 });
    };
    const visit = (name: string, serviceMs: number, after: Program): number => {
      const station = builder.station(`${name}-${tree}`, { serviceMs, servers: 8 });
      return builder.routine(`${name}-${tree}`, sequence(work(station, serviceMs), after), tree);
    };
    const orders = visit("orders", 12, sequence(leaf("orders-db", 6), leaf("payments", 9)));
    const search = visit("search", 8, parallel(null, leaf("index-a", 4), leaf("index-b", 4)));
    const users = visit("users", 5, leaf("users-db", 3));
    const step = (routine: number): Program => builder.call(routine, { networkMs: 0.5 });
    const api = visit("api", 6, sequence(step(users), step(orders), step(search)));
    builder.journey(150 + (tree % 7) * 20, builder.routine(`client-${tree}`, step(api), tree));
  }
  return builder.build();
}

function readied(count: number) {
  const result = prepareModel(design(count));
  if (!result.ok) throw new Error("unbounded");
  return result.value;
}

const models = [10, 100, 1000].map((count) => ({ count, model: design(count), ready: readied(count) }));

describe("solve a prepared design without percentiles", () => {
  for (const { count, ready } of models) {
    bench(`${count} nodes`, () => {
      solveModel(ready, 0.9, { details: false });
    });
  }
  const stations = models.at(-1)?.model.stations ?? [];
  bench("bare Erlang C over the stations of 1000 nodes", () => {
    let sum = 0;
    for (const station of stations) sum += erlangC(station.servers, 0.6 * station.servers);
    if (!(sum > 0)) throw new Error("no waiting");
  });
});

describe("solve with breakdown, paths and five percentiles of every journey", () => {
  for (const { count, ready } of models) {
    bench(`${count} nodes`, () => {
      for (const { law } of solveModel(ready, 0.9).journeys)
        if (law !== null) quantiles(law, [0.5, 0.9, 0.95, 0.99, 0.999]);
    });
  }
});

describe("prepare a design", () => {
  for (const { count, model } of models) {
    bench(`${count} nodes`, () => {
      prepareModel(model);
    });
  }
});
