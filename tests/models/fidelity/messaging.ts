import { exponentialLaw } from "#src/analysis/latency/exponential-law.ts";
import { quantiles } from "#src/analysis/latency/quantile.ts";
import { solveBatchStation } from "#src/analysis/messaging/batch-station.ts";
import { solveBulkServiceChain } from "#src/analysis/messaging/bulk-service-chain.ts";
import { solveBulkServiceQueue } from "#src/analysis/messaging/bulk-service-queue.ts";
import type { StationSolution } from "#src/analysis/queueing/station.ts";
import { staleProbabilities } from "#src/analysis/replication/quorum-staleness.ts";
import { responseToStep } from "#src/analysis/sizing/autoscaling.ts";
import type { SimulatedBatches } from "../bulk-service-simulation.ts";
import { simulateLoadStep } from "../load-step-simulation.ts";
import { simulateStaleness } from "../quorum-simulation.ts";
import table from "../tables/bulk-service.json" with { type: "json" };
import { type Compared, compared } from "./compare.ts";
import type { FidelityRow } from "./row.ts";

const seed = 1954;

interface BatchCase {
  readonly name: string;
  readonly solved: StationSolution;
  readonly simulated: SimulatedBatches;
}

/** The simulated cases with so many servers and this linger, that have a time of a batch itself or not. */
function batchCases(servers: number, lingerMs: number, hasOwnTime = true): readonly BatchCase[] {
  return table.rows
    .filter((row) => row.servers === servers && row.lingerMs === lingerMs && row.fixedMs > 0 === hasOwnTime)
    .map(({ size, fixedMs, itemMs, variability, load, meanWaitMs, p99SojournMs }) => {
      const serviceTimeMs = fixedMs / size + itemMs;
      const solved = solveBatchStation(
        {
          arrivalRatePerSecond: (1000 * load * servers) / serviceTimeMs,
          serviceTimeMs,
          serviceVariability: variability,
          servers,
          queues: 1,
          dispatch: "shared-queue",
          queueLimit: null,
        },
        { size, lingerMs, fixedMs },
      );
      return {
        name: `${servers} servers, batches of ${size} in ${fixedMs} ms + ${itemMs} ms each, variability ${variability}, linger ${lingerMs} ms, load ${load}`,
        solved,
        simulated: { meanWaitMs, p99SojournMs },
      };
    });
}

const meanWaits = (cases: readonly BatchCase[]): readonly Compared[] =>
  cases.map(({ name, solved, simulated }) => ({ name, model: solved.meanWaitMs ?? 0, truth: simulated.meanWaitMs }));

const highPercentiles = (cases: readonly BatchCase[]): readonly Compared[] =>
  cases.map(({ name, solved, simulated }) => ({
    name,
    model: solved.sojournLaw === null ? 0 : (quantiles(solved.sojournLaw, [0.99])[0] ?? 0),
    truth: simulated.p99SojournMs,
  }));

/** The chain of departures against the geometric law that exponential batches of one mean have. */
function chainAgainstClosedForm(): readonly Compared[] {
  return [1, 2, 8, 16].flatMap((batchSize) =>
    [0.2, 0.5, 0.9, 0.98].map((load) => {
      const arrivalsPerMs = load * batchSize;
      const chain = solveBulkServiceChain({
        size: batchSize,
        lingerMs: 0,
        fixedMs: 1,
        itemMs: 0,
        variability: 1,
        arrivalsPerMs,
      });
      const closed = solveBulkServiceQueue({ servers: 1, batchSize, arrivalsPerMs, startsPerArrival: 1, batchMs: 1 });
      return {
        name: `batches of ${batchSize} at load ${load}`,
        model: chain?.meanWaitMs ?? 0,
        truth: (closed?.waitProbability ?? 0) * (closed?.conditionalMeanMs ?? 0),
      };
    }),
  );
}

const quorums = [
  { replicas: 3, writeQuorum: 1, readQuorum: 1 },
  { replicas: 3, writeQuorum: 2, readQuorum: 1 },
  { replicas: 5, writeQuorum: 2, readQuorum: 2 },
];

