import { bench, describe } from "vitest";
import { erlangC } from "#src/analysis/queueing/erlang-c.ts";
import { solveMDc } from "#src/analysis/queueing/m-d-c.ts";
import { solveMPHc } from "#src/analysis/queueing/m-ph-c.ts";
import { waitTermsMPHc } from "#src/analysis/queueing/m-ph-c-waiting-law.ts";
import { hyperexponentialPhases } from "#src/analysis/queueing/phase-type.ts";

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
