import { type Conditions, copyConditions } from "../flow/conditions.ts";
import { solveTraffic, type Traffic } from "../flow/traffic.ts";
import type { CallSite } from "../model/program.ts";
import { closedAtLoad } from "./closed-journeys.ts";
import { settleFlows } from "./fixed-point.ts";
import { breakingLoads, largestLoad } from "./largest-load.ts";
import type { PreparedModel } from "./prepare-model.ts";

/** Arrivals that grow by less than this are not amplified. */
const ROUNDING = 1e-9;

/** Flows at load 1 if every call used all of its attempts. */
export interface AllAttempts {
  readonly conditions: Conditions;
  readonly traffic: Traffic;
}

/**
 * A timeout is what makes a retry of work that is still done: the ones that load a station without helping it. A circuit
 * breaker breaks the circle: it opens, and the queue empties.
 */
const isLateRetry = ({ retries, timeoutMs, circuitBreaker }: CallSite): boolean =>
  retries > 0 && timeoutMs !== null && circuitBreaker === null;

/** The unclipped flows with r + 1 attempts for each use of a call that may time out; null when there is none. */
export function allAttempts(prepared: PreparedModel): AllAttempts | null {
  if (!prepared.model.calls.some(isLateRetry)) return null;
  return withAllAttempts(prepared, isLateRetry);
}

function withAllAttempts(
  { model, graph, conditions }: PreparedModel,
  counts: (site: CallSite) => boolean,
): AllAttempts {
  const all = copyConditions(conditions);
  model.calls.forEach((site, call) => {
    if (counts(site)) all.attempts[call] = site.retries + 1;
  });
  return { conditions: all, traffic: solveTraffic(model, graph, all, 1) };
}

/** Whether retries can send a station more than its first attempts. */
export function isAmplified(prepared: PreparedModel, worst: AllAttempts, station: number): boolean {
  const first = prepared.unclipped.arrivals[station] ?? 0;
  return (worst.traffic.arrivals[station] ?? 0) > first * (1 + ROUNDING) && first > 0;
}

/**
 * Up to which load each node with amplified arrivals is safe: the "hidden capacity", where all calls with all their attempts
 * still stay below it (Bronson et al. 2021, HotOS, "Metastable failures in distributed systems"). By node index.
 */
export function retrySafeLoads(prepared: PreparedModel): ReadonlyMap<number, number> {
  const worst = allAttempts(prepared);
  if (worst === null) return new Map();
  const amplified = new Set(
    prepared.model.stations.flatMap(({ node }, station) => (isAmplified(prepared, worst, station) ? [node] : [])),
  );
  const busiest: PreparedModel = {
    ...prepared,
    unclipped: worst.traffic,
    conditions: worst.conditions,
    origins: prepared.origins.forgotten(),
  };
  const safe = new Map<number, number>();
  for (const { node, load } of breakingLoads(busiest)) if (amplified.has(node)) safe.set(node, load);
  return safe;
}

/** Where a state in which most is answered at the first attempt ends. */
export interface RetryStability {
  /** Largest load with such a state; the breaking load when retries take nothing of it. */
  readonly load: number;
  /** Nodes that are swamped by retries just above it; empty when retries take nothing of it. */
  readonly nodes: readonly number[];
}

/** Relative tolerance of the search. */
const TOLERANCE = 2e-4;
/** Just below a tangent the flows come to rest too slowly to wait for; moving by less than this they stay. */
const NEARLY_SETTLED = 1e-4;
/** Rounds of all solutions together, times the calls of the model; beyond it the search ends as near as it is. */
const MOST_WORK = 20_000;

/**
 * The largest load with a stable low branch: the fixed point x = λ Σ P(an attempt fails at x)ᵏ from below (for M/M/1 and a
 * timeout τ the λ* of x = λ Σ_{k ≤ r} e^{−k(μ − x)τ}). Above it retries feed themselves without any cause from outside. An
 * upper bound: near it, chance alone can swamp a station. One solution at a time; null without calls that are retried late.
 */
export function* seekRetryStability(prepared: PreparedModel): Generator<undefined, RetryStability | null, undefined> {
  const worst = allAttempts(prepared);
  const limit = largestLoad(prepared);
  const safe = Math.min(...retrySafeLoads(prepared).values());
  if (worst === null || limit === null || !Number.isFinite(safe)) return null;
  let work = 0;
  const swampedAt = (load: number): readonly number[] | null => {
    const flows = settleFlows(closedAtLoad(prepared, load).prepared, load);
    work += flows.rounds * prepared.model.calls.length;
    const nodes = prepared.model.stations.flatMap(({ node }, station) => {
      const solution = flows.evaluation.stations[station]?.solution;
      const isFull = solution === null || solution?.saturated === true;
      return isFull && isAmplified(prepared, worst, station) ? [node] : [];
    });
    if (nodes.length > 0) return [...new Set(nodes)];
    return flows.settled || flows.residual < NEARLY_SETTLED ? null : [];
  };
  let low = Math.min(safe, limit);
  let high = limit * (1 - TOLERANCE / 2);
  let nodes = swampedAt(high);
  if (nodes === null || low >= high) return { load: limit, nodes: [] };
  while (high - low > TOLERANCE * high && work < MOST_WORK) {
    yield;
    const middle = (low + high) / 2;
    const swamped = swampedAt(middle);
    if (swamped === null) low = middle;
    else {
      high = middle;
      if (swamped.length > 0) nodes = swamped;
    }
  }
  return { load: (low + high) / 2, nodes };
}

/**
 * By journey: the most visits that retries can make of one visit somewhere below, when every attempt fails: the product of
 * r + 1 over the calls on the way (Beyer et al. 2016, Site Reliability Engineering, ch. 22). 1 without retries.
 */
export function retryAmplification(prepared: PreparedModel): readonly number[] {
  const model = {
    ...prepared.model,
    journeys: prepared.model.journeys.map((journey) => ({ ...journey, ratePerSecond: 1 })),
  };
  const once = solveTraffic(model, prepared.graph, prepared.conditions, 1).visits;
  const often = withAllAttempts({ ...prepared, model }, ({ retries }) => retries > 0).traffic.visits;
  const factors = model.journeys.map(() => 1);
  model.routines.forEach(({ journey }, routine) => {
    const first = once[routine] ?? 0;
    if (first > 0) factors[journey] = Math.max(factors[journey] ?? 1, (often[routine] ?? 0) / first);
  });
  return factors;
}
