import { expect, it } from "vitest";
import { catalogue, kindDirectory } from "#library/catalogue.ts";
import { readDesignFile } from "#src/design/file/read-design-file.ts";
import { prepareAnalysis, reportAt } from "./analyse.ts";

/** The report of services that call each other in a row. */
function chainReport(count: number) {
  const nodes = Array.from({ length: count }, (_, index) => ({ id: `s${index}`, kind: "service" }));
  const edges = nodes.slice(1).map(({ id }, index) => ({ id: `e${index}`, source: `s${index}`, target: id }));
  const file = JSON.stringify({
    format: "plimsoll",
    version: 1,
    journeys: [{ id: "j", source: "client", ratePerSecond: 1 }],
    nodes: [{ id: "client", kind: "client" }, ...nodes],
    edges: [{ id: "entry", source: "client", target: "s0" }, ...edges],
  });
  const read = readDesignFile(file, kindDirectory);
  if (!read.ok) throw new Error(JSON.stringify(read.problem));
  const prepared = prepareAnalysis(read.value, catalogue);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problem));
  return reportAt(prepared.value, 1);
}

it("a chain of 1 000 calls, deeper than any stack of recursive solvers, takes as long as its parts together", () => {
  const [one] = chainReport(1).journeys;
  const [long] = chainReport(1000).journeys;
  expect((long?.latencyMs.mean ?? 0) / (one?.latencyMs.mean ?? 1)).toBeCloseTo(1000, 0);
  expect(long?.latencyMs.p99).toBeGreaterThan(long?.latencyMs.mean ?? Number.POSITIVE_INFINITY);
  expect(long?.paths.map((path) => path.nodes.length)).toEqual([1001]);
  expect(long?.availability).toBeGreaterThan(0);
});
