import { quantiles } from "#src/analysis/latency/quantile.ts";
import { ringShareLaw } from "#src/analysis/queueing/ring-share-law.ts";
import { relativeCapacity } from "#src/analysis/queueing/universal-scalability.ts";
import { solvePhaseChain } from "../phase-chain.ts";
import { simulateProcessorSharing } from "../shared-servers-simulation.ts";
import { meanWaitOf, solveUnitStation } from "../station-cases.ts";
import balancedTable from "../tables/balanced-patience.json" with { type: "json" };
import { stationTolerances } from "../tolerances.ts";
import type { Compared } from "./compare.ts";
import type { FidelityRow } from "./row.ts";
import { fidelityRow } from "./station-row.ts";

/** Requests that give up, servers that are shared or slow each other down, and unequal shares. */
export function waitingStationFidelity(): readonly FidelityRow[] {
  return [...impatientRows(), ...balancedRows(), ...sharedRows(), ...contendedRows(), ...ringRows()];
}

function impatientRows(): readonly FidelityRow[] {
  const { published } = stationTolerances["Erlang-A"];
  const example = solveUnitStation({ servers: 50, arrivalRatePerSecond: 48, patienceMs: 2000 });
  const printed: readonly Compared[] = [
    { name: "share that gives up", model: example.abandonedFraction, truth: 0.0309 },
    { name: "mean wait, seconds", model: 60 * meanWaitOf(example), truth: 3.709 },
    { name: "utilisation", model: example.utilization, truth: 0.9303 },
    { name: "number waiting", model: example.meanQueueLength ?? Number.NaN, truth: 2.968 },
  ];
  const exact = [1, 5, 50, 400].flatMap((servers) =>
    [0.5, 0.9, 1, 1.3].flatMap((rho) =>
      [0.2, 2, 20].map((patience) => {
        const offered = servers * rho;
        const solution = solveUnitStation({ servers, arrivalRatePerSecond: offered, patienceMs: 1000 * patience });
        const name = `c = ${servers}, ρ = ${rho}, patience ${patience}`;
        return { name, model: solution.abandonedFraction, truth: abandonedByRecursion(servers, offered, patience) };
      }),
    ),
  );
  const general = [1, 8].flatMap((servers) =>
    [0.7, 1, 1.3].flatMap((rho) =>
      [0.5, 2, 6].flatMap((patience) =>
        [0.5, 4].map((scv) => {
          const load = { servers, arrivalRatePerSecond: servers * rho, patienceMs: 1000 * patience };
          const solution = solveUnitStation({ ...load, serviceVariability: Math.sqrt(scv) });
          const truth = solvePhaseChain({ servers, offeredLoad: servers * rho, scv, patience });
          return { name: `c² = ${scv}, c = ${servers}, ρ = ${rho}, patience ${patience}`, solution, truth };
        }),
      ),
    ),
  );
  const chain = { model: "M/G/c+M", exactness: "approximation", against: "Markov chain of two phases" } as const;
  return [
    fidelityRow(
      {
        model: "Erlang-A",
        exactness: "exact",
        against: "Garnett, Mandelbaum and Reiman 2002, example",
        figure: "losses, waits, utilisation",
      },
      published,
      printed,
    ),
    fidelityRow(
      { model: "Erlang-A", exactness: "exact", against: "birth–death chain", figure: "share that gives up" },
      stationTolerances["Erlang-A"].mean,
      exact,
    ),
    fidelityRow(
      { ...chain, figure: "share that gives up" },
      stationTolerances["M/G/c+M"].abandoned,
      general.map(({ name, solution, truth }) => ({
        name,
        model: solution.abandonedFraction,
        truth: truth.abandonedFraction,
      })),
    ),
    fidelityRow(
      { ...chain, figure: "mean wait" },
      stationTolerances["M/G/c+M"].mean,
      general.map(({ name, solution, truth }) => ({ name, model: meanWaitOf(solution), truth: truth.meanWait })),
    ),
  ];
}

