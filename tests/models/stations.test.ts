import { describe, expect, test } from "vitest";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import { erlangB } from "#src/analysis/queueing/erlang-b.ts";
import { solveMPHc } from "#src/analysis/queueing/m-ph-c.ts";
import { erlangPhases } from "#src/analysis/queueing/phase-type.ts";
import { meanWaitOf, relativeError, solveUnitStation } from "./station-cases.ts";
import erlangBTable from "./tables/erlang-b.json" with { type: "json" };
import ggcTable from "./tables/ggc-simulated.json" with { type: "json" };
import mgcTable from "./tables/mgc.json" with { type: "json" };
import mgckTable from "./tables/mgck.json" with { type: "json" };
import mmcTable from "./tables/mmc.json" with { type: "json" };
import multiServerTable from "./tables/multi-server-queues.json" with { type: "json" };
import policyTable from "./tables/shortest-queue-and-two-choices.json" with { type: "json" };

describe("M/M/c is exact", () => {
  test.each(mmcTable.rows)("c = $c at ρ = $rho", ({ c, rho, erlangC, Wq, T }) => {
    const solution = solveUnitStation({ servers: c, arrivalRatePerSecond: c * rho });
    expect(solution.exactness.kind).toBe("exact");
    expect(relativeError(solution.waitProbability, erlangC)).toBeLessThan(1e-9);
    expect(relativeError(meanWaitOf(solution), Wq)).toBeLessThan(1e-9);
    expect(relativeError((solution.sojournLaw?.meanMs ?? 0) / 1000, T)).toBeLessThan(1e-9);
  });

  test.each(mmcTable.rows)("percentiles of the wait with c = $c at ρ = $rho", ({ c, rho, erlangC }) => {
    const { waitingLaw } = solveUnitStation({ servers: c, arrivalRatePerSecond: c * rho });
    if (waitingLaw === null) throw new Error("no law");
    const shares = [0.5, 0.9, 0.95, 0.99, 0.999];
    for (const [k, found] of quantiles(waitingLaw, shares).entries()) {
      const expected = Math.max(0, (Math.log(erlangC / (1 - (shares[k] ?? 0))) / (c * (1 - rho))) * 1000);
      expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-6 * expected + 1e-9);
    }
  });

  test.each(mmcTable.rows)("percentiles of the sojourn with c = $c at ρ = $rho", ({ c, rho, erlangC }) => {
    const { sojournLaw } = solveUnitStation({ servers: c, arrivalRatePerSecond: c * rho });
    if (sojournLaw === null) throw new Error("no law");
    const d = c * (1 - rho);
    const tail = (t: number): number =>
      Math.abs(d - 1) < 1e-9
        ? (1 - erlangC) * Math.exp(-t) + erlangC * (1 + t) * Math.exp(-t)
        : (1 - erlangC) * Math.exp(-t) + (erlangC * (d * Math.exp(-t) - Math.exp(-d * t))) / (d - 1);
    for (const share of [0.5, 0.9, 0.99, 0.999]) {
      const [found = Number.NaN] = quantiles(sojournLaw, [share]);
      expect(relativeError(tail(found / 1000), 1 - share)).toBeLessThan(1e-6);
    }
  });
});

test.each(erlangBTable.rows)("Erlang B with $c servers and $a Erlang", ({ c, a, B }) => {
  expect(relativeError(erlangB(c, a), B)).toBeLessThan(1e-9);
});

/** Bound on the error of the mean wait, in percent, by squared variation and load; waits below 0.01 S are not judged. */
function boundPercent(rho: number, cs2: number): number {
  if (cs2 < 1) return rho < 0.6 ? 23 : rho < 0.85 ? 1.6 : 0.6;
  if (cs2 <= 2) return rho < 0.6 ? 7.3 : rho < 0.85 ? 2.8 : 0.8;
  if (cs2 <= 4) return rho < 0.6 ? 14 : 2.3;
  return rho < 0.6 ? 60 : rho < 0.85 ? 30 : 7.6;
}

function solveRow({ c, rho, cs2 }: { readonly c: number; readonly rho: number; readonly cs2: number }) {
  return solveUnitStation({ servers: c, arrivalRatePerSecond: c * rho, serviceVariability: Math.sqrt(cs2) });
}

/** Erlang service of four phases is solved for two servers, and else put between exact neighbours. */
const solvedExactly = mgcTable.rows.filter(
  ({ c, cs2 }) => c === 1 || cs2 === 0 || (c <= 16 && (cs2 !== 0.25 || c < 3)),
);
const approximated = mgcTable.rows.filter((row) => !solvedExactly.includes(row));

test.each(solvedExactly)("M/G/c is exact: $G, c = $c at ρ = $rho", (row) => {
  const solution = solveRow(row);
  expect(solution.exactness.model).not.toContain("between");
  expect(relativeError(meanWaitOf(solution), row.Wq)).toBeLessThan(1e-6);
});

