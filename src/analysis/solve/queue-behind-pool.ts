import { constantLaw } from "../latency/constant-law.ts";
import { exponentialLaw } from "../latency/exponential-law.ts";
import { mixture } from "../latency/mixture.ts";
import type { Exactness } from "../model/exactness.ts";
import type { AnalysisModel, Program } from "../model/program.ts";
import { erlangC } from "../queueing/erlang-c.ts";
import { limitedConcurrency, MOST_TOKENS } from "../queueing/limited-concurrency.ts";
import type { StationState } from "./station-state.ts";

/** A wait at the callee shorter than this part of the time that a connection is kept changes nothing for the pool. */
const NO_WAIT = 1e-6;
const ROUNDING = 1e-6;

/**
 * The queue that the calls over each pooled edge meet first, where it is one line that all of them come to; by the station
 * of the pool. More connections than it has servers do not make calls wait twice: what waits for a connection would wait there.
 */
export function queuesBehindPools(model: AnalysisModel): ReadonlyMap<number, number> {
  const behind = new Map<number, number | null>();
  for (const { edge, program } of model.routines) {
    if (edge === null || program.op !== "hold") continue;
    const call = lastCall(program.body);
    const visit = call === null ? undefined : model.routines[model.calls[call]?.routine ?? -1];
    const first = visit === undefined ? null : firstWork(visit.program);
    const known = behind.get(program.station);
    behind.set(program.station, known === undefined || known === first ? first : null);
  }
  const found = new Map<number, number>();
  for (const [pool, queue] of behind) {
    const station = queue === null ? undefined : model.stations[queue];
    if (queue === null || station === undefined) continue;
    const isPlain =
      station.queues === 1 &&
      station.queueLimit === null &&
      station.patienceMs === null &&
      station.discipline === "first-come" &&
      station.scalability === null &&
      station.batch === undefined;
    if (isPlain) found.set(pool, queue);
  }
  return found;
}

function lastCall(body: Program): number | null {
  const step = body.op === "sequence" ? body.steps.at(-1) : body;
  return step?.op === "call" ? step.call : null;
}

function firstWork(program: Program): number | null {
  if (program.op === "work") return program.station;
  const first = program.op === "sequence" ? program.steps[0] : undefined;
  return first === undefined ? null : firstWork(first);
}

/**
 * A pool as its calls meet it, given the queue behind it that all of them, and nothing else, come to: with no more inside
 * than there are connections (see `limitedConcurrency`). The time for which all wait together is divided so that the queue
 * keeps its own wait without a pool, and the pool has what it adds to it, scaled by the variability of the time that a
 * connection is kept as in M/G/c. `connectionsOfOne` are those of one instance of the caller.
 */
export function behindPool(
  pool: StationState,
  queue: StationState,
  admitted: number,
  connectionsOfOne: number,
): StationState {
  const { solution } = pool;
  const waitMs = queue.solution?.meanWaitMs ?? null;
  const rate = pool.arrivalsPerSecond / 1000;
  const serviceMs = queue.meanServiceMs;
  if (solution === null || waitMs === null || rate <= 0 || serviceMs <= 0 || pool.servers > MOST_TOKENS) return pool;
  const isExclusive =
    Math.abs(queue.arrivalsPerSecond - pool.arrivalsPerSecond * admitted) <= ROUNDING * pool.arrivalsPerSecond;
  if (!isExclusive || waitMs <= NO_WAIT * pool.meanServiceMs) return pool;
  const delayMs = Math.max(0, pool.meanServiceMs - serviceMs - waitMs);
  const { capacityPerMs, steady } = limitedConcurrency(
    rate,
    connectionsOfOne,
    queue.servers,
    serviceMs,
    delayMs,
    Math.round(pool.servers / connectionsOfOne),
  );
  // Where the queue itself is what limits, it is the one that breaks.
  const full = queue.servers / serviceMs;
  const capacity = capacityPerMs > full * (1 - 1e-3) ? full : capacityPerMs;
  const meanServiceMs = pool.servers / capacity;
  if (steady === null) return { ...pool, meanServiceMs, completedShare: Math.min(1, capacity / rate) };
  const load = rate * serviceMs;
  const ownWaitMs = (serviceMs * erlangC(queue.servers, load)) / (queue.servers - load);
  const addedMs = Math.max(0, steady.tokenWaitMs + steady.serverWaitMs - ownWaitMs) * ((1 + pool.serviceScv) / 2);
  const probability = Math.min(1, steady.waitProbability);
  const waitingLaw =
    addedMs > 0 && probability > 0
      ? mixture([
          { probability: 1 - probability, law: constantLaw(0) },
          { probability, law: exponentialLaw(addedMs / probability) },
        ])
      : constantLaw(0);
  return {
    ...pool,
    meanServiceMs,
    completedShare: 1,
    rejectedShare: 0,
    solution: {
      ...solution,
      saturated: false,
      offeredUtilization: rate / capacity,
      utilization: steady.busyTokens / pool.servers,
      waitProbability: probability,
      acceptedPerSecond: pool.arrivalsPerSecond,
      completedPerSecond: pool.arrivalsPerSecond,
      backlogGrowthPerSecond: 0,
      meanWaitMs: addedMs,
      meanQueueLength: rate * addedMs,
      waitingLaw,
      servedWaitingLaw: waitingLaw,
      sojournLaw: null,
      exactness: flowEquivalence,
    },
  };
}

const flowEquivalence: Exactness = {
  kind: "approximation",
  model: "Limited concurrency by a flow-equivalent server",
  source: "Chandy, Herzog and Woo 1975",
  typicalErrorPercent: 5,
};
