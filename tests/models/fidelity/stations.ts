import { quantiles } from "#src/analysis/latency/quantile.ts";
import { erlangB } from "#src/analysis/queueing/erlang-b.ts";
import type { StationLoad, StationSolution } from "#src/analysis/queueing/station.ts";
import { meanWaitOf, solveUnitStation } from "../station-cases.ts";
import erlangBTable from "../tables/erlang-b.json" with { type: "json" };
import ggcTable from "../tables/ggc-simulated.json" with { type: "json" };
import mgcTable from "../tables/mgc.json" with { type: "json" };
import mgckTable from "../tables/mgck.json" with { type: "json" };
import mmcTable from "../tables/mmc.json" with { type: "json" };
import multiServerTable from "../tables/multi-server-queues.json" with { type: "json" };
import roundRobinTable from "../tables/round-robin.json" with { type: "json" };
import policyTable from "../tables/shortest-queue-and-two-choices.json" with { type: "json" };
import { stationTolerances } from "../tolerances.ts";
import type { Compared } from "./compare.ts";
import type { FidelityRow } from "./row.ts";
import { fidelityRow } from "./station-row.ts";
import { waitingStationFidelity } from "./waiting-stations.ts";

const levels = [0.5, 0.9, 0.95, 0.99, 0.999];
const closed = "closed formula, by an independent program";
const simulated = "discrete-event simulation, 95 % intervals";

/** Every model of a station against theory, tables and simulation: all rows of all tables. */
export function stationFidelity(): readonly FidelityRow[] {
  return [...mmcRows(), ...mgcRows(), ...ggcRows(), ...policyRows(), ...limitedRows(), ...waitingStationFidelity()];
}

function mmcRows(): readonly FidelityRow[] {
  const { "M/M/c": tolerance } = stationTolerances;
  const cases = mmcTable.rows.map((row) => ({
    ...row,
    name: `c = ${row.c}, ρ = ${row.rho}`,
    solution: solveUnitStation({ servers: row.c, arrivalRatePerSecond: row.c * row.rho }),
  }));
  const described = { model: "M/M/c", exactness: "exact", against: closed } as const;
  const found = cases.flatMap(({ name, solution, c, rho, erlangC }) =>
    levels.map((level) => {
      const model = percentile(solution, level, "waiting");
      const truth = Math.max(0, Math.log(erlangC / (1 - level)) / (c * (1 - rho)));
      return { name: `${name}, p${100 * level}`, model, truth };
    }),
  );
  return [
    fidelityRow(
      { ...described, figure: "probability of waiting" },
      tolerance.probability,
      cases.map(({ name, solution, erlangC }) => ({ name, model: solution.waitProbability, truth: erlangC })),
    ),
    fidelityRow(
      { ...described, figure: "mean wait" },
      tolerance.mean,
      cases.map(({ name, solution, Wq }) => ({ name, model: meanWaitOf(solution), truth: Wq })),
    ),
    fidelityRow(
      { ...described, figure: "mean sojourn" },
      tolerance.mean,
      cases.map(({ name, solution, T }) => ({
        name,
        model: (solution.sojournLaw?.meanMs ?? Number.NaN) / 1000,
        truth: T,
      })),
    ),
    fidelityRow({ ...described, figure: "percentiles of the wait" }, tolerance.percentile, found),
    fidelityRow(
      { ...described, figure: "tail of the sojourn at its percentiles" },
      tolerance.percentile,
      cases.flatMap(({ name, solution, c, rho, erlangC }) =>
        levels.map((level) => ({
          name: `${name}, p${100 * level}`,
          model: sojournTail(c, rho, erlangC, percentile(solution, level, "sojourn")),
          truth: 1 - level,
        })),
      ),
    ),
    fidelityRow(
      { model: "Erlang B", exactness: "exact", against: closed, figure: "loss" },
      stationTolerances["Erlang B"].probability,
      erlangBTable.rows.map(({ c, a, B }) => ({ name: `c = ${c}, a = ${a}`, model: erlangB(c, a), truth: B })),
    ),
  ];
}

/** P(T > t) of M/M/c with a mean service of 1. */
function sojournTail(c: number, rho: number, erlangC: number, t: number): number {
  const d = c * (1 - rho);
  if (Math.abs(d - 1) < 1e-9) return (1 + erlangC * t) * Math.exp(-t);
  return (1 - erlangC) * Math.exp(-t) + (erlangC * (d * Math.exp(-t) - Math.exp(-d * t))) / (d - 1);
}

/** A wait below this many service times is not told by itself. */
const negligible = 0.01;

