import { describe, expect, it } from "vitest";
import { ModelBuilder, parallel, repeated, sequence, work } from "../model/build-model.ts";
import type { Program } from "../model/program.ts";
import { prepareModel } from "./prepare-model.ts";
import { solveModel } from "./solve-model.ts";

/** A chain where every service also calls a side service with a probability, one after the other or joined. */
function journeyOf(levels: number, probability: number, isJoined: boolean) {
  const builder = new ModelBuilder();
  let next: Program | null = null;
  for (let level = levels; level >= 1; level--) {
    const side = builder.call(builder.server(`side-${level}`, { serviceMs: 2, servers: 2 }), { networkMs: 0.5 });
    const station = builder.station(`level-${level}`, { serviceMs: 3, servers: 2 });
    const calls: Program[] = [repeated(probability, side), ...(next === null ? [] : [next])];
    const after: Program = isJoined ? parallel(null, ...calls) : sequence(...calls);
    next = builder.call(builder.routine(`level-${level}`, sequence(work(station, 3), after)), { networkMs: 0.5 });
  }
  builder.journey(100, builder.routine("client", next ?? sequence()));
  const prepared = prepareModel(builder.build());
  if (!prepared.ok) throw new Error("unbounded");
  const journey = solveModel(prepared.value, 1).journeys[0];
  if (journey === undefined) throw new Error("no journey");
  return journey;
}

describe("the paths of a journey", () => {
  it("are all listed up to 16, each with its share and its mean", () => {
    const { paths, law } = journeyOf(4, 0.3, false);
    expect(paths.length).toBe(16);
    expect(paths.some(({ isRest }) => isRest)).toBe(false);
    expect(paths[0]?.share).toBeCloseTo(0.7 ** 4, 12);
    expect(paths.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(paths.reduce((sum, path) => sum + path.share * (path.law?.meanMs ?? Number.NaN), 0)).toBeCloseTo(
      law?.meanMs ?? Number.NaN,
      9,
    );
  });

  it("of more than 16 the most frequent are listed, and the last stands for all others with what is left", () => {
    const { paths, law } = journeyOf(12, 0.1, false);
    expect(paths.length).toBe(16);
    expect(paths.map(({ isRest }) => isRest)).toEqual([...new Array(15).fill(false), true]);
    const shares = paths.map(({ share }) => Number(share.toFixed(12)));
    // No side call, one of twelve, two of them.
    expect(shares[0]).toBeCloseTo(0.9 ** 12, 12);
    for (const share of shares.slice(1, 13)) expect(share).toBeCloseTo(0.1 * 0.9 ** 11, 12);
    for (const share of shares.slice(13, 15)) expect(share).toBeCloseTo(0.01 * 0.9 ** 10, 12);
    expect(paths.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const mean = paths.reduce((sum, path) => sum + path.share * (path.law?.meanMs ?? Number.NaN), 0);
    expect(mean).toBeCloseTo(law?.meanMs ?? Number.NaN, 8);
  });

  it("of hundreds of levels are told as well, one after another and joined", () => {
    for (const isJoined of [false, true]) {
      const { paths } = journeyOf(isJoined ? 9 : 200, 0.3, isJoined);
      expect(paths.length).toBeLessThanOrEqual(16);
      expect(paths.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    }
  });

  it("stay listed in a long chain where hardly anything branches", () => {
    const { paths, law } = journeyOf(100, 1e-4, false);
    expect(paths[0]?.share).toBeCloseTo((1 - 1e-4) ** 100, 9);
    expect(paths[0]?.nodes.length).toBe(101);
    const mean = paths.reduce((sum, path) => sum + path.share * (path.law?.meanMs ?? Number.NaN), 0);
    expect(mean / (law?.meanMs ?? Number.NaN)).toBeCloseTo(1, 9);
  });
});