/** Lines that are chosen by their length, with patience, and lines that are fed in turn by weight. */
function balancedRows(): readonly FidelityRow[] {
  const against = "simulated Markov chain";
  const impatient = balancedTable.patience.map(({ N, c, rho, patience, d, abandoned }) => {
    const solution = solveUnitStation({
      queues: N,
      servers: c,
      arrivalRatePerSecond: N * c * rho,
      dispatch: d === "JSQ" ? "least-connections" : "power-of-two",
      patienceMs: 1000 * patience,
    });
    const name = `N = ${N}, c = ${c}, ρ = ${rho}, patience ${patience}`;
    return { name, d, model: solution.abandonedFraction, truth: abandoned };
  });
  const weighted = balancedTable.weightedRoundRobin.map(({ weights, busiest, Wq }) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const solution = solveUnitStation({
      queues: weights.length,
      arrivalRatePerSecond: (busiest * total) / Math.max(...weights),
      dispatch: "round-robin",
      shares: weights,
    });
    return { name: `weights ${weights.join(", ")}`, model: meanWaitOf(solution), truth: Wq };
  });
  const figure = "share that gives up";
  const shortest = "join the shortest queue, with patience";
  const two = "power of two choices, with patience";
  return [
    fidelityRow(
      { model: shortest, exactness: "approximation", against, figure },
      stationTolerances[shortest].abandoned,
      impatient.filter(({ d }) => d === "JSQ"),
    ),
    fidelityRow(
      { model: two, exactness: "approximation", against, figure },
      stationTolerances[two].abandoned,
      impatient.filter(({ d }) => d !== "JSQ"),
    ),
    fidelityRow(
      { model: "weighted round robin", exactness: "approximation", against, figure: "mean wait" },
      stationTolerances["weighted round robin"].mean,
      weighted,
    ),
  ];
}

/** From the balance of arrivals and departures, upwards from nobody. */
function abandonedByRecursion(servers: number, offered: number, patience: number): number {
  let log = 0;
  const logs = [0];
  for (let n = 1; n < servers + offered * patience * 4 + 2000; n += 1) {
    log += Math.log(offered / (Math.min(n, servers) + Math.max(0, n - servers) / patience));
    logs.push(log);
  }
  const largest = logs.reduce((most, next) => Math.max(most, next), 0);
  let total = 0;
  let waiting = 0;
  for (const [n, next] of logs.entries()) {
    total += Math.exp(next - largest);
    waiting += Math.exp(next - largest) * Math.max(0, n - servers);
  }
  return waiting / total / patience / offered;
}

const levels = [0.5, 0.9, 0.99, 0.999];
const requests = 300_000;

function sharedRows(): readonly FidelityRow[] {
  const single = [0.3, 0.8, 0.95].map((rho) => {
    const shared = { discipline: "processor-sharing", arrivalRatePerSecond: rho } as const;
    const { sojournLaw } = solveUnitStation(shared);
    const name = `ρ = ${rho}`;
    const variance = (2 + rho) / (2 - rho) / (1 - rho) ** 2;
    return [
      { name, model: (sojournLaw?.meanMs ?? Number.NaN) / 1000, truth: 1 / (1 - rho) },
      { name, model: (sojournLaw?.varianceMs2 ?? Number.NaN) / 1e6, truth: variance },
    ] as const;
  });
  const cases = [1, 4].flatMap((servers) =>
    [0, Math.SQRT1_2, 2].flatMap((variability) =>
      [0.5, 0.7].map((rho) => {
        const offeredLoad = servers * rho;
        const simulated = simulateProcessorSharing({ servers, offeredLoad, variability, requests, seed: 1970 });
        const settled = simulated.subarray(requests / 20).sort();
        const { sojournLaw } = solveUnitStation({
          servers,
          arrivalRatePerSecond: offeredLoad,
          serviceVariability: variability,
          discipline: "processor-sharing",
        });
        if (sojournLaw === null) throw new Error("the station has no steady state");
        const found = quantiles(sojournLaw, levels);
        const name = `c = ${servers}, c² = ${Number((variability ** 2).toFixed(2))}, ρ = ${rho}`;
        return {
          mean: {
            name,
            model: sojournLaw.meanMs / 1000,
            truth: settled.reduce((sum, t) => sum + t, 0) / settled.length,
          },
          percentiles: levels.map((level, k) => ({
            name: `${name}, p${100 * level}`,
            model: (found[k] ?? Number.NaN) / 1000,
            truth: settled[Math.floor(level * settled.length)] ?? Number.NaN,
          })),
        };
      }),
    ),
  );
  const exact = {
    model: "M/M/c processor sharing",
    exactness: "exact",
    against: "Coffman, Muntz and Trotter 1970",
  } as const;
  const general = {
    model: "M/G/c processor sharing",
    exactness: "approximation",
    against: "seeded simulation of 300 000 requests",
  } as const;
  const tolerance = stationTolerances["M/G/c processor sharing"];
  return [
    fidelityRow(
      { ...exact, figure: "mean sojourn" },
      stationTolerances["M/M/c processor sharing"].mean,
      single.map(([mean]) => mean),
    ),
    fidelityRow(
      { ...exact, figure: "variance of the sojourn" },
      stationTolerances["M/M/c processor sharing"].percentile,
      single.map(([, variance]) => variance),
    ),
    fidelityRow(
      { ...general, figure: "mean sojourn" },
      tolerance.mean,
      cases.map(({ mean }) => mean),
    ),
    fidelityRow(
      { ...general, figure: "percentiles of the sojourn" },
      tolerance.percentile,
      cases.flatMap(({ percentiles }) => percentiles),
    ),
  ];
}