function staleReads(): readonly Compared[] {
  const one = exponentialLaw(1);
  return quorums.flatMap((quorum) =>
    [10, 2, 0.5].flatMap((writeMs) => {
      const messages = { write: exponentialLaw(writeMs), acknowledgement: one, read: one, response: one };
      const moments = [0, 1];
      return staleProbabilities(quorum, messages, moments).map((model, place) => {
        const afterMs = moments[place] ?? 0;
        return {
          name: `N ${quorum.replicas}, W ${quorum.writeQuorum}, R ${quorum.readQuorum}, writes of ${writeMs} ms, after ${afterMs} ms`,
          // Shares of consistent reads: a share of stale reads near 0 has no relative error that could be simulated.
          model: 1 - model,
          truth: 1 - simulateStaleness(quorum, writeMs, 1, afterMs, 100_000, seed),
        };
      });
    }),
  );
}

function steps(): readonly Compared[] {
  return [
    { instances: 2, ratePerSecond: 400, seconds: 60 },
    { instances: 4, ratePerSecond: 500, seconds: 30 },
    { instances: 10, ratePerSecond: 1100, seconds: 60 },
  ].map(({ instances, ratePerSecond, seconds }) => ({
    name: `${instances} instances of 100/s at ${ratePerSecond}/s for ${seconds} s`,
    model: responseToStep({
      instancesBefore: instances,
      instancesAfter: instances,
      instanceCapacityPerSecond: 100,
      ratePerSecond,
      reactionMs: seconds * 1000,
    }).backlog,
    truth: simulateLoadStep(instances, 100, ratePerSecond, seconds, 20, seed),
  }));
}

const simulation = `simulation of ${table.seeds.length} × ${table.messages} messages`;

/** How far the models of batches, staleness and steps of the load are from closed forms and simulations. */
export function messagingFidelity(): readonly FidelityRow[] {
  const single = batchCases(1, 0);
  const lingering = batchCases(1, 10);
  const several = batchCases(4, 0);
  const severalLingering = batchCases(4, 10);
  const itemsOnly = batchCases(1, 0, false);
  return [
    {
      model: "M/M^[1,B]/1 by its chain of departures",
      exactness: "exact",
      against: "closed form (Bailey 1954)",
      figure: "mean wait",
      ...compared(chainAgainstClosedForm()),
      tolerancePercent: 1e-4,
      breaksWhere: "",
    },
    {
      model: "M/G^[1,B]/1 with batch times by size",
      exactness: "exact",
      against: simulation,
      figure: "mean wait",
      ...compared(meanWaits([...single, ...itemsOnly])),
      tolerancePercent: 7,
      breaksWhere: "",
    },
    {
      model: "M/G^[1,B]/1 with a linger",
      exactness: "approximation",
      against: simulation,
      figure: "mean wait",
      ...compared(meanWaits(lingering)),
      tolerancePercent: 15,
      breaksWhere: "constant batch times at light load, where a batch starts at the end of another",
    },
    {
      model: "M/G^[1,B]/4",
      exactness: "approximation",
      against: simulation,
      figure: "mean wait",
      ...compared(meanWaits(several)),
      tolerancePercent: 42,
      breaksWhere: "highly variable batches at light load",
    },
    {
      model: "M/G^[1,B]/4 with a linger",
      exactness: "approximation",
      against: simulation,
      figure: "mean wait",
      ...compared(meanWaits(severalLingering)),
      tolerancePercent: 60,
      breaksWhere: "constant batch times under load, where a full batch need not wait for its linger",
    },
    {
      model: "M/G^[1,B]/1",
      exactness: "approximation",
      against: simulation,
      figure: "99th percentile of the sojourn",
      ...compared(highPercentiles(single)),
      tolerancePercent: 20,
      breaksWhere: "batch times that grow with the size and vary much",
    },
    {
      model: "M/G^[1,B]/1, batches without a time of their own",
      exactness: "approximation",
      against: simulation,
      figure: "99th percentile of the sojourn",
      ...compared(highPercentiles(itemsOnly)),
      tolerancePercent: 60,
      breaksWhere: "everywhere: long batches follow long batches, which fitted laws leave out",
    },
    {
      model: "Probabilistically bounded staleness (WARS), integrated",
      exactness: "approximation",
      against: `simulation of 100000 operations, seed ${seed}`,
      figure: "share of consistent reads",
      ...compared(staleReads()),
      tolerancePercent: 1,
      breaksWhere: "copies whose delays depend on each other",
    },
    {
      model: "Backlog of a step of the load (fluid limit)",
      exactness: "approximation",
      against: `simulation of M/M/n, 20 runs, seed ${seed}`,
      figure: "messages waiting as new instances start",
      ...compared(steps()),
      tolerancePercent: 3,
      breaksWhere: "a rate hardly above the capacity",
    },
  ];
}
