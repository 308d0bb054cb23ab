import { describe, expect, it } from "vitest";
import type { LatencyLaw } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { exponentialLaw } from "./exponential-law.ts";
import { gammaLaw } from "./gamma-law.ts";
import { hyperexponentialLaw } from "./hyperexponential-law.ts";
import { mixture } from "./mixture.ts";
import { sequence } from "./sequence.ts";
import { TailSampler } from "./tail-sampler.ts";

/** The same law without its closed tails, so that it has to be inverted. */
function inverted(law: LatencyLaw): LatencyLaw {
  return { ...law, pieces: law.pieces.map(({ smoothTail: _, ...piece }) => piece) };
}

const laws: readonly (readonly [name: string, law: LatencyLaw, error: number])[] = [
  ["exponential", exponentialLaw(3), 1e-9],
  ["Erlang of 4 phases", gammaLaw(3, 0.25), 1e-9],
  ["Erlang of 100 phases", gammaLaw(3, 0.01), 1e-8],
  ["gamma of shape 1/5", gammaLaw(3, 5), 1e-9],
  ["hyperexponential", hyperexponentialLaw(3, 9), 1e-9],
];

describe("the tail of a law by octaves of time", () => {
  it.each(laws)("of the %s agrees with its closed form at 600 times, borders of octaves included", (_, law, error) => {
    const closed = new TailSampler(law);
    const sampler = new TailSampler(inverted(law));
    const times = [...Array.from({ length: 590 }, (_unused, i) => 0.01 * 1.015 ** i), 0.25, 0.5, 1, 2, 4, 8, 16];
    for (const ms of times) {
      expect(Math.abs(sampler.at(ms, "after") - closed.at(ms, "after"))).toBeLessThan(error);
    }
  });

  it("gives the density that the tail falls by", () => {
    for (const ms of [0.7, 1, 1.3, 5]) {
      const { tail, density } = new TailSampler(inverted(exponentialLaw(2))).withDensity(ms);
      expect(tail).toBeCloseTo(Math.exp(-ms / 2), 9);
      expect(density).toBeCloseTo(Math.exp(-ms / 2) / 2, 8);
    }
  });

  it("tells an atom before and from its moment on", () => {
    const law = mixture([
      { probability: 0.4, law: constantLaw(3) },
      { probability: 0.6, law: sequence([constantLaw(3), inverted(exponentialLaw(1))]) },
    ]);
    const sampler = new TailSampler(law);
    expect(sampler.at(3, "before")).toBe(1);
    expect(sampler.at(3, "after")).toBeCloseTo(0.6, 12);
    expect(sampler.at(4, "after")).toBeCloseTo(0.6 * Math.exp(-1), 9);
  });
});
