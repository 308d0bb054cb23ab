import { expect, it } from "vitest";
import { solveMPHc } from "#src/analysis/queueing/m-ph-c.ts";
import { erlangPhases } from "#src/analysis/queueing/phase-type.ts";
import table from "../models/tables/mgc.json" with { type: "json" };

// 286 ways to spread ten servers over four phases: seconds a row, and never done while a user waits.
const rows = table.rows.filter(({ G, c }) => G === "E4" && c === 10);

it.each(rows)("M/E4/10 at ρ = $rho", { timeout: 120_000 }, ({ c, rho, Wq }) => {
  expect(Math.abs(solveMPHc(c, rho, erlangPhases(4)).meanWait / Wq - 1)).toBeLessThan(1e-9);
});
