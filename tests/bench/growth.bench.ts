import { bench, describe } from "vitest";
import { reportAt } from "#src/compile/analyse.ts";
import type { Design } from "#src/design/document.ts";
import { analysisOf, FileWriter } from "./support/designs.ts";
import { holdRatio, measuredOnce, middleCpuMs, once, printRows } from "./support/ratios.ts";

/** Ways to draw a design of so many nodes. */
const shapes: Readonly<Record<string, (count: number) => Design>> = {
  "one after another": (count) => chain(count, () => {}),
  "one caller of all": (count) => fan(count, {}),
  "one caller of all, joined": (count) => fan(count, { order: 1 }),
  "threes below threes": (count) => threes(count),
  "an optional call at each level": (count) =>
    chain(Math.floor(count / 2), (file, level) => {
      file.edge(`s${level}`, file.service(`side${level}`), { calls: 0.3 });
    }),
  "a cache at each level": (count) =>
    chain(Math.floor(count / 2), (file, level) => {
      file.edge(`s${level}`, file.node(`cache${level}`, "cache", { hitRatio: 0.7 }));
    }),
};

function chain(levels: number, beside: (file: FileWriter, level: number) => void): Design {
  const file = new FileWriter();
  for (let level = 0; level < levels; level++) {
    const id = file.service(`s${level}`);
    file.edge(level === 0 ? "client" : `s${level - 1}`, id);
    beside(file, level);
  }
  return file.design(100);
}

function fan(count: number, settings: { readonly order?: number }): Design {
  const file = new FileWriter();
  file.edge("client", file.service("front"));
  for (let place = 1; place < count; place++) file.edge("front", file.service(`s${place}`), settings);
  return file.design(100);
}

function threes(count: number): Design {
  const file = new FileWriter();
  for (let place = 0; place < count; place++) {
    const id = file.service(`s${place}`);
    file.edge(place === 0 ? "client" : `s${Math.floor((place - 1) / 3)}`, id);
  }
  return file.design(80);
}

const sizes = [10, 50, 500, 5000] as const;
/** Time for twice the nodes over time for the nodes: 2 is in proportion, 4 is with the square. Collecting garbage adds to it. */
const MOST_PER_DOUBLING = 3;
/** Of the whole process, shapes that were measured before included. */
const MOST_MEGABYTES = 2500;

describe("growth from 10 to 5000 nodes: prepared and solved with all percentiles", () => {
  for (const [name, design] of Object.entries(shapes)) {
    bench(
      name,
      measuredOnce(() => {
        const rows: (string | number)[][] = [["nodes", "ms", "ms a node", "per doubling"]];
        let before: { readonly nodes: number; readonly ms: number } | null = null;
        let last = 0;
        for (const nodes of sizes) {
          // The client is a node as well.
          const drawn = design(nodes - 1);
          // Another load each time, so that nothing is known from before.
          const ms = middleCpuMs(nodes >= 5000 ? 1 : 5, (run) => void reportAt(analysisOf(drawn), 0.8 + run / 100));
          last = before === null ? 0 : 2 ** (Math.log(ms / before.ms) / Math.log(nodes / before.nodes));
          rows.push([String(nodes), ms, ms / nodes, last]);
          before = { nodes, ms };
        }
        const megabytes = process.memoryUsage().rss / 1e6;
        printRows(`${name}, ${megabytes.toFixed(0)} MB in use`, rows);
        holdRatio(`${name}, 500 to 5000 nodes, per doubling`, last, MOST_PER_DOUBLING);
        holdRatio(`${name}, megabytes at 5000 nodes`, megabytes, MOST_MEGABYTES);
      }),
      once,
    );
  }
});
