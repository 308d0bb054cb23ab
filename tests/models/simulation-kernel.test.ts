import { describe, expect, it } from "vitest";
import { erlangC, meanWaitMMc } from "#src/analysis/queueing/erlang-c.ts";
import { solveMMcK } from "#src/analysis/queueing/mmck.ts";
import { type Estimate, meanInterval, quantileInterval } from "#src/analysis/simulation/confidence-interval.ts";
import { findCommonWarmUp } from "#src/analysis/simulation/warm-up.ts";
import { figuresFrom, type StationPlan, type StationRun, simulateStation } from "./simulated-station.ts";

type Question = Omit<StationPlan, "seed" | "replication">;

const REPLICATIONS = 10;
const SEEDS = 40;
/** Intervals of 95 % that hold the truth, of 40: one set in five hundred has fewer by chance. */
const FEWEST_COVERING = 34;

const mm3: Question = { servers: 3, offeredLoad: 2.1, variability: 1, places: null, arrivals: 6000 };
const mm15: Question = { servers: 1, offeredLoad: 0.9, variability: 1, places: 4, arrivals: 6000 };

function replications(question: Question, seed: number): StationRun[] {
  return Array.from({ length: REPLICATIONS }, (_, replication) => simulateStation({ ...question, seed, replication }));
}

interface Estimates {
  readonly meanWait: Estimate;
  readonly refusedFraction: Estimate;
  readonly utilization: Estimate;
  readonly p95: Estimate;
}

function estimate(runs: readonly StationRun[], confidence = 0.95): Estimates {
  const served = runs.map(({ waits, judged }) => waits.subarray(0, judged).filter((wait) => !Number.isNaN(wait)));
  const warmUp = findCommonWarmUp(served);
  if (warmUp.kind === "too-short") throw new Error("The replications do not settle");
  const figures = figuresFrom(warmUp.discardedObservations, runs);
  return {
    meanWait: meanInterval(figures.meanWaits, confidence),
    refusedFraction: meanInterval(figures.refusedFractions, confidence),
    utilization: meanInterval(
      runs.map(({ utilization }) => utilization),
      confidence,
    ),
    p95: quantileInterval(figures.sojourns, 0.95, confidence),
  };
}

const covers = (found: Estimate, truth: number): boolean =>
  found.kind === "interval" && Math.abs(found.value - truth) <= found.halfWidth;

const relativeHalfWidth = (found: Estimate): number =>
  found.kind === "interval" ? found.halfWidth / found.value : Number.POSITIVE_INFINITY;

/** The percentile of the time in M/M/c, from P(T > t) = e⁻ᵗ + C·(e⁻ᵗ − e^(−(c − a)t))/(c − a − 1) (Kleinrock 1975). */
function sojournQuantile(servers: number, offeredLoad: number, probability: number): number {
  const free = servers - offeredLoad;
  const tail = (t: number) =>
    Math.exp(-t) + (erlangC(servers, offeredLoad) * (Math.exp(-t) - Math.exp(-free * t))) / (free - 1);
  let [low, high] = [0, 1000];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (tail(middle) > 1 - probability) low = middle;
    else high = middle;
  }
  return low;
}

const finite = solveMMcK(mm15.servers, mm15.offeredLoad, mm15.places ?? 0);
const truths = {
  mm3: { meanWait: meanWaitMMc(3, 2.1), utilization: 0.7, p95: sojournQuantile(3, 2.1, 0.95) },
  mm15: {
    meanWait: finite.waitProbability * finite.conditionalMeanWait,
    refusedFraction: finite.rejectedFraction,
    utilization: 0.9 * (1 - finite.rejectedFraction),
  },
};

describe("a station on the simulation kernel", () => {
  it("keeps Little's law and loses nobody", () => {
    for (const run of [...replications(mm3, 1), ...replications(mm15, 1)]) {
      expect(run.littlesLawGap).toBeLessThan(1e-12);
      expect(run.lost).toBe(0);
    }
  });

  it("is the same for the same seed and differs between replications", () => {
    const [once, again] = [replications(mm3, 7), replications(mm3, 7)];
    expect(again).toEqual(once);
    expect(new Set(once.map(({ utilization }) => utilization)).size).toBe(REPLICATIONS);
  });

  it("meets the same service times after a change of the design", () => {
    const [narrow, wide] = [3, 300].map((servers) => simulateStation({ ...mm3, servers, seed: 7, replication: 0 }));
    let compared = 0;
    for (const [visit, sojourn] of narrow?.sojourns.entries() ?? []) {
      const inWide = wide?.sojourns[visit] ?? Number.NaN;
      if (Number.isNaN(sojourn) || Number.isNaN(inWide)) continue;
      compared++;
      expect(Math.abs(sojourn - (narrow?.waits[visit] ?? 0) - inWide)).toBeLessThan(1e-9);
    }
    expect(compared).toBeGreaterThan(5900);
    expect(wide?.waits.every((wait) => wait === 0)).toBe(true);
  });

  it("tells M/M/3 and M/M/1 with four places with narrow intervals that hold the theory", () => {
    // One seed and five figures: at 95 % one seed in four would miss one of them.
    const long = (question: Question) => estimate(replications({ ...question, arrivals: 60_000 }, 5), 0.999);
    const found = { mm3: long(mm3), mm15: long(mm15) };
    expect(covers(found.mm3.meanWait, truths.mm3.meanWait)).toBe(true);
    expect(covers(found.mm3.utilization, truths.mm3.utilization)).toBe(true);
    expect(covers(found.mm3.p95, truths.mm3.p95)).toBe(true);
    expect(relativeHalfWidth(found.mm3.meanWait)).toBeLessThan(0.06);
    expect(relativeHalfWidth(found.mm3.p95)).toBeLessThan(0.06);
    expect(covers(found.mm15.refusedFraction, truths.mm15.refusedFraction)).toBe(true);
    expect(covers(found.mm15.meanWait, truths.mm15.meanWait)).toBe(true);
    expect(relativeHalfWidth(found.mm15.refusedFraction)).toBeLessThan(0.05);
  });

  it("has intervals that hold the theory as often as they say", () => {
    const covering = new Map<string, number>();
    const count = (name: string, found: Estimate, truth: number): void => {
      covering.set(name, (covering.get(name) ?? 0) + (covers(found, truth) ? 1 : 0));
    };
    for (let seed = 100; seed < 100 + SEEDS; seed++) {
      const open = estimate(replications(mm3, seed));
      count("M/M/3 mean wait", open.meanWait, truths.mm3.meanWait);
      count("M/M/3 utilisation", open.utilization, truths.mm3.utilization);
      count("M/M/3 p95", open.p95, truths.mm3.p95);
      const limited = estimate(replications(mm15, seed));
      count("M/M/1/5 mean wait", limited.meanWait, truths.mm15.meanWait);
      count("M/M/1/5 refused", limited.refusedFraction, truths.mm15.refusedFraction);
      count("M/M/1/5 utilisation", limited.utilization, truths.mm15.utilization);
    }
    expect(covering.size).toBe(6);
    for (const [name, of] of covering) expect(of, name).toBeGreaterThanOrEqual(FEWEST_COVERING);
  });
});
