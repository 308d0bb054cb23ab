import { describe, expect, it } from "vitest";
import { prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import { networkFidelity } from "./fidelity/networks.ts";
import { networkCases } from "./network-cases.ts";
import { simulateModel } from "./simulate-model.ts";
import simulated from "./tables/networks-simulated.json" with { type: "json" };

describe("networks against simulation", () => {
  it.each(networkFidelity())("$model: $figure within $tolerancePercent %", (row) => {
    expect(row.cases).toBeGreaterThan(0);
    expect(row.worstErrorPercent, row.worstCase).toBeLessThanOrEqual(row.tolerancePercent);
  });

  it("is nearer than with Poisson flows between the stations, on average and at worst", () => {
    const errors = { shaped: [] as number[], poisson: [] as number[] };
    for (const { name, group, model } of networkCases()) {
      if (group !== "line" && group !== "balanced" && group !== "held") continue;
      const ready = prepareModel(model);
      const truth = simulated.rows.find((row) => row.name === name)?.journeys[0]?.meanMs ?? Number.NaN;
      if (!ready.ok) throw new Error(name);
      const off = (prepared: typeof ready.value): number =>
        Math.abs((solveModel(prepared, 1, { details: false }).journeys[0]?.law?.meanMs ?? Number.NaN) / truth - 1);
      errors.shaped.push(off(ready.value));
      errors.poisson.push(off({ ...ready.value, shapesFlows: false }));
    }
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(errors.shaped)).toBeLessThan(0.6 * mean(errors.poisson));
    expect(Math.max(...errors.shaped)).toBeLessThan(0.75 * Math.max(...errors.poisson));
  });

  it("the table is what the simulation gives: a short run of three of its networks", () => {
    for (const name of [
      "4/8/2 servers, Erlang-4, ρ = 0.6",
      "20 users, 4 workers, one store, c² = 1",
      "random over 4 services (constant), one store, ρ = 0.6",
    ]) {
      const found = networkCases().find((one) => one.name === name);
      const row = simulated.rows.find((one) => one.name === name);
      if (found === undefined || row === undefined) throw new Error(`${name} is gone`);
      const run = simulateModel(found.model, { seed: 7, requests: 40_000, warmup: 4000 });
      const [measured] = run.journeys;
      expect(Math.abs((measured?.meanMs ?? Number.NaN) / (row.journeys[0]?.meanMs ?? 1) - 1)).toBeLessThan(0.04);
    }
  });
});
