import { quantile } from "#src/analysis/latency/quantile.ts";
import { ModelBuilder, parallel } from "#src/analysis/model/build-model.ts";
import type { LatencyLaw } from "#src/analysis/model/latency-law.ts";
import { prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { solveModel } from "#src/analysis/solve/solve-model.ts";
import means from "../tables/fork-join.json" with { type: "json" };
import table from "../tables/fork-join-percentiles.json" with { type: "json" };
import { type Compared, compared } from "./compare.ts";
import type { FidelityRow } from "./row.ts";

/** The law of a front that asks `branches` single servers of mean service 1 ms at once and waits for all of them. */
export function forkJoinLaw(branches: number, utilization: number): LatencyLaw {
  const builder = new ModelBuilder();
  const asks = Array.from({ length: branches }, (_, index) =>
    builder.call(builder.server(`part-${index}`, { serviceMs: 1 })),
  );
  builder.journey(1000 * utilization, builder.routine("front", parallel(null, ...asks)));
  const prepared = prepareModel(builder.build());
  if (!prepared.ok) throw new Error("unbounded");
  const law = solveModel(prepared.value, 1).journeys[0]?.law ?? null;
  if (law === null) throw new Error("no steady state");
  return law;
}

const laws = new Map<string, LatencyLaw>();

function lawOf(branches: number, utilization: number): LatencyLaw {
  const key = `${branches}|${utilization}`;
  const law = laws.get(key) ?? forkJoinLaw(branches, utilization);
  laws.set(key, law);
  return law;
}

function nameOf(branches: number, utilization: number): string {
  return `${branches} branches at ${Math.round(100 * utilization)} %`;
}

function percentile(level: number, name: "p50" | "p95" | "p99" | "p999"): readonly Compared[] {
  return table.rows.map(({ branches, utilization, ...row }) => ({
    name: nameOf(branches, utilization),
    model: quantile(lawOf(branches, utilization), level),
    truth: row[name],
  }));
}

/** Fork and join of queues M/M/1 behind one Poisson stream against theory and simulation. */
export function forkJoinFidelity(): readonly FidelityRow[] {
  const utilizations = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];
  const simulated = "simulated fork-join of 2 to 50 queues M/M/1, utilisation 0.5 to 0.95";
  const tail = {
    model: "Nelson and Tantawi 1988, independent branches in the tail",
    exactness: "approximation",
    against: simulated,
    breaksWhere: "service times vary much more than exponential ones",
  } as const;
  return [
    {
      model: "Flatto and Hahn 1984 (two queues M/M/1)",
      exactness: "exact",
      against: "(12 − ρ)/8 times the mean time of one",
      figure: "mean",
      ...compared(
        utilizations.map((rho) => ({
          name: nameOf(2, rho),
          model: lawOf(2, rho).meanMs,
          truth: (12 - rho) / 8 / (1 - rho),
        })),
      ),
      tolerancePercent: 1e-3,
      breaksWhere: "",
    },
    {
      model: "Nelson and Tantawi 1988",
      exactness: "approximation",
      against: simulated,
      figure: "mean",
      ...compared([
        ...table.rows.map(({ branches, utilization, mean }) => ({
          name: nameOf(branches, utilization),
          model: lawOf(branches, utilization).meanMs,
          truth: mean,
        })),
        ...means.rows.flatMap(({ branches, mean }) =>
          means.utilizations.map((rho, place) => ({
            name: nameOf(branches, rho),
            model: lawOf(branches, rho).meanMs,
            truth: mean[place] ?? Number.NaN,
          })),
        ),
      ]),
      tolerancePercent: 5,
      breaksWhere: "service times vary much more than exponential ones",
    },
    { ...tail, figure: "median", ...compared(percentile(0.5, "p50")), tolerancePercent: 12 },
    { ...tail, figure: "95th percentile", ...compared(percentile(0.95, "p95")), tolerancePercent: 3 },
    { ...tail, figure: "99th percentile", ...compared(percentile(0.99, "p99")), tolerancePercent: 3 },
    { ...tail, figure: "99.9th percentile", ...compared(percentile(0.999, "p999")), tolerancePercent: 5 },
  ];
}
