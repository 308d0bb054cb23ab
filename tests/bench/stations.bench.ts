import { bench, describe } from "vitest";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import { erlangC } from "#src/analysis/queueing/erlang-c.ts";
import { solveMDc } from "#src/analysis/queueing/m-d-c.ts";
import { solveMPHc } from "#src/analysis/queueing/m-ph-c.ts";
import { waitTermsMPHc } from "#src/analysis/queueing/m-ph-c-waiting-law.ts";
import { hyperexponentialPhases } from "#src/analysis/queueing/phase-type.ts";
import { solveStation } from "#src/analysis/queueing/station.ts";

const service = hyperexponentialPhases(4);
const EVALUATIONS = 1000;

/** Never the same number twice. */
function loads(): () => number {
  let step = 0;
  return () => 0.8 + (step++ % 1000) * 1e-5;
}

// The summary prints how many times slower each is than the fastest.
describe("one station", () => {
  for (const servers of [5, 10, 16]) {
    const load = loads();
    bench(`M/H2/${servers}`, () => {
      solveMPHc(servers, load(), service);
    });
    const atLoad = loads();
    bench(`M/H2/${servers} with its waiting law`, () => {
      const utilization = atLoad();
      waitTermsMPHc(servers, utilization, service, solveMPHc(servers, utilization, service));
    });
  }
  for (const servers of [16, 64]) {
    const load = loads();
    bench(`M/D/${servers}`, () => {
      solveMDc(servers, load());
    });
  }
  bench(`${EVALUATIONS} evaluations of Erlang C with 16 servers`, () => {
    let sum = 0;
    for (let k = 0; k < EVALUATIONS; k++) sum += erlangC(16, 12 + k * 1e-3);
    if (!(sum > 0)) throw new Error("no waiting");
  });
});

describe("one station with its laws", () => {
  const plain = {
    serviceTimeMs: 10,
    serviceVariability: 1,
    servers: 16,
    queues: 1,
    dispatch: "shared-queue",
    queueLimit: null,
  } as const;
  const options = [
    ["M/M/16", {}],
    ["M/M/16 + M (Erlang-A)", { patienceMs: 50 }],
    ["M/M/16/100 + M", { patienceMs: 50, queueLimit: 100 }],
    ["M/H2/16 + M", { patienceMs: 50, serviceVariability: 2 }],
    ["M/M/16 processor sharing", { discipline: "processor-sharing" }],
    ["M/H2/16 processor sharing", { discipline: "processor-sharing", serviceVariability: 2 }],
    ["M/M/16 with contention", { scalability: { contention: 0.02, coherency: 0.0005 } }],
    ["10 weighted instances", { queues: 10, dispatch: "random", shares: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }],
  ] as const;
  for (const [name, option] of options) {
    const load = loads();
    const queues = "queues" in option ? option.queues : 1;
    bench(name, () => {
      // Half of the capacity of undisturbed servers; contention leaves less of it.
      const solution = solveStation({ ...plain, ...option, arrivalRatePerSecond: (load() - 0.3) * 1600 * queues });
      if (solution.sojournLaw !== null) quantiles(solution.sojournLaw, [0.99]);
    });
  }
});
