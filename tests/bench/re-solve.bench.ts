import { bench, describe } from "vitest";
import { catalogue } from "#library/catalogue.ts";
import { createAnalysisLoop } from "#src/adapters/workers/analysis-loop.ts";
import type { Design } from "#src/design/document.ts";
import { fullReportAt } from "#src/insights/full-report.ts";
import { analysisOf, designOf } from "./support/designs.ts";
import { holdRatio, measuredOnce, middleCpuMs, once, printRows } from "./support/ratios.ts";

/** Systems of five parts, each with a journey; one database of the first varies by `change`. */
function design(count: number, change: number) {
  const systems = Array.from({ length: count / 5 }, (_, index) => index);
  const nodes = systems.flatMap((system) => [
    { id: `client-${system}`, kind: "client" },
    { id: `api-${system}`, kind: "service", settings: { instances: 2 } },
    { id: `orders-${system}`, kind: "service" },
    {
      id: `db-${system}`,
      kind: "relational-database",
      settings: { variability: system === 0 ? 1 + change / 1000 : 1 },
    },
    { id: `store-${system}`, kind: "key-value-store" },
  ]);
  const edges = systems.flatMap((system) =>
    [
      ["client", "api"],
      ["api", "orders"],
      ["orders", "db"],
      ["orders", "store"],
    ].map(([source, target]) => ({
      id: `${source}-${target}-${system}`,
      source: `${source}-${system}`,
      target: `${target}-${system}`,
    })),
  );
  // Rates that differ, so that no two systems are alike.
  const journeys = systems.map((system) => ({
    id: `read-${system}`,
    source: `client-${system}`,
    ratePerSecond: 200 + system,
  }));
  return designOf(JSON.stringify({ format: "plimsoll", version: 1, journeys, nodes, edges }));
}

const RUNS = 9;

const analysisIn =
  (drawn: Design) =>
  (load: number): void => {
    fullReportAt(analysisOf(drawn), catalogue, load);
  };

describe("solved again, against solved from nothing", () => {
  for (const count of [50, 1000]) {
    bench(
      `${count} nodes`,
      measuredOnce(async () => {
        const load = (run: number) => 0.5 + run * 0.0137;
        const plain = design(count, 0);
        for (let run = 0; run < 5; run++) fullReportAt(analysisOf(plain), catalogue, 0.4 + run / 1000);
        // Each as it comes out of its file, as every change reaches the worker.
        const drawn = Array.from({ length: 2 * RUNS }, (_, run) => analysisIn(design(count, 1 + run)));
        const fromNothing = middleCpuMs(RUNS, (run) => drawn[run]?.(load(run)));
        fullReportAt(analysisOf(plain), catalogue, 0.9);
        const afterChange = middleCpuMs(RUNS, (run) => drawn[RUNS + run]?.(0.9));
        const analysis = analysisOf(plain);
        const newLoad = middleCpuMs(RUNS, (run) => void fullReportAt(analysis, catalogue, load(run) + 0.005));

        let posted = 0;
        const loop = createAnalysisLoop({
          catalogue,
          post: () => {
            posted += 1;
          },
          nextTurn: () => Promise.resolve(),
          nowMs: () => 0,
        });
        await loop.receive({ type: "analyse", revision: 1, design: plain, load: 0.9, withCurve: false });
        const before = process.cpuUsage();
        for (let run = 0; run < RUNS; run++) await loop.receive({ type: "change-load", revision: 1, load: 0.9 });
        const { user, system } = process.cpuUsage(before);
        const dialBack = (user + system) / 1000 / RUNS;
        if (posted !== RUNS + 1) throw new Error(`${posted} answers`);

        printRows(`${count} nodes, processor time`, [
          ["", "ms", "of from nothing"],
          ["from nothing", fromNothing, 1],
          ["after one setting has changed", afterChange, afterChange / fromNothing],
          ["at a load not met before", newLoad, newLoad / fromNothing],
          ["the dial back at an earlier load", dialBack, dialBack / fromNothing],
        ]);
        holdRatio("after one setting has changed", afterChange / fromNothing, 0.9);
        holdRatio("the dial back at an earlier load", dialBack / fromNothing, 0.1);
      }),
      once,
    );
  }
});
