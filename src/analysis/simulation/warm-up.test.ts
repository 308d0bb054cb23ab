import { describe, expect, it } from "vitest";
import { RandomStream } from "./random-streams.ts";
import { findCommonWarmUp, findWarmUp, type WarmUp } from "./warm-up.ts";

function noise(count: number, replication: number): number[] {
  const stream = new RandomStream({ seed: 4, replication, owner: "series", purpose: "noise" });
  return Array.from({ length: count }, () => stream.normal());
}

const discarded = (found: WarmUp): number => (found.kind === "settled" ? found.discardedObservations : -1);

/** The criterion as White writes it, for one truncation after the other. */
function byDefinition(observations: readonly number[]): number {
  const groups = Array.from({ length: Math.floor(observations.length / 5) }, (_, group) => {
    const values = observations.slice(5 * group, 5 * group + 5);
    return values.reduce((sum, value) => sum + value, 0) / 5;
  });
  const criteria = groups.slice(0, Math.floor(groups.length / 2) + 1).map((_, first) => {
    const rest = groups.slice(first);
    const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
    return rest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rest.length ** 2;
  });
  const best = criteria.indexOf(Math.min(...criteria));
  return best === criteria.length - 1 ? -1 : 5 * best;
}

describe("the warm-up of a series", () => {
  it("is what the definition says", () => {
    for (let replication = 0; replication < 50; replication++) {
      const series = noise(203, replication).map((value, time) => value + 4 * Math.exp(-time / 15));
      expect(discarded(findWarmUp(series))).toBe(byDefinition(series));
    }
  });

  it("is cut where a transient ends", () => {
    for (let replication = 0; replication < 20; replication++) {
      const series = noise(2000, replication).map((value, time) => value + (time < 300 ? 20 : 0));
      const found = discarded(findWarmUp(series));
      expect(found).toBeGreaterThanOrEqual(300);
      expect(found).toBeLessThan(500);
    }
  });

  it("is nothing for a constant series, and little for noise alone", () => {
    expect(findWarmUp(new Float64Array(100).fill(7))).toEqual({ kind: "settled", discardedObservations: 0 });
    const cuts = Array.from({ length: 20 }, (_, replication) => discarded(findWarmUp(noise(5000, replication))));
    expect(cuts.filter((cut) => cut >= 0 && cut < 500).length).toBeGreaterThanOrEqual(14);
  });

  it("is unknown for a series that never settles or is too short", () => {
    expect(findWarmUp(Array.from({ length: 500 }, (_, time) => time))).toEqual({
      kind: "too-short",
      observations: 500,
    });
    expect(findWarmUp([1, 2, 3]).kind).toBe("too-short");
    expect(findWarmUp(new Float64Array(49)).kind).toBe("too-short");
    expect(findWarmUp(new Float64Array(50)).kind).toBe("settled");
  });
});

describe("the warm-up common to replications", () => {
  it("is that of their average, over the length of the shortest", () => {
    const parts = [noise(1000, 1), noise(1003, 2), noise(1010, 3)].map((series) =>
      series.map((value, time) => value + (time < 100 ? 5 : 0)),
    );
    const average = Array.from(
      { length: 1000 },
      (_, time) => parts.reduce((sum, part) => sum + (part[time] ?? 0), 0) / 3,
    );
    expect(findCommonWarmUp(parts)).toEqual(findWarmUp(average));
    expect(discarded(findCommonWarmUp(parts))).toBeGreaterThanOrEqual(100);
  });

  it("sees a transient that single replications hide in their noise", () => {
    const hidden = Array.from({ length: 400 }, (_, replication) =>
      noise(2000, replication).map((value, time) => value + (time < 400 ? 0.5 : 0)),
    );
    expect(discarded(findCommonWarmUp(hidden))).toBeGreaterThanOrEqual(400);
    expect(discarded(findCommonWarmUp(hidden))).toBeLessThan(600);
  });

  it("is unknown without replications", () => {
    expect(findCommonWarmUp([])).toEqual({ kind: "too-short", observations: 0 });
  });
});
