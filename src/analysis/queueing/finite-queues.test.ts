import { describe, expect, test } from "vitest";
import { quantiles } from "../latency/quantile.ts";
import { erlangB } from "./erlang-b.ts";
import { solveMG1K } from "./mg1k.ts";
import { solveMMcK } from "./mmck.ts";
import { waitingLawMMcK } from "./mmck-waiting-law.ts";
import { truncatedGeometricMean, truncatedGeometricVariance } from "./truncated-geometric.ts";

/** M/M/c/K by summing the birth–death weights one by one. */
function directMMcK(servers: number, load: number, places: number) {
  const weights = [1];
  for (let n = 1; n <= servers + places; n += 1) {
    weights.push(((weights[n - 1] ?? 0) * load) / Math.min(n, servers));
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const rejected = (weights.at(-1) ?? 0) / total;
  let waiting = 0;
  let stages = 0;
  let squares = 0;
  for (let n = 0; n < places; n += 1) {
    const weight = (weights[servers + n] ?? 0) / total;
    waiting += weight;
    stages += weight * (n + 1);
    squares += weight * ((n + 1) * (n + 2));
  }
  const mean = stages / waiting;
  return {
    rejectedFraction: rejected,
    waitProbability: waiting / (1 - rejected),
    conditionalMeanWait: mean / servers,
    conditionalScv: squares / waiting / (mean * mean) - 1,
  };
}

describe("M/M/c/K", () => {
  test.each([
    [1, 0.5, 3],
    [1, 1, 12],
    [1, 1.0001, 12],
    [2, 1.5, 3],
    [3, 2.4, 5],
    [4, 7, 40],
    [10, 9.99, 200],
    [50, 55, 30],
  ])("c = %d, a = %d, %d places is the birth–death chain", (servers, load, places) => {
    const found = solveMMcK(servers, load, places);
    const expected = directMMcK(servers, load, places);
    for (const key of ["rejectedFraction", "waitProbability", "conditionalMeanWait", "conditionalScv"] as const) {
      expect(Math.abs(found[key] / expected[key] - 1)).toBeLessThan(1e-9);
    }
  });

  test("published values: M/M/3/8, M/M/2/5, M/M/4/6", () => {
    const first = solveMMcK(3, 2.4, 5);
    expect(first.rejectedFraction).toBeCloseTo(0.0510804841, 10);
    expect(first.waitProbability * first.conditionalMeanWait + 1).toBeCloseTo(1.4718023789, 10);
    expect(2.4 * (1 - first.rejectedFraction)).toBeCloseTo(2.2774068382, 10);
    const second = solveMMcK(2, 1.5, 3);
    expect(second.rejectedFraction).toBeCloseTo(0.085113, 5);
    expect((second.waitProbability * second.conditionalMeanWait) / 2).toBeCloseTo(0.230857, 4);
    expect(solveMMcK(4, 5, 2).rejectedFraction).toBeCloseTo(0.293543, 6);
  });

  test("no places is Erlang's loss formula, a million places is M/M/c", () => {
    expect(solveMMcK(7, 5, 0).rejectedFraction).toBe(erlangB(7, 5));
    const long = solveMMcK(2, 1.5, 1_000_000);
    expect(long.rejectedFraction).toBe(0);
    expect(long.waitProbability).toBeCloseTo(0.6428571428571429, 13);
    expect(long.conditionalMeanWait).toBeCloseTo(2, 12);
  });

  test("far above saturation the loss is the fluid limit and the line is full", () => {
    const full = solveMMcK(5, 50, 100_000);
    expect(full.rejectedFraction).toBeCloseTo(0.9, 12);
    expect(full.conditionalMeanWait).toBeCloseTo(20_000, 0);
  });

  test.each([
    [1, 0.8, 4],
    [2, 2.5, 10],
    [3, 3, 7],
    [4, 3.9, 400],
  ])("the law with c = %d, a = %d, %d places is the mixture of Erlang laws", (servers, load, places) => {
    const queue = solveMMcK(servers, load, places);
    const law = waitingLawMMcK(queue, servers, load, places, 1);
    const weights = Array.from({ length: places }, (_, n) => (load / servers) ** n);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const tail = (t: number): number => {
      let pass = Math.exp(-servers * t);
      let cumulative = 0;
      let sum = 0;
      for (let n = 0; n < places; n += 1) {
        cumulative += pass;
        sum += (weights[n] ?? 0) * cumulative;
        pass *= (servers * t) / (n + 1);
      }
      return (queue.waitProbability * sum) / total;
    };
    const shares = [0.5, 0.9, 0.99, 0.999];
    for (const [k, found] of quantiles(law, shares).entries()) {
      const share = 1 - (shares[k] ?? 0);
      if (found === 0) expect(queue.waitProbability).toBeLessThanOrEqual(share);
      else expect(Math.abs(tail(found) / share - 1)).toBeLessThan(1e-6);
    }
  });
});

describe("M/G/1/K", () => {
  test.each([
    [0.5, 1, 0.33333],
    [0.8, 2, 0.19957],
    [0.9, 5, 0.064362],
    [0.95, 10, 0.030596],
    [1.1, 5, 0.149679],
    [1.5, 10, 0.333397],
    [0.9, 20, 0.001853],
  ])("constant service: ρ = %d with room for %d loses as a token bucket does", (rho, room, rejected) => {
    expect(solveMG1K(rho, 0, room - 1)?.rejectedFraction).toBeCloseTo(rejected, 5);
    // 1 − V/(ρV + 1) with V by the alternating sum, which has lost half of its digits at room for 20
    const x = room - 1;
    let v = 0;
    let factorial = 1;
    for (let j = 0; j <= x; j += 1) {
      if (j > 0) factorial *= j;
      v += ((-rho * (x - j)) ** j / factorial) * Math.exp(rho * (x - j));
    }
    expect(solveMG1K(rho, 0, x)?.rejectedFraction).toBeCloseTo(1 - v / (rho * v + 1), room > 10 ? 7 : 9);
  });

  test.each([
    [0.5, 3],
    [0.5, 40],
    [1, 10],
    [1.2, 30],
    [3, 400],
    [0.999, 500],
    [20, 30],
    [0.001, 3],
  ])("exponential service at ρ = %d with %d places is M/M/1/K", (rho, places) => {
    const found = solveMG1K(rho, 1, places);
    const expected = solveMMcK(1, rho, places);
    if (found === null) throw new Error("out of range");
    expect(Math.abs(found.rejectedFraction / expected.rejectedFraction - 1)).toBeLessThan(1e-11);
    expect(Math.abs(found.waitProbability / expected.waitProbability - 1)).toBeLessThan(1e-10);
    expect(Math.abs(found.conditionalMeanWait / expected.conditionalMeanWait - 1)).toBeLessThan(1e-6);
  });

  test("many places give the mean of Pollaczek and Khinchine", () => {
    for (const variability of [0, 0.4, 1.5, 3]) {
      const found = solveMG1K(0.8, variability, 100_000);
      if (found === null) throw new Error("out of range");
      const wait = found.waitProbability * found.conditionalMeanWait;
      expect(wait).toBeCloseTo((0.8 * (1 + variability ** 2)) / 0.4, 6);
    }
  });
});

test("truncated geometric moments pass smoothly from the closed form to the series", () => {
  for (const size of [2, 7, 40]) {
    for (const logRatio of [-3, -0.5 / size, -0.4 / size, -1e-9, 0, 1e-9, 0.4 / size, 0.6 / size, 2]) {
      const weights = Array.from({ length: size }, (_, n) => Math.exp(logRatio * n));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const mean = weights.reduce((sum, weight, n) => sum + n * weight, 0) / total;
      const variance = weights.reduce((sum, weight, n) => sum + (n - mean) ** 2 * weight, 0) / total;
      expect(Math.abs(truncatedGeometricMean(logRatio, size) / mean - 1)).toBeLessThan(1e-11);
      expect(Math.abs(truncatedGeometricVariance(logRatio, size) / variance - 1)).toBeLessThan(1e-10);
    }
  }
});

test.each([0, 0.5, 1, 2])(
  "M/G/1/K next to no load: ρ(1 + c²)/2 of a service, to all digits (c = %d)",
  (variability) => {
    for (const utilization of [1e-6, 1e-9, 1e-13]) {
      const solved = solveMG1K(utilization, variability, 20);
      if (solved === null) throw new Error("within range");
      const wait = solved.conditionalMeanWait * solved.waitProbability;
      expect(wait / ((utilization * (1 + variability ** 2)) / 2)).toBeCloseTo(1, 5);
    }
  },
);