function mgcRows(): readonly FidelityRow[] {
  const cases = mgcTable.rows.map((row) => {
    const solution = solveUnitStation({
      servers: row.c,
      arrivalRatePerSecond: row.c * row.rho,
      serviceVariability: Math.sqrt(row.cs2),
    });
    return { ...row, name: `${row.G}, c = ${row.c}, ρ = ${row.rho}`, truth: row.Wq, model: meanWaitOf(solution) };
  });
  const against = "embedded chain and quasi-birth-death process, by an independent program";
  const isBetween = ({ c, cs2 }: (typeof cases)[number]): boolean => c > 1 && c <= 16 && cs2 === 0.25 && c >= 3;
  const isSolved = (row: (typeof cases)[number]): boolean =>
    row.c > 1 && (row.c <= 16 || row.cs2 === 0 || row.cs2 === 1) && !isBetween(row);
  const beyond = cases.filter(({ c, cs2 }) => c > 16 && cs2 !== 0 && cs2 !== 1);
  const told = beyond.filter(({ Wq }) => Wq > negligible);
  const { "M/G/c beyond 16 servers": formulas } = stationTolerances;
  const formula = { model: "M/G/c beyond 16 servers", exactness: "approximation", against } as const;
  return [
    fidelityRow(
      { model: "M/G/1", exactness: "exact", against, figure: "mean wait" },
      stationTolerances["M/G/1"].mean,
      cases.filter(({ c }) => c === 1),
    ),
    fidelityRow(
      { model: "M/D/c, M/PH/c", exactness: "exact", against, figure: "mean wait" },
      stationTolerances["M/D/c, M/PH/c"].mean,
      cases.filter(isSolved),
    ),
    fidelityRow(
      { model: "M/G/c between exact neighbours", exactness: "approximation", against, figure: "mean wait" },
      stationTolerances["M/G/c between exact neighbours"].mean,
      cases.filter(isBetween),
    ),
    fidelityRow(
      { ...formula, figure: "mean wait, c² up to 4" },
      formulas.mean,
      told.filter(({ cs2 }) => cs2 <= 4),
    ),
    fidelityRow(
      { ...formula, figure: "mean wait, c² = 9" },
      formulas.irregular,
      told.filter(({ cs2 }) => cs2 > 4),
    ),
    fidelityRow(
      { ...formula, figure: "mean sojourn where waits are under a hundredth of it" },
      formulas.negligible,
      beyond
        .filter(({ Wq }) => Wq <= negligible)
        .map(({ name, model, truth }) => ({ name, model: 1 + model, truth: 1 + truth })),
    ),
  ];
}

/** Squared variations of the simulated laws: constant, Erlang, exponential, hyperexponential, lognormal, Pareto. */
const scvOf = new Map([
  ["D", 0],
  ["E4", 0.25],
  ["E2", 0.5],
  ["M", 1],
  ["H2", 2],
  ["H4", 4],
  ["L1", 1],
  ["L4", 4],
  ["P2.5", 0.8],
]);

function ggcRows(): readonly FidelityRow[] {
  const cases = ggcTable.rows.map((row) => {
    const solution = solveUnitStation({
      servers: row.c,
      arrivalRatePerSecond: row.c * row.rho,
      serviceVariability: Math.sqrt(scvOf.get(row.S) ?? Number.NaN),
      arrivalScv: scvOf.get(row.A) ?? Number.NaN,
    });
    return { ...row, name: `${row.A}/${row.S}/${row.c}, ρ = ${row.rho}`, solution };
  });
  type Case = (typeof cases)[number];
  const isKnown = ({ S }: Case): boolean => !/^[LP]/.test(S);
  const isSingle = ({ c, S }: Case): boolean => c === 1 || S === "M";
  const groups = [
    ["M/G/1", "exact", (row: Case) => row.A === "M" && isKnown(row) && isSingle(row)],
    ["M/D/c, M/PH/c", "exact", (row: Case) => row.A === "M" && isKnown(row) && !isSingle(row) && row.c <= 16],
    [
      "M/G/c beyond 16 servers",
      "approximation",
      (row: Case) => row.A === "M" && isKnown(row) && !isSingle(row) && row.c > 16,
    ],
    ["M/G/c, lognormal service by two moments", "approximation", ({ A, S }: Case) => A === "M" && /^L/.test(S)],
    ["M/G/c, Pareto service by two moments", "approximation", ({ A, S }: Case) => A === "M" && /^P/.test(S)],
    ["GI/G/1, GI/G/c", "approximation", (row: Case) => row.A !== "M"],
  ] as const;
  return groups.flatMap(([model, exactness, isOf]) => {
    const own = cases.filter(isOf);
    const tolerance = stationTolerances[model];
    const described = { model, exactness, against: simulated } as const;
    return [
      ...("mean" in tolerance && exactness === "approximation" && model !== "M/G/c beyond 16 servers"
        ? [
            fidelityRow(
              { ...described, figure: "mean wait, beyond the interval of the simulation" },
              tolerance.mean,
              own
                .map(({ name, solution, Wq, ci95 }) => ({
                  name,
                  model: meanWaitOf(solution),
                  truth: Wq,
                  slack: 2 * ci95 + 1e-3,
                }))
                .map(withSlack),
            ),
          ]
        : []),
      ...("percentile" in tolerance
        ? [
            fidelityRow(
              { ...described, figure: "p50, p90, p95, p99, p999 of the sojourn" },
              tolerance.percentile,
              own.flatMap(({ name, solution, T_p50_90_95_99_999: truths }) =>
                levels.map((level, k) => ({
                  name: `${name}, p${100 * level}`,
                  model: percentile(solution, level, "sojourn"),
                  truth: truths[k] ?? Number.NaN,
                })),
              ),
            ),
          ]
        : []),
    ];
  });
}

