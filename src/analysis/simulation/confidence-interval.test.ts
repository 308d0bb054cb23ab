import { describe, expect, it } from "vitest";
import { type Estimate, meanInterval, quantileInterval } from "./confidence-interval.ts";
import { QuantileSketch } from "./quantile-sketch.ts";
import { RandomStream } from "./random-streams.ts";

const covers = (estimate: Estimate, truth: number): boolean =>
  estimate.kind === "interval" && Math.abs(estimate.value - truth) <= estimate.halfWidth;

function exponentialSample(count: number, seed: number, replication: number): QuantileSketch {
  const stream = new RandomStream({ seed, replication, owner: "sample", purpose: "exponential" });
  const sketch = new QuantileSketch();
  for (let draw = 0; draw < count; draw++) sketch.add(stream.exponential());
  return sketch;
}

const replicationsOf = (count: number, seed: number): QuantileSketch[] =>
  Array.from({ length: 10 }, (_, replication) => exponentialSample(count, seed, replication));

describe("the interval of a mean", () => {
  it("is Student's", () => {
    const estimate = meanInterval([9, 10, 11, 10]);
    // s² = 2/3, t₃ = 3.18244630528371.
    expect(estimate).toMatchObject({ kind: "interval", value: 10, replications: 4 });
    if (estimate.kind === "interval") expect(estimate.halfWidth).toBeCloseTo(3.18244630528371 * Math.sqrt(1 / 6), 12);
  });

  it("covers the truth as often as it says", () => {
    let covered = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const stream = new RandomStream({ seed, replication: 0, owner: "mean", purpose: "normal" });
      if (covers(meanInterval(Array.from({ length: 5 }, () => stream.normal())), 0)) covered++;
    }
    // Four standard deviations about 950.
    expect(Math.abs(covered - 950)).toBeLessThan(28);
  });

  it("says what is missing", () => {
    expect(meanInterval([3])).toEqual({ kind: "too-short", reason: "replications", has: 1, needs: 2 });
    expect(meanInterval([3, Number.NaN])).toEqual({ kind: "too-short", reason: "observations", has: 0, needs: 1 });
  });
});

describe("the interval of a percentile", () => {
  it("has the pooled quantile in its middle", () => {
    const samples = replicationsOf(2000, 1);
    const pooled = new QuantileSketch();
    for (const sample of samples) pooled.merge(sample);
    expect(quantileInterval(samples, 0.9)).toMatchObject({ value: pooled.quantile(0.9), replications: 10 });
  });

  it.each([
    [0.5, 400],
    [0.99, 10_000],
  ])("covers the truth of percentile %f with %i observations each", (probability, count) => {
    let covered = 0;
    const truth = -Math.log(1 - probability);
    for (let seed = 0; seed < 60; seed++) {
      if (covers(quantileInterval(replicationsOf(count, seed), probability), truth)) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(52);
  });

  it("is not given where the tail is thin, on either side, or there is nothing to see", () => {
    const samples = replicationsOf(1000, 2);
    expect(quantileInterval(samples, 0.9).kind).toBe("interval");
    expect(quantileInterval(samples, 0.99)).toEqual({
      kind: "too-short",
      reason: "tail-observations",
      has: 10,
      needs: 100,
    });
    expect(quantileInterval(samples, 0.01).kind).toBe("too-short");
    expect(quantileInterval(samples.slice(0, 1), 0.5)).toMatchObject({ reason: "replications" });
    expect(quantileInterval([...samples, new QuantileSketch()], 0.5)).toMatchObject({ reason: "observations" });
    expect(() => quantileInterval(samples, 1)).toThrow(RangeError);
  });
});
