import { bench, describe } from "vitest";
import { erlangC } from "#src/analysis/queueing/erlang-c.ts";
import { reportAt } from "#src/compile/analyse.ts";
import { analysisOf, FileWriter } from "./support/designs.ts";
import { measuredOnce, middleCpuMs, once, printRows } from "./support/ratios.ts";

type Draw = (file: FileWriter, caller: string, name: string) => void;

const oneCall =
  (edge: Readonly<Record<string, unknown>>, node: Readonly<Record<string, unknown>> = {}): Draw =>
  (file, caller, name) => {
    file.edge(caller, file.service(name, node), edge);
  };
const twoCalls =
  (first: Readonly<Record<string, unknown>>, second: Readonly<Record<string, unknown>> = first): Draw =>
  (file, caller, name) => {
    file.edge(caller, file.service(`${name}a`), first);
    file.edge(caller, file.service(`${name}b`), second);
  };

/** What a caller does to one or two callees, each drawn `SYSTEMS` times side by side behind one front. */
const constructs: Readonly<Record<string, Draw>> = {
  "plain call": oneCall({}),
  "three calls": oneCall({ calls: 3 }),
  "call that is made half the time": oneCall({ calls: 0.5 }),
  "lookup in a cache": (file, caller, name) => {
    file.edge(caller, file.node(`${name}c`, "cache", { hitRatio: 0.8 }));
    file.edge(caller, file.service(name));
  },
  "two calls one after another": twoCalls({}),
  "two calls joined": twoCalls({ order: 1 }),
  "quorum of one of two": twoCalls({ order: 1, quorum: 1 }),
  fallback: twoCalls({ timeoutMs: 40 }, { condition: "fallback" }),
  "timeout that is rarely reached": oneCall({ timeoutMs: 1000 }),
  "timeout that bites": oneCall({ timeoutMs: 20 }),
  "timeout that bites, with two retries": oneCall({ timeoutMs: 20, retries: 2, backoffMs: 5 }),
  hedge: oneCall({ hedgeAfterMs: 15 }),
  "pool of connections": oneCall({ connectionPool: 8 }),
  "circuit breaker": oneCall({ timeoutMs: 20, circuitBreaker: {} }),
  "finite queue": oneCall({}, { queueLimit: 3 }),
  "three instances in turn": oneCall({}, { instances: 3, dispatch: "round-robin" }),
  "limit of the rate": (file, caller, name) => {
    file.edge(caller, file.node(`${name}g`, "api-gateway", { rateLimitPerSecond: 500 }));
    file.edge(`${name}g`, file.service(name));
  },
};
const SYSTEMS = 20;
const RUNS = 5;
const WARM_UPS = 4;

/** The callers of a construct keep a worker while they wait. */
const held = "worker held during a call";

function design(draw: Draw, caller: Readonly<Record<string, unknown>>) {
  const file = new FileWriter();
  file.edge("client", file.service("front", { capacityPerSecond: 4000, concurrency: 20, latencyMs: 9 }));
  for (let system = 0; system < SYSTEMS; system++) {
    file.edge("front", file.service(`caller${system}`, caller));
    draw(file, `caller${system}`, `callee${system}`);
  }
  return file.design(90);
}

describe("cost of each construct", () => {
  bench(
    "a node, against one evaluation of Erlang C for 16 servers",
    measuredOnce(() => {
      let sum = 0;
      const evaluations = 20_000;
      const bareMs = middleCpuMs(RUNS, (run) => {
        for (let k = 0; k < evaluations; k++) sum += erlangC(16, 12 + ((k + run) % 1000) * 1e-3);
      });
      if (!(sum > 0)) throw new Error("no waiting");
      const bareMsEach = bareMs / evaluations;
      const rows: (string | number)[][] = [["construct", "Erlang C a node", "plain calls"]];
      let plain = 0;
      const measure = (name: string, draw: Draw, caller: Readonly<Record<string, unknown>>): void => {
        const analysis = analysisOf(design(draw, caller));
        for (let run = 0; run < WARM_UPS; run++) reportAt(analysis, 0.5 + run / 50);
        const ms = middleCpuMs(RUNS, (run) => void reportAt(analysis, 0.8 + run / 50));
        const each = ms / analysis.compiled.model.nodeIds.length / bareMsEach;
        plain ||= each;
        rows.push([name, each.toFixed(0), each / plain]);
      };
      for (const [name, draw] of Object.entries(constructs)) measure(name, draw, {});
      measure(held, oneCall({}), { holdsWorkerWhileWaiting: true, concurrency: 16, latencyMs: 60 });
      printRows("report at a new load", rows);
    }),
    once,
  );
});
