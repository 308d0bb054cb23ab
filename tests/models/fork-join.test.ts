import { describe, expect, it } from "vitest";
import { quantile } from "#src/analysis/latency/quantile.ts";
import { ModelBuilder, parallel } from "#src/analysis/model/build-model.ts";
import type { JourneyResult } from "#src/analysis/model/solution.ts";
import { prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import table from "./tables/fork-join.json" with { type: "json" };

/** A front that asks `branches` single servers of mean service 1 ms at once and waits for all of them. */
function forkJoin(branches: number, utilization: number): JourneyResult {
  const builder = new ModelBuilder();
  const asks = Array.from({ length: branches }, (_, index) =>
    builder.call(builder.server(`part-${index}`, { serviceMs: 1 })),
  );
  builder.journey(1000 * utilization, builder.routine("front", parallel(null, ...asks)));
  const prepared = prepareModel(builder.build());
  if (!prepared.ok) throw new Error("unbounded");
  const [journey] = solveModel(prepared.value, 1).journeys;
  if (journey === undefined) throw new Error("no journey");
  return journey;
}

describe("fork and join of queues M/M/1 behind one Poisson stream", () => {
  it("has the exact mean (12 − ρ)/8 · 1/(1 − ρ) with two branches", () => {
    for (const rho of [0.1, 0.5, 0.7, 0.8, 0.9, 0.95]) {
      expect(forkJoin(2, rho).law?.meanMs).toBeCloseTo((12 - rho) / 8 / (1 - rho), 4);
    }
  });

  const cells = table.rows.flatMap(({ branches, mean, p99 }) =>
    table.utilizations.map((rho, place) => ({ branches, rho, mean: mean[place] ?? 0, p99: p99[place] ?? 0 })),
  );

  it.each(cells)(
    "of $branches at ρ = $rho: mean within 5 % of simulation, p99 within 4 %",
    ({ branches, rho, mean, p99 }) => {
      const { law } = forkJoin(branches, rho);
      if (law === null) throw new Error("no steady state");
      expect(Math.abs(law.meanMs / mean - 1)).toBeLessThan(0.05);
      expect(Math.abs(quantile(law, 0.99) / p99 - 1)).toBeLessThan(0.04);
    },
  );

  it("is better than branches taken as independent, whose mean is up to a third too long", () => {
    const harmonic = (n: number): number => Array.from({ length: n }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);
    for (const { branches, rho, mean } of cells) {
      const independent = harmonic(branches) / (1 - rho);
      expect(Math.abs((forkJoin(branches, rho).law?.meanMs ?? 0) - mean)).toBeLessThan(Math.abs(independent - mean));
    }
  });
});
