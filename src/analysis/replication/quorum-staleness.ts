import { tail } from "../latency/tail.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import { overlaps, type Quorum } from "./quorum-overlap.ts";

/** The four messages of an operation with a quorum, as laws in milliseconds: write and acknowledgement, read and response. */
export interface QuorumMessages {
  readonly write: LatencyLaw;
  readonly acknowledgement: LatencyLaw;
  readonly read: LatencyLaw;
  readonly response: LatencyLaw;
}

/** Equally likely times that stand for a law, at the middles of as many equal shares. */
const POINTS = 100;
/** Points of the time of the confirmation, and of the time of the last of the R answers. */
const CONFIRMATIONS = 40;

/**
 * P(a read that starts t after a write was confirmed misses it), by the WARS model (Bailis et al. 2012, section 4): the
 * write is confirmed at x, when the W-th of N copies has got and acknowledged it; a copy that has not can still answer in time,
 * if the write reaches it before the read. Messages are independent between copies. Found by integration, where the paper
 * simulates: given x, N − W copies are free of it, each stale and among the answers until y with probability
 * G(y) = ∫ P(W > x + t + r) dP(R = r, R + S ≤ y) / P(W + A > x), and the R fastest are all stale with probability
 * C(N − W, R) ∫ P(R + S > y)^(N − R) d(G(y)^R). Within 0.002 of simulation.
 *
 * @param afterMs the times t, 0 or more
 */
export function staleProbabilities(quorum: Quorum, messages: QuorumMessages, afterMs: readonly number[]): number[] {
  if (overlaps(quorum)) return afterMs.map(() => 0);
  const { replicas, writeQuorum, readQuorum } = quorum;
  const tables = new Map<LatencyLaw, TailTable>();
  const tableOf = (law: LatencyLaw): TailTable => {
    const table = tables.get(law) ?? new TailTable(law);
    tables.set(law, table);
    return table;
  };
  const writes = tableOf(messages.write).points();
  const acknowledgements = tableOf(messages.acknowledgement).points();
  const reads = tableOf(messages.read).points();
  const responses = tableOf(messages.response).points();
  const confirmed = sumsOf(writes, acknowledgements);
  const answered = sumsOf(reads, responses);
  const written = tableOf(messages.write);
  // Share of the answers of each read time that are in by each grid time.
  const times = Array.from({ length: CONFIRMATIONS }, (_, place) => quantileOf(answered, (place + 1) / CONFIRMATIONS));
  const answeredBy = times.map((time) => reads.map((read) => shareUpTo(responses, time - read)));
  const choices = combinations(replicas - writeQuorum, readQuorum);
  return afterMs.map((after) => {
    let stale = 0;
    for (let place = 0; place < CONFIRMATIONS; place++) {
      const share = orderStatisticShare(writeQuorum, replicas, (place + 0.5) / CONFIRMATIONS);
      const x = quantileOf(confirmed, share);
      const unconfirmed = 1 - share;
      const missed = reads.map((read) => Math.min(1, written.tailAt(x + after + read) / unconfirmed));
      let before = 0;
      let probability = 0;
      for (const [k, ofRead] of answeredBy.entries()) {
        let sum = 0;
        for (const [index, part] of ofRead.entries()) sum += part * (missed[index] ?? 0);
        const now = (sum / reads.length) ** readQuorum;
        const later = 1 - (k + 0.5) / CONFIRMATIONS;
        probability += (now - before) * later ** (replicas - readQuorum);
        before = now;
      }
      stale += choices * probability;
    }
    return Math.min(1, stale / CONFIRMATIONS);
  });
}

/** Times at which a law is evaluated: evenly up to its 99.99th percentile, closer together at the start. */
const GRID = 300;
const LAST_TAIL = 1e-4;

/** A tail on a grid, in logarithms straight between its points and on beyond the last: many times cost little more than one. */
class TailTable {
  private readonly times: readonly number[];
  private readonly tails: readonly number[];

  constructor(law: LatencyLaw) {
    const first = law.pieces[0]?.shiftMs ?? 0;
    let span = Math.max(law.meanMs - first, Number.MIN_VALUE);
    while (tail(law, first + span) > LAST_TAIL) span *= 1.5;
    this.times = Array.from({ length: GRID + 1 }, (_, place) => first + span * (place / GRID) ** 2);
    this.tails = this.times.map((time) => tail(law, time));
  }

  tailAt(time: number): number {
    const { times, tails } = this;
    const [first = 0] = times;
    if (time < first) return 1;
    const last = times[GRID] ?? 0;
    const place = Math.min(
      GRID - 1,
      Math.floor(GRID * Math.sqrt((time - first) / Math.max(last - first, Number.MIN_VALUE))),
    );
    const from = times[place] ?? 0;
    const to = times[place + 1] ?? 0;
    const before = tails[place] ?? 0;
    const after = tails[place + 1] ?? 0;
    if (before <= 0 || to <= from) return Math.max(0, before);
    if (after <= 0) return time >= to ? 0 : before * (1 - (time - from) / (to - from));
    return before * Math.exp((Math.log(after / before) * (time - from)) / (to - from));
  }

  /** Equally likely times, at the middles of as many equal shares. */
  points(): readonly number[] {
    const found: number[] = [];
    let place = 0;
    for (let point = 0; point < POINTS; point++) {
      const wanted = 1 - (point + 0.5) / POINTS;
      while (place < GRID && (this.tails[place] ?? 0) > wanted) place += 1;
      const above = this.tails[place - 1];
      const below = this.tails[place] ?? 0;
      const from = this.times[place - 1] ?? 0;
      const to = this.times[place] ?? 0;
      // A jump at the first time of all has no point before it.
      found.push(above === undefined || above <= below ? to : to - ((to - from) * (wanted - below)) / (above - below));
    }
    return found;
  }
}

/** All sums of two sets of points, in order. */
function sumsOf(first: readonly number[], second: readonly number[]): Float64Array {
  const sums = new Float64Array(first.length * second.length);
  let place = 0;
  for (const a of first) for (const b of second) sums[place++] = a + b;
  return sums.sort();
}

function quantileOf(sorted: Float64Array, share: number): number {
  const place = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
  return sorted[place] ?? 0;
}

/** Share of the points that are at most `time`, straight between the middles of their shares. */
function shareUpTo(points: readonly number[], time: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low / points.length;
}

function combinations(of: number, take: number): number {
  let count = 1;
  for (let drawn = 0; drawn < take; drawn++) count *= (of - drawn) / (drawn + 1);
  return count;
}

/** The share u of a law at which the k-th smallest of n reaches probability p: P(at least k of n ≤ u) = p, by bisection. */
function orderStatisticShare(k: number, n: number, p: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    let atLeast = 0;
    for (let count = k; count <= n; count++) {
      atLeast += combinations(n, count) * middle ** count * (1 - middle) ** (n - count);
    }
    if (atLeast < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
