import { quantile } from "#src/analysis/latency/quantile.ts";
import type { Solution } from "#src/analysis/model/solution.ts";
import { prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import { type NetworkCase, networkCases } from "../network-cases.ts";
import simulated from "../tables/networks-simulated.json" with { type: "json" };
import { type Compared, compared } from "./compare.ts";
import type { FidelityRow } from "./row.ts";

type Row = (typeof simulated.rows)[number];
type Figure = "meanMs" | "p50" | "p99" | "completedPerSecond";

interface SolvedCase {
  readonly group: NetworkCase["group"];
  readonly name: string;
  readonly solution: Solution;
  readonly truth: Row;
}

let known: readonly SolvedCase[] | null = null;

/** Every network solved, beside what its simulation measured (800 000 requests, seed 20261122). */
function solvedCases(): readonly SolvedCase[] {
  known ??= networkCases().map(({ name, group, model }) => {
    const truth = simulated.rows.find((row) => row.name === name);
    const ready = prepareModel(model);
    if (truth === undefined || !ready.ok) throw new Error(`${name} has no figures`);
    return { name, group, truth, solution: solveModel(ready.value, 1, { details: false }) };
  });
  return known;
}

function figureOf(solution: Solution, journey: number, figure: Figure): number {
  const result = solution.journeys[journey];
  const law = result?.law ?? null;
  if (result === undefined || law === null) throw new Error("no steady state");
  if (figure === "completedPerSecond") return result.completedPerSecond;
  if (figure === "meanMs") return law.meanMs;
  return quantile(law, figure === "p50" ? 0.5 : 0.99);
}

/** A figure of every journey of the networks of some groups. */
function networkFigures(groups: readonly NetworkCase["group"][], figure: Figure): readonly Compared[] {
  return solvedCases()
    .filter(({ group }) => groups.includes(group))
    .flatMap(({ name, solution, truth }) =>
      truth.journeys.map((measured, journey) => ({
        name: truth.journeys.length > 1 ? `${name}, journey ${journey + 1}` : name,
        model: figureOf(solution, journey, figure),
        truth: measured[figure],
      })),
    );
}

const simulation = "simulation of 800 000 requests, ± 1 %, at 90 % load ± 2 %";

/** Networks of queues, open and closed, against simulation. */
export function networkFidelity(): readonly FidelityRow[] {
  const jackson = { exactness: "exact", against: simulation, breaksWhere: "" } as const;
  const analyzer = {
    model: "Queueing network analyzer (Whitt 1983)",
    exactness: "approximation",
    against: simulation,
    breaksWhere:
      "constant service one after another above 80 %, where nobody really waits behind the first, and requests that come back",
  } as const;
  const exact = {
    model: "Closed product-form network (mean value analysis)",
    exactness: "exact",
    against: simulation,
    breaksWhere: "",
  } as const;
  const several = {
    model: "Several classes of users, or users beside open journeys (Linearizer)",
    exactness: "approximation",
    against: simulation,
    breaksWhere: "high percentiles of a journey beside others that hold the queue",
  } as const;
  const general = {
    model: "Closed users with held workers or general service (Schweitzer, Reiser)",
    exactness: "approximation",
    against: simulation,
    breaksWhere: "about as many users as fill the slowest part, with very irregular service",
  } as const;
  const row = (
    about: Pick<FidelityRow, "exactness" | "against" | "breaksWhere"> & { readonly model: string },
    groups: readonly NetworkCase["group"][],
    figure: Figure,
    tolerancePercent: number,
  ): FidelityRow => ({
    ...about,
    figure: words[figure],
    ...compared(networkFigures(groups, figure)),
    tolerancePercent,
  });
  return [
    row({ ...jackson, model: "Tandem of M/M/c (Burke 1956)" }, ["exponential"], "meanMs", 3),
    row({ ...jackson, model: "Tandem of M/M/c, sojourns independent" }, ["exponential"], "p99", 3),
    row(analyzer, ["line", "balanced"], "meanMs", 30),
    row(analyzer, ["line", "balanced"], "p99", 40),
    row({ ...analyzer, model: "Held workers between stations" }, ["held"], "meanMs", 12),
    row(exact, ["closed"], "completedPerSecond", 1),
    row(exact, ["closed"], "meanMs", 2),
    row(exact, ["closed"], "p99", 3),
    row(several, ["closed mixed"], "completedPerSecond", 3),
    row(several, ["closed mixed"], "meanMs", 8),
    row(several, ["closed mixed"], "p99", 25),
    row(general, ["closed general"], "completedPerSecond", 10),
    row(general, ["closed general"], "meanMs", 30),
  ];
}

const words: Record<Figure, string> = {
  meanMs: "mean response",
  p50: "median response",
  p99: "99th percentile of the response",
  completedPerSecond: "throughput",
};
