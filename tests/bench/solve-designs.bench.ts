import { bench, describe } from "vitest";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { erlangC } from "#src/analysis/queueing/erlang-c.ts";
import { prepareAnalysis, reportAt } from "#src/compile/analyse.ts";
import { compileDesign } from "#src/compile/compile-design.ts";
import { singlePointsOfFailure } from "#src/compile/single-points.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import { findRisks } from "#src/insights/find-risks.ts";

/**
 * A design file of systems of ten nodes, each with a journey that reads: a balancer, a service with a cache aside, a second
 * service with a store, a queue with its worker, a primary with a replica. Fixed numbers, so that runs can be compared.
 */
function fileOf(count: number): string {
  const systems = Array.from({ length: Math.max(1, Math.round(count / 10)) }, (_, index) => index);
  const nodes = systems.flatMap((system) =>
    [
      ["client", "client"],
      ["balancer", "load-balancer"],
      ["api", "service", { instances: 2 }],
      ["cache", "cache", { hitRatio: 0.8 }],
      ["db", "relational-database"],
      ["replica", "read-replica"],
      ["orders", "service"],
      ["orders-db", "key-value-store"],
      ["queue", "queue"],
      ["worker", "worker", { instances: 20 }],
    ].map(([id, kind, settings]) => ({ id: `${id}-${system}`, kind, ...(settings !== undefined && { settings }) })),
  );
  const edges = systems.flatMap((system) =>
    [
      ["client", "balancer"],
      ["balancer", "api"],
      ["api", "cache"],
      ["api", "db"],
      ["db", "replica"],
      ["api", "orders"],
      ["orders", "orders-db"],
      ["api", "queue"],
      ["queue", "worker"],
    ].map(([source, target]) => ({
      id: `${source}-${target}-${system}`,
      source: `${source}-${system}`,
      target: `${target}-${system}`,
    })),
  );
  const journeys = systems.map((system) => ({
    id: `read-${system}`,
    source: `client-${system}`,
    ratePerSecond: 500 + (system % 7) * 100,
    latencyTargets: [{ percentile: 99, ms: 200 }],
  }));
  return JSON.stringify({ format: "plimsoll", version: 1, journeys, nodes, edges });
}

function parsed(file: string) {
  const read = readDesignFile(file, kindDirectory);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  return read.value;
}

function prepared(design: ReturnType<typeof parsed>) {
  const analysis = prepareAnalysis(design, catalogue);
  if (!analysis.ok) throw new Error(JSON.stringify(analysis.problem));
  return analysis.value;
}

const cases = [10, 100, 1000].map((count) => {
  const file = fileOf(count);
  const design = parsed(file);
  const analysis = prepared(design);
  // What a session keeps between two loads: the load within targets and the systems without their caches.
  const report = reportAt(analysis, 0.9);
  findRisks(analysis, catalogue, report);
  return { count, file, design, analysis, report };
});

// The summary of each group prints how many times slower every line is than the fastest: growth should follow the nodes.
describe("read a design file", () => {
  for (const { count, file } of cases) bench(`${count} nodes`, () => void parsed(file));
});

describe("compile a design", () => {
  for (const { count, design } of cases) bench(`${count} nodes`, () => void compileDesign(design, catalogue));
});

describe("prepare a design: compile, breaking loads, availability", () => {
  for (const { count, design } of cases) bench(`${count} nodes`, () => void prepared(design));
});

describe("report at a load", () => {
  for (const { count, analysis } of cases) bench(`${count} nodes`, () => void reportAt(analysis, 0.9));
  const stations = cases.at(-1)?.analysis.compiled.model.stations ?? [];
  bench("bare Erlang C over the stations of 1000 nodes", () => {
    let sum = 0;
    for (const station of stations) sum += erlangC(station.servers, 0.6 * station.servers);
    if (!(sum > 0)) throw new Error("no waiting");
  });
});

describe("findings of a report", () => {
  for (const { count, analysis, report } of cases)
    bench(`${count} nodes`, () => void findRisks(analysis, catalogue, report));
});

describe("single points of failure", () => {
  for (const { count, analysis } of cases) bench(`${count} nodes`, () => void singlePointsOfFailure(analysis.compiled));
});