test.each(approximated.filter(({ c }) => c <= 16))("M/G/c is close: $G, c = $c at ρ = $rho", (row) => {
  expect(relativeError(meanWaitOf(solveRow(row)), row.Wq)).toBeLessThan(row.c <= 5 ? 0.004 : 0.01);
});

test.each(approximated.filter(({ c, Wq }) => c > 16 && Wq > 0.01))("M/G/c: $G, c = $c at ρ = $rho", (row) => {
  const bound = row.cs2 === 1 ? 1e-7 : boundPercent(row.rho, row.cs2);
  expect(relativeError(meanWaitOf(solveRow(row)), row.Wq) * 100).toBeLessThan(bound);
});

test.each(mgcTable.rows.filter(({ G, c }) => G === "E4" && c <= 5))("M/E4/c, solved: c = $c at ρ = $rho", (row) => {
  const service = erlangPhases(4);
  expect(relativeError(solveMPHc(row.c, row.rho, service).meanWait, row.Wq)).toBeLessThan(1e-9);
});

/** Squared variations of the laws in the simulated table that stand for themselves in two moments. */
const SCV = new Map([
  ["D", 0],
  ["E4", 0.25],
  ["E2", 0.5],
  ["M", 1],
  ["H2", 2],
  ["H4", 4],
]);

/** 10⁻³ S is added to the bounds: what the simulation resolves. */
const judged = ggcTable.rows.filter(({ A, S }) => SCV.has(A) && SCV.has(S));

describe("GI/G/c against simulation", () => {
  test.each(judged)("mean wait of $A/$S/$c at ρ = $rho", ({ A, S, c, rho, Wq, ci95 }) => {
    const solution = solveUnitStation({
      servers: c,
      arrivalRatePerSecond: c * rho,
      serviceVariability: Math.sqrt(SCV.get(S) ?? Number.NaN),
      arrivalScv: SCV.get(A) ?? Number.NaN,
    });
    const share = A === "M" ? (c <= 16 ? 0.01 : rho < 0.6 ? 0.08 : 0.025) : c === 1 ? 0.08 : 0.23;
    expect(Math.abs(meanWaitOf(solution) - Wq)).toBeLessThan(share * Wq + 2 * ci95 + 1e-3);
  });

  const poisson = judged.filter(({ A }) => A === "M");
  test.each(poisson)("percentiles of the sojourn of $A/$S/$c at ρ = $rho", (row) => {
    const variability = Math.sqrt(SCV.get(row.S) ?? Number.NaN);
    const { sojournLaw } = solveUnitStation({
      servers: row.c,
      arrivalRatePerSecond: row.c * row.rho,
      serviceVariability: variability,
    });
    if (sojournLaw === null) throw new Error("no law");
    // The simulated percentiles themselves carry 1–3 %, growing with the load and the percentile.
    const exact = row.c <= 16 || row.S === "M" || row.S === "D";
    const bounds = exact ? [0.011, 0.014, 0.016, 0.02, 0.035] : [0.14, 0.07, 0.07, 0.02, 0.09];
    for (const [k, found] of quantiles(sojournLaw, [0.5, 0.9, 0.95, 0.99, 0.999]).entries()) {
      expect(relativeError(found / 1000, row.T_p50_90_95_99_999[k] ?? Number.NaN)).toBeLessThan(bounds[k] ?? 0);
    }
  });
});

describe("least connections and two choices", () => {
  test.each(policyTable.rows)("$N queues, choices $d, at ρ = $rho", ({ N, rho, d, T, ci95 }) => {
    const solution = solveUnitStation({
      queues: N,
      arrivalRatePerSecond: N * rho,
      dispatch: d === "JSQ" ? "least-connections" : "power-of-two",
    });
    const bound = ci95 === 0 ? 1e-4 * T : 0.01 * T + 1.5 * ci95;
    expect(Math.abs(meanWaitOf(solution) + 1 - T)).toBeLessThan(bound);
  });

  test.each(multiServerTable.rows)("$N queues of $c servers, choices $d, at ρ = $rho", ({ N, c, rho, d, Wq, ci95 }) => {
    const solution = solveUnitStation({
      queues: N,
      servers: c,
      arrivalRatePerSecond: N * c * rho,
      dispatch: d === "JSQ" ? "least-connections" : "power-of-two",
    });
    const share = d === "JSQ" ? 0.05 : 0.15;
    expect(Math.abs(meanWaitOf(solution) - Wq)).toBeLessThan(share * Wq + 2 * ci95 + 0.012);
  });
});

test.each(mgckTable.rows)(
  "M/G/c/K: $G, c = $c, $places places at ρ = $rho",
  ({ c, rho, scv, places, rejected, Wq }) => {
    const solution = solveUnitStation({
      servers: c,
      arrivalRatePerSecond: c * rho,
      serviceVariability: Math.sqrt(scv),
      queueLimit: places,
    });
    expect(Math.abs(solution.rejectedFraction - rejected)).toBeLessThan((rho < 0.9 ? 0.17 : 0.04) * rejected + 1e-4);
    expect(Math.abs(meanWaitOf(solution) - Wq)).toBeLessThan(0.125 * Wq);
  },
);

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