/** What is within the interval of a simulation is no error. */
function withSlack({ name, model, truth, slack }: Compared & { readonly slack: number }): Compared {
  const apart = Math.max(0, Math.abs(model - truth) - slack);
  return { name, model: truth + Math.sign(model - truth) * apart, truth };
}

function policyRows(): readonly FidelityRow[] {
  const sojournOf = (load: Partial<StationLoad>): number => meanWaitOf(solveUnitStation(load)) + 1;
  const single = policyTable.rows.map(({ N, rho, d, T, ci95 }) => {
    const dispatch = d === "JSQ" ? ("least-connections" as const) : ("power-of-two" as const);
    const model = sojournOf({ queues: N, arrivalRatePerSecond: N * rho, dispatch });
    return { name: `N = ${N}, ρ = ${rho}`, dispatch, ci95, model, truth: T, slack: 1.5 * ci95 };
  });
  const several = multiServerTable.rows.map(({ N, c, rho, d, Wq, ci95 }) => {
    const dispatch = d === "JSQ" ? ("least-connections" as const) : ("power-of-two" as const);
    const model = sojournOf({ queues: N, servers: c, arrivalRatePerSecond: N * c * rho, dispatch });
    return { name: `N = ${N}, c = ${c}, ρ = ${rho}`, dispatch, model, truth: 1 + Wq, slack: 2 * ci95 };
  });
  const roundRobin = roundRobinTable.rows.flatMap(({ N, T }) =>
    roundRobinTable.rhos.map((rho, k) => ({
      name: `N = ${N}, ρ = ${rho}`,
      model: sojournOf({ queues: N, arrivalRatePerSecond: N * rho, dispatch: "round-robin" }),
      truth: T[k] ?? Number.NaN,
    })),
  );
  const policies = [
    ["join the shortest queue", "least-connections"],
    ["power of two choices", "power-of-two"],
  ] as const;
  return [
    fidelityRow(
      { model: "E_N/M/1", exactness: "exact", against: closed, figure: "mean sojourn, round robin" },
      stationTolerances["E_N/M/1"].mean,
      roundRobin,
    ),
    fidelityRow(
      {
        model: "join the shortest queue",
        exactness: "approximation",
        against: "truncated Markov chain",
        figure: "mean sojourn, two queues",
      },
      stationTolerances["join the shortest queue"].exact,
      single.filter(({ dispatch, ci95 }) => dispatch === "least-connections" && ci95 === 0),
    ),
    ...policies.flatMap(([model, policy]) => [
      fidelityRow(
        { model, exactness: "approximation", against: simulated, figure: "mean sojourn, single servers" },
        stationTolerances[model].mean,
        single
          .filter(({ dispatch, ci95 }) => dispatch === policy && (ci95 > 0 || policy === "power-of-two"))
          .map(withSlack),
      ),
      fidelityRow(
        { model, exactness: "approximation", against: simulated, figure: "mean sojourn, several servers a queue" },
        stationTolerances[model].servers,
        several.filter(({ dispatch }) => dispatch === policy).map(withSlack),
      ),
    ]),
  ];
}

function limitedRows(): readonly FidelityRow[] {
  const cases = mgckTable.rows.map(({ G, c, rho, scv, places, rejected, Wq }) => {
    const arrivals = { servers: c, arrivalRatePerSecond: c * rho };
    const solution = solveUnitStation({ ...arrivals, serviceVariability: Math.sqrt(scv), queueLimit: places });
    return { name: `${G}, c = ${c}, ${places} places, ρ = ${rho}`, solution, rejected, Wq };
  });
  const described = { model: "M/G/c/K", exactness: "approximation", against: "finite Markov chain" } as const;
  return [
    fidelityRow(
      { ...described, figure: "loss" },
      stationTolerances["M/G/c/K"].loss,
      cases
        .map(({ name, solution, rejected }) => ({
          name,
          model: solution.rejectedFraction,
          truth: rejected,
          slack: 1e-4,
        }))
        .map(withSlack),
    ),
    fidelityRow(
      { ...described, figure: "mean wait" },
      stationTolerances["M/G/c/K"].mean,
      cases.map(({ name, solution, Wq }) => ({ name, model: meanWaitOf(solution), truth: Wq })),
    ),
  ];
}

/** In service times. */
function percentile(solution: StationSolution, level: number, of: "waiting" | "sojourn"): number {
  const law = of === "waiting" ? solution.waitingLaw : solution.sojournLaw;
  if (law === null) throw new Error("the station has no steady state");
  return (quantiles(law, [level])[0] ?? Number.NaN) / 1000;
}
