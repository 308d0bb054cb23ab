import { erlangB } from "../queueing/erlang-b.ts";

/** One line in front of servers that each take up to `batchSize` at once. Times in milliseconds, rates per millisecond. */
export interface BulkServiceQueue {
  readonly servers: number;
  /** Integer from 1. */
  readonly batchSize: number;
  readonly arrivalsPerMs: number;
  /** Rate at which batches start while a server is free, per arrival: 1 when each arrival starts one, less when they collect. */
  readonly startsPerArrival: number;
  /** Mean time of a batch, whatever its size. */
  readonly batchMs: number;
}

export interface BulkServiceWait {
  /** Probability that an arrival finds all servers busy. */
  readonly waitProbability: number;
  /** Mean wait of those; it is exponential. */
  readonly conditionalMeanMs: number;
  /** Probability that a full batch is waiting, given that all servers are busy. */
  readonly fullBatchWaits: number;
  readonly meanBatchSize: number;
}

/**
 * M/M^[1,B]/c: Poisson arrivals, exponential batch times, and a server that becomes free takes what waits, B at most (Bailey 1954;
 * Neuts 1967; Chaudhry and Templeton 1983, section 4.2). While all servers are busy the waiting are geometric with the root r
 * in (0, 1) of λ + cμr^(B+1) = (λ + cμ)r, so that who waits, waits an exponential time of rate cμ(1 − r^B); below that level the chain
 * is that of Erlang's loss system. Exact for these assumptions; with B = 1 it is M/M/c.
 *
 * @returns null without a steady state, from λ = cBμ on
 */
export function solveBulkServiceQueue(queue: BulkServiceQueue): BulkServiceWait | null {
  const { servers, batchSize, arrivalsPerMs, startsPerArrival, batchMs } = queue;
  const completions = servers / batchMs;
  if (arrivalsPerMs >= completions * batchSize) return null;
  const root = waitingRatio(arrivalsPerMs / completions, batchSize);
  const loss = erlangB(servers, arrivalsPerMs * startsPerArrival * batchMs);
  const waitProbability = loss / (1 - root * (1 - loss));
  const fullBatchWaits = root ** batchSize;
  const starts = arrivalsPerMs * startsPerArrival * (1 - waitProbability) + completions * waitProbability * root;
  return {
    waitProbability,
    conditionalMeanMs: 1 / (completions * (1 - fullBatchWaits)),
    fullBatchWaits,
    meanBatchSize: Math.max(1, arrivalsPerMs / starts),
  };
}

/** The root in (0, 1) of a + r^(B+1) = (1 + a)r, where a = λ/(cμ) < B, by bisection of r + … + r^B = a. */
function waitingRatio(offered: number, batchSize: number): number {
  if (batchSize === 1) return offered;
  let low = 0;
  let high = 1;
  while (high - low > 1e-15) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    const sum = (middle * (1 - middle ** batchSize)) / (1 - middle);
    if (sum < offered) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
