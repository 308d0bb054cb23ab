import { expect, test } from "vitest";
import { solveMPHc } from "#src/analysis/queueing/m-ph-c.ts";
import { erlangPhases } from "#src/analysis/queueing/phase-type.ts";
import { relativeError, solveUnitStation } from "./station-cases.ts";
import mgcTable from "./tables/mgc.json" with { type: "json" };

test.each(mgcTable.rows.filter(({ G, c }) => G === "E4" && c <= 5))("M/E4/c, solved: c = $c at ρ = $rho", (row) => {
  const service = erlangPhases(4);
  expect(relativeError(solveMPHc(row.c, row.rho, service).meanWait, row.Wq)).toBeLessThan(1e-9);
});

/** Simulated over 10⁶ arrivals; the losses are good to about 1 %. */
test.each([
  [4, 0.8, 2, 0.0535],
  [4, 0.95, 5, 0.0345],
  [10, 0.9, 1, 0.157],
  [4, 1.3, 4, 0.241],
])("two choices with %d queues at ρ = %d and %d places", (queues, rho, queueLimit, rejected) => {
  const solution = solveUnitStation({
    queues,
    arrivalRatePerSecond: queues * rho,
    dispatch: "power-of-two",
    queueLimit,
  });
  expect(relativeError(solution.rejectedFraction, rejected)).toBeLessThan(0.17);
});
