import { describe, expect, test } from "vitest";
import { meanWaitMMc } from "./erlang-c.ts";
import { type ExponentialMixture, type SharedServers, sojournProcessorSharing } from "./mmc-processor-sharing.ts";
import { solveMMcK } from "./mmck.ts";

const unlimited = { places: null, scalability: null, instances: 1 };

function momentsOf({ weights, means }: ExponentialMixture): { readonly mean: number; readonly variance: number } {
  const mean = weights.reduce((sum, weight, k) => sum + weight * (means[k] ?? 0), 0);
  const second = weights.reduce((sum, weight, k) => sum + 2 * weight * (means[k] ?? 0) ** 2, 0);
  return { mean, variance: second - mean * mean };
}

function tailOf({ weights, means }: ExponentialMixture, t: number): number {
  return weights.reduce((sum, weight, k) => sum + weight * Math.exp(-t / (means[k] ?? 0)), 0);
}

function solved(queue: Omit<SharedServers, "instances">): ExponentialMixture {
  const law = sojournProcessorSharing({ instances: 1, ...queue });
  if (law === null) throw new Error("not solved");
  return law;
}

describe("one server", () => {
  test.each([0.01, 0.3, 0.5, 0.8, 0.9, 0.95, 0.99])(
    "mean and variance at ρ = %d (Coffman, Muntz and Trotter 1970)",
    (rho) => {
      const { mean, variance } = momentsOf(solved({ servers: 1, offeredLoad: rho, ...unlimited }));
      expect(mean * (1 - rho)).toBeCloseTo(1, 9);
      // (2 + ρ)/(2 − ρ) times the variance of first come, first served.
      expect(variance * (1 - rho) ** 2 * ((2 - rho) / (2 + rho))).toBeCloseTo(1, 7);
    },
  );
});

/** P(sojourn > t) of the tagged request by uniformization of the chain of others. */
function tailByUniformization(rateOf: (jobs: number) => number, arrival: number, room: number, t: number): number {
  const states = [1];
  for (let n = 1; n < room; n += 1) states.push(((states[n - 1] ?? 0) * arrival) / rateOf(n));
  const total = states.reduce((sum, p) => sum + p, 0);
  let now = states.map((p) => p / total);
  const uniform = arrival + Math.max(...states.map((_, n) => rateOf(n + 1)));
  let poisson = Math.exp(-uniform * t);
  let tail = 0;
  for (let k = 0; k < uniform * t + 14 * Math.sqrt(uniform * t) + 80; k += 1) {
    tail += poisson * now.reduce((sum, p) => sum + p, 0);
    const at = now;
    now = at.map((p, n) => {
      const jobs = n + 1;
      const up = jobs < room ? arrival : 0;
      const fromAbove = jobs < room ? ((at[n + 1] ?? 0) * rateOf(jobs + 1) * jobs) / (jobs + 1) : 0;
      const fromBelow = n > 0 ? (at[n - 1] ?? 0) * arrival : 0;
      return p * (1 - (rateOf(jobs) + up) / uniform) + (fromAbove + fromBelow) / uniform;
    });
    poisson *= (uniform * t) / (k + 1);
  }
  return tail;
}

describe.each([
  { servers: 1, offeredLoad: 0.5, places: null, scalability: null },
  { servers: 1, offeredLoad: 0.9, places: null, scalability: null },
  { servers: 1, offeredLoad: 1.5, places: 6, scalability: null },
  { servers: 4, offeredLoad: 3.2, places: null, scalability: null },
  { servers: 16, offeredLoad: 15, places: null, scalability: null },
  { servers: 16, offeredLoad: 8, places: null, scalability: null },
  { servers: 8, offeredLoad: 3, places: 20, scalability: { contention: 0.1, coherency: 0.01 } },
])("$servers servers, $offeredLoad Erlang, $places places, $scalability", (queue) => {
  const law = solved(queue);
  test("has the tail of the tagged chain", () => {
    const { contention = 0, coherency = 0 } = queue.scalability ?? {};
    const rateOf = (jobs: number): number => {
      const busy = Math.min(jobs, queue.servers);
      return busy / (1 + contention * (busy - 1) + coherency * busy * (busy - 1));
    };
    const room = queue.places === null ? 400 : queue.servers + queue.places;
    for (const t of [0.1, 0.5, 1, 3, 8, 20]) {
      const expected = tailByUniformization(rateOf, queue.offeredLoad, room, t);
      expect(Math.abs(tailOf(law, t) - expected)).toBeLessThan(1e-9);
    }
  });
});

test("several servers: the mean of M/M/c, and of M/M/c/K", () => {
  for (const [servers, rho] of [
    [2, 0.5],
    [5, 0.9],
    [100, 0.95],
    [10_000, 0.99],
  ] as const) {
    const { mean } = momentsOf(solved({ servers, offeredLoad: servers * rho, ...unlimited }));
    expect(mean / (1 + meanWaitMMc(servers, servers * rho))).toBeCloseTo(1, 9);
  }
  const limited = solveMMcK(3, 4, 7);
  const { mean } = momentsOf(solved({ servers: 3, offeredLoad: 4, places: 7, scalability: null }));
  expect(mean / (1 + limited.waitProbability * limited.conditionalMeanWait)).toBeCloseTo(1, 9);
});

test("too near to saturation, or past it, there is no answer", () => {
  expect(sojournProcessorSharing({ servers: 1, offeredLoad: 0.9999, ...unlimited })).toBeNull();
  expect(sojournProcessorSharing({ servers: 1, offeredLoad: 1.5, ...unlimited })).toBeNull();
});
