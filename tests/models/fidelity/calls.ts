import { circuitBreakerCycle } from "#src/analysis/limiting/circuit-breaker.ts";
import { fixedWindowLoss } from "#src/analysis/limiting/fixed-window.ts";
import { slidingCounterLoss } from "#src/analysis/limiting/sliding-counter.ts";
import { slidingLogLoss } from "#src/analysis/limiting/sliding-log.ts";
import { tokenBucketLoss } from "#src/analysis/limiting/token-bucket.ts";
import { ModelBuilder } from "#src/analysis/model/build-model.ts";
import { prepareModel } from "#src/analysis/solve/prepare-model.ts";
import { seekRetryStability } from "#src/analysis/solve/retry-zones.ts";
import { simulatedBreaker, simulatedPooledQueue, simulatedSlidingCounter } from "../call-simulation.ts";
import { client, present, reportOf, serves } from "../design-reports.ts";
import { type Compared, compared } from "./compare.ts";
import type { FidelityRow } from "./row.ts";

const seed = 1954;

/** The closed form of Berger and Whitt with its alternating sum. */
function bergerWhitt(utilization: number, burst: number): number {
  let v = 0;
  let factorial = 1;
  for (let j = 0; j < burst; j++) {
    if (j > 0) factorial *= j;
    const x = utilization * (burst - 1 - j);
    v += ((-x) ** j / factorial) * Math.exp(x);
  }
  return 1 - v / (1 + utilization * v);
}

/** Mean excess of a Poisson count over the limit, summed term by term. */
function meanExcess(mean: number, limit: number): number {
  let weight = Math.exp(-mean);
  let sum = 0;
  for (let k = 1; k < mean + 40 * Math.sqrt(mean) + 60; k++) {
    weight *= mean / k;
    sum += Math.max(0, k - limit) * weight;
  }
  return sum / mean;
}

/** Erlang's loss formula as a quotient of sums. */
function lossQuotient(places: number, load: number): number {
  let weight = 1;
  let sum = 1;
  for (let k = 1; k <= places; k++) {
    weight *= load / k;
    sum += weight;
  }
  return weight / sum;
}

function buckets(): readonly Compared[] {
  return [0.5, 0.8, 0.95, 1, 1.1, 1.5].flatMap((utilization) =>
    [1, 2, 5, 10].map((burst) => ({
      name: `${utilization} of the rate, a burst of ${burst}`,
      model: tokenBucketLoss(utilization, burst),
      truth: bergerWhitt(utilization, burst),
    })),
  );
}

function windows(loss: (mean: number, limit: number) => number, truth: typeof loss): readonly Compared[] {
  return [1, 10, 50].flatMap((limit) =>
    [0.7, 1, 1.5].map((share) => ({
      name: `${share} of a limit of ${limit}`,
      model: loss(share * limit, limit),
      truth: truth(share * limit, limit),
    })),
  );
}

function slidingCounters(): readonly Compared[] {
  return [10, 20, 50, 100].flatMap((limit) =>
    [0.95, 1, 1.2, 2].map((share) => ({
      name: `${share} of a limit of ${limit}`,
      model: slidingCounterLoss(share * limit, limit),
      truth: simulatedSlidingCounter(share * limit, limit, 300_000, seed),
    })),
  );
}

function breakers(): readonly Compared[] {
  const usual = { instances: 1, failureRatio: 0.5, minimumCalls: 20, windowMs: 10_000, openMs: 5000, halfOpenCalls: 1 };
  const strict = { instances: 1, failureRatio: 0.2, minimumCalls: 50, windowMs: 1000, openMs: 1000, halfOpenCalls: 5 };
  const cases = [
    ...[0.3, 0.4, 0.45, 0.5, 0.6, 0.8, 1].map((failureRatio) => ({ breaker: usual, ratePerSecond: 10, failureRatio })),
    ...[0.4, 0.5, 0.7, 1].map((failureRatio) => ({ breaker: usual, ratePerSecond: 2, failureRatio })),
    ...[0.05, 0.15, 0.2, 0.3].map((failureRatio) => ({ breaker: strict, ratePerSecond: 100, failureRatio })),
  ];
  return cases.map(({ breaker, ratePerSecond, failureRatio }) => {
    const load = { ratePerSecond, failureRatio, meanResultMs: 10 };
    return {
      name: `opens at ${breaker.failureRatio} of ${breaker.minimumCalls} calls, ${ratePerSecond}/s of which ${failureRatio} fail`,
      model: circuitBreakerCycle(breaker, load).admittedShare,
      truth: simulatedBreaker(breaker, load, 600_000, seed),
    };
  });
}

