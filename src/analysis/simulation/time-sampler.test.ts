import { describe, expect, it } from "vitest";
import { upperIncompleteGammaRatio } from "../latency/incomplete-gamma.ts";
import { RandomStream } from "./random-streams.ts";
import { timeSampler } from "./time-sampler.ts";

const SAMPLES = 100_000;

function sample(meanMs: number, variability: number, replication = 0): Float64Array {
  const stream = new RandomStream({ seed: 2026, replication, owner: "station", purpose: "service time" });
  const draw = timeSampler({ meanMs, variability });
  return Float64Array.from({ length: SAMPLES }, () => draw(stream));
}

/** The law of mean 1 by its own formula: gamma below 1, exponential at 1, balanced hyperexponential above. */
function cumulative(x: number, variability: number): number {
  if (variability <= 1) return 1 - upperIncompleteGammaRatio(variability ** -2, x * variability ** -2);
  const scv = variability ** 2;
  const often = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  return 1 - often * Math.exp(-2 * often * x) - (1 - often) * Math.exp(-2 * (1 - often) * x);
}

describe("the sampler of times", () => {
  it.each([0.05, 0.25, 1 / Math.sqrt(3), 0.9, 1, 1.5, 4])("draws from the law of variability %f", (variability) => {
    const values = sample(20, variability).sort();
    let distance = 0;
    for (const [index, value] of values.entries()) {
      const below = cumulative(value / 20, variability);
      distance = Math.max(distance, (index + 1) / SAMPLES - below, below - index / SAMPLES);
    }
    // Kolmogorov–Smirnov: 1.95/√n is exceeded once in a thousand samples.
    expect(distance * Math.sqrt(SAMPLES)).toBeLessThan(1.95);
    expect(distance * Math.sqrt(SAMPLES)).toBeGreaterThan(0.2);
  });

  it.each([0.05, 0.5, 1, 2, 4])("has the mean and variability %f that it is asked for", (variability) => {
    const values = sample(8, variability, 1);
    const mean = values.reduce((sum, value) => sum + value, 0) / SAMPLES;
    expect(Math.abs(mean - 8)).toBeLessThan((4 * 8 * variability) / Math.sqrt(SAMPLES));
    const squares = values.map((value) => (value - mean) ** 2);
    const variance = squares.reduce((sum, value) => sum + value, 0) / SAMPLES;
    const fourth = squares.reduce((sum, value) => sum + value ** 2, 0) / SAMPLES;
    const standardError = Math.sqrt((fourth - variance ** 2) / SAMPLES);
    expect(Math.abs(variance - (8 * variability) ** 2)).toBeLessThan(4 * standardError);
  });

  it("draws nothing for a constant time", () => {
    const key = { seed: 1, replication: 0, owner: "a", purpose: "b" };
    const [stream, untouched] = [new RandomStream(key), new RandomStream(key)];
    expect(timeSampler({ meanMs: 3.5, variability: 0 })(stream)).toBe(3.5);
    expect(timeSampler({ meanMs: 0, variability: 2 })(stream)).toBe(0);
    expect(stream.uniform()).toBe(untouched.uniform());
  });

  // A second program in another language gives the same to the last digit or the one before.
  it("gives the stored numbers on every machine", () => {
    const first = [0.5, 1, 2].map((variability) => sample(1, variability)[0]);
    expect(first).toEqual([1.0678241915314177, 2.361458670330763, 2.4633399284747948]);
  });

  it("refuses what is no law", () => {
    for (const [meanMs, variability] of [
      [-1, 1],
      [1, -1],
      [Number.NaN, 1],
      [1, Number.POSITIVE_INFINITY],
    ] as const) {
      expect(() => timeSampler({ meanMs, variability })).toThrow(RangeError);
    }
  });
});