/** Fitted to the SPEC SDM91 benchmark (Gunther 2007): scripts an hour at so many generators. */
const sdm91 = { contention: 0.0277285, coherency: 0.0001044 };
const measured = [
  [18, 995.9],
  [36, 1652.4],
  [72, 1853.2],
  [108, 1828.9],
  [144, 1775],
  [216, 1702.2],
] as const;

function contendedRows(): readonly FidelityRow[] {
  const model = "universal scalability law";
  const chains = [2, 8, 32].flatMap((servers) =>
    [0.3, 0.8, 0.95].map((rho) => {
      const scalability = { contention: 0.05, coherency: 0.002 };
      const offered = rho * relativeCapacity(scalability, servers);
      const { meanQueueLength } = solveUnitStation({ servers, arrivalRatePerSecond: offered, scalability });
      let [weight, total, waiting] = [1, 1, 0];
      for (let n = 1; n < 3000; n += 1) {
        weight *= offered / relativeCapacity(scalability, Math.min(n, servers));
        total += weight;
        waiting += weight * Math.max(0, n - servers);
      }
      return { name: `c = ${servers}, ρ = ${rho}`, model: meanQueueLength ?? Number.NaN, truth: waiting / total };
    }),
  );
  return [
    fidelityRow(
      { model, exactness: "exact", against: "birth–death chain", figure: "number waiting" },
      stationTolerances[model].mean,
      chains,
    ),
    fidelityRow(
      { model, exactness: "approximation", against: "SPEC SDM91, published fit", figure: "throughput" },
      stationTolerances[model].published,
      measured.map(([load, truth]) => ({
        name: `${load} generators`,
        model: 89.9952 * relativeCapacity(sdm91, load),
        truth,
      })),
    ),
  ];
}

function ringRows(): readonly FidelityRow[] {
  const spread = [
    [1, 0.999, 0.005, 5.29],
    [10, 0.3161, 0.372, 2],
    [100, 0.0999, 0.761, 1.276],
    [1000, 0.0316, 0.92, 1.083],
  ] as const;
  const largest = [
    [5, [2.27, 1.39, 1.12, 1.075]],
    [10, [2.88, 1.56, 1.16, 1.1]],
    [50, [4.55, 1.88, 1.24, 1.15]],
    [100, [5.23, 1.96, 1.27, 1.16]],
  ] as const;
  const model = "hash ring";
  return [
    fidelityRow(
      {
        model,
        exactness: "exact",
        against: "Beta law, and the table of Lamping and Veach 2014",
        figure: "standard error and 99 % range of a share",
      },
      stationTolerances[model].spread,
      spread.flatMap(([points, variation, low, high]) => {
        const law = ringShareLaw(1000, points);
        const name = `1000 targets, ${points} points`;
        return [
          { name: `${name}, standard error`, model: law.variation, truth: variation },
          ...(points === 1 ? [] : [{ name: `${name}, low`, model: law.range99[0], truth: low }]),
          { name: `${name}, high`, model: law.range99[1], truth: high },
        ];
      }),
    ),
    fidelityRow(
      { model, exactness: "exact", against: "seeded simulation", figure: "mean of the largest share" },
      stationTolerances[model].largest,
      largest.flatMap(([targets, means]) =>
        [1, 10, 100, 256].map((points, k) => ({
          name: `${targets} targets, ${points} points`,
          model: ringShareLaw(targets, points).expectedLargest,
          truth: means[k] ?? Number.NaN,
        })),
      ),
    ),
  ];
}