/** Calls over a pool to one queue of its own, from the text of a design. */
function pooledQueues(): readonly Compared[] {
  return [
    { connections: 4, servers: 4, networkMs: 0 },
    { connections: 4, servers: 4, networkMs: 4 },
    { connections: 8, servers: 4, networkMs: 4 },
    { connections: 16, servers: 4, networkMs: 10 },
    { connections: 3, servers: 10, networkMs: 2 },
  ].flatMap(({ connections, servers, networkMs }) =>
    [0.5, 0.8, 0.9].map((share) => {
      const capacity = Math.min(servers / 10, connections / (10 + networkMs));
      const ratePerMs = share * capacity;
      const { journey } = reportOf({
        nodes: [client, ["s", "service", serves(1e-6)], ["a", "service", serves(10, servers)]],
        edges: [
          ["client", "s"],
          ["s", "a", { connectionPool: connections, networkMs }],
        ],
        ratePerSecond: ratePerMs * 1000,
      });
      return {
        name: `${connections} connections before ${servers} servers, ${networkMs} ms of network, ${share} of the capacity`,
        model: journey().latencyMs.mean ?? Number.NaN,
        truth: simulatedPooledQueue({ ratePerMs, connections, servers, serviceMs: 10, networkMs }, 400_000, seed),
      };
    }),
  );
}

/** A link of its own before a callee that nothing waits for. */
function links(): readonly Compared[] {
  return [0.3, 0.6, 0.9].map((utilization) => {
    const { edge } = reportOf({
      nodes: [client, ["s", "service", serves(1e-6)], ["a", "service", serves(1, 1000)]],
      edges: [
        ["client", "s"],
        ["s", "a", { payloadBytes: 1000, bandwidthBytesPerSecond: 1e5 }],
      ],
      ratePerSecond: utilization * 100,
    });
    return {
      name: `a link in use for ${utilization} of the time`,
      model: present(edge("s-a").link?.waitMs.mean ?? null),
      truth: (utilization * 10) / (2 * (1 - utilization)),
    };
  });
}

/** Where the low branch of M/M/1 with retries ends: the largest x / Σ e^{−k(1 − x)τ} over x. */
function retryLimits(): readonly Compared[] {
  return [
    [10, 3],
    [10, 1],
    [20, 3],
    [5, 2],
  ].map(([timeout = 0, retries = 0]) => {
    const builder = new ModelBuilder();
    const server = builder.server("server", { serviceMs: 1000 });
    builder.journey(0.1, builder.routine("api", builder.call(server, { timeoutMs: timeout * 1000, retries })));
    const prepared = prepareModel(builder.build());
    if (!prepared.ok) throw new Error("not prepared");
    const search = seekRetryStability(prepared.value);
    let step = search.next();
    while (step.done !== true) step = search.next();
    let truth = 0;
    for (let x = 0; x < 1; x += 1e-5) {
      let attempts = 0;
      for (let k = 0; k <= retries; k++) attempts += Math.exp(-k * (1 - x) * timeout);
      truth = Math.max(truth, x / attempts);
    }
    return {
      name: `a timeout of ${timeout} services and ${retries} retries`,
      model: (step.value?.load ?? 0) / 10,
      truth,
    };
  });
}

/** Limiters, connections, links, breakers and retries against theory and simulation. */
export function callFidelity(): readonly FidelityRow[] {
  return [
    {
      model: "Token bucket as M/D/1/b",
      exactness: "exact",
      against: "closed form of Berger and Whitt 1992",
      figure: "share refused",
      ...compared(buckets()),
      tolerancePercent: 1e-6,
      breaksWhere: "",
    },
    {
      model: "Fixed window",
      exactness: "exact",
      against: "sum over the Poisson law",
      figure: "share refused",
      ...compared(windows(fixedWindowLoss, meanExcess)),
      tolerancePercent: 1e-6,
      breaksWhere: "",
    },
    {
      model: "Sliding log as M/D/N/N",
      exactness: "exact",
      against: "Erlang's loss formula as a quotient of sums",
      figure: "share refused",
      ...compared(windows(slidingLogLoss, (mean, limit) => lossQuotient(limit, mean))),
      tolerancePercent: 1e-6,
      breaksWhere: "",
    },
    {
      model: "Sliding counter by Hayward's approximation",
      exactness: "approximation",
      against: "simulation",
      figure: "share refused",
      ...compared(slidingCounters()),
      tolerancePercent: 8,
      breaksWhere: "limits below 10, and far below the limit, where hardly anything is refused",
    },
    {
      model: "Limited concurrency by a flow-equivalent server",
      exactness: "approximation",
      against: "simulation of a pool before a queue",
      figure: "mean time of a call",
      ...compared(pooledQueues()),
      tolerancePercent: 6,
      breaksWhere: "several pools before one queue, which are taken as open streams",
    },
    {
      model: "Link as M/D/1",
      exactness: "exact",
      against: "Pollaczek–Khinchine formula",
      figure: "mean wait",
      ...compared(links()),
      tolerancePercent: 1e-6,
      breaksWhere: "",
    },
    {
      model: "Circuit breaker as a renewal cycle",
      exactness: "approximation",
      against: "simulation",
      figure: "share let through",
      ...compared(breakers()),
      tolerancePercent: 13,
      breaksWhere: "failures of neighbouring calls that depend on each other, as under a growing queue",
    },
    {
      model: "Low branch of calls with retries",
      exactness: "approximation",
      against: "largest load of the fixed point of M/M/1",
      figure: "load at which it ends",
      ...compared(retryLimits()),
      tolerancePercent: 0.1,
      breaksWhere: "near its end, where chance alone swamps the station",
    },
  ];
}
