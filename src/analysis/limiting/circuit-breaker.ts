import { upperIncompleteGammaRatio } from "../latency/incomplete-gamma.ts";
import type { CircuitBreaker } from "../model/program.ts";
import { poissonProbability } from "../queueing/erlang-b.ts";
import { meanPassage, normalLevel } from "./ornstein-uhlenbeck-passage.ts";

/** What one breaker sees while it lets calls through. */
export interface BreakerLoad {
  /** Calls that ask it, Poisson. */
  readonly ratePerSecond: number;
  /** Probability that a call that it lets through fails, each by itself. */
  readonly failureRatio: number;
  /** Mean time until the result of a call is known. */
  readonly meanResultMs: number;
}

export interface BreakerCycle {
  /** Share of the calls that are let through. */
  readonly admittedShare: number;
  /** Mean time that it stays closed; infinite when it never opens. */
  readonly meanClosedMs: number;
}

/** Fewer refusals than this change no figure. */
const NEVER_OPENS = 1e-9;
/** Calls that are followed one by one after it has closed; later ones fill a window that is nearly in balance. */
const FOLLOWED_CALLS = 1000;
/** Counts of failures that are rarer are not followed on. */
const NEGLIGIBLE = 1e-24;

/**
 * The steady state of a circuit breaker as a renewal cycle: closed, until the calls of the last `windowMs` are at least
 * `minimumCalls` and at least `failureRatio` of them failed; open for `openMs`; then `halfOpenCalls` probes, which close it
 * when all succeed and open it again when one fails. Counting starts anew at each closing. With mean times C closed, O open
 * and H half open, and the probability s that a round of probes succeeds, the share let through is that of the calls of
 * λC + k/s in λ(C + (O + H)/s) (renewal reward: Smith 1955).
 *
 * The closed time is a first passage, in two parts. While the window fills, the number of failures is a random walk, followed
 * call by call. In a full window the failures and successes are Poisson counts; they enter the forbidden region at their
 * stationary rate, in clumps (Poisson clumping: Aldous 1989, B and C).
 *
 * Approximation: results of calls are independent, and come after their mean time. Measured in `circuit-breaker.test.ts`.
 */
export function circuitBreakerCycle(breaker: CircuitBreaker, load: BreakerLoad): BreakerCycle {
  const { openMs } = breaker;
  const ratePerMs = load.ratePerSecond / 1000;
  if (ratePerMs <= 0 || isOutOfReach(breaker, load.failureRatio)) return neverOpens;
  const closedMs = meanFirstPassageMs(breaker, load.failureRatio, ratePerMs) + load.meanResultMs;
  if (closedMs === Number.POSITIVE_INFINITY) return neverOpens;
  const probes = probing(breaker, load.failureRatio, ratePerMs * load.meanResultMs);
  const roundMs = openMs + probes.untilDecided / ratePerMs + load.meanResultMs;
  // Multiplied by the probability that a round closes it, so that one that never closes needs no case of its own.
  const admitted = probes.closes * ratePerMs * closedMs + probes.admitted;
  const asked = ratePerMs * (probes.closes * closedMs + roundMs);
  const admittedShare = Math.min(1, admitted / asked);
  return admittedShare > 1 - NEVER_OPENS ? neverOpens : { admittedShare, meanClosedMs: closedMs };
}

const neverOpens: BreakerCycle = { admittedShare: 1, meanClosedMs: Number.POSITIVE_INFINITY };

/**
 * A round of probes: the first failure, or the last success, decides when its result is known. `during` is the mean number of
 * calls that come while a result is awaited; as long as it is not known they are probes as well.
 */
function probing({ halfOpenCalls }: CircuitBreaker, failure: number, during: number) {
  const closes = (1 - failure) ** halfOpenCalls;
  let admitted = closes * halfOpenCalls;
  let untilDecided = admitted;
  let succeeded = 1;
  for (let probe = 1; probe <= halfOpenCalls && succeeded > 1e-12; probe++) {
    const decides = succeeded * failure;
    untilDecided += decides * probe;
    admitted += decides * Math.min(halfOpenCalls, probe + during);
    succeeded *= 1 - failure;
  }
  return { closes, admitted, untilDecided };
}

/** Enough failures among as few calls as count are too rare to be seen (Chernoff's bound). */
function isOutOfReach({ failureRatio, minimumCalls }: CircuitBreaker, failure: number): boolean {
  if (failure <= 0) return true;
  if (failure >= failureRatio) return false;
  const others = failureRatio < 1 ? (1 - failureRatio) * Math.log((1 - failureRatio) / (1 - failure)) : 0;
  return minimumCalls * (failureRatio * Math.log(failureRatio / failure) + others) > LEAST_EXPONENT;
}

const LEAST_EXPONENT = 60;

/** Between whole numbers of calls in a window the passage is interpolated, so that it has no steps in the rate. */
function meanFirstPassageMs(breaker: CircuitBreaker, failure: number, ratePerMs: number): number {
  const perWindow = ratePerMs * breaker.windowMs;
  const { passed, calls, survives } = fillingPassage(breaker, failure, perWindow);
  const fillingMs = calls / ratePerMs;
  if (survives <= 0) return passed / ratePerMs;
  return passed / ratePerMs + survives * (fillingMs + fullWindowPassageMs(breaker, failure, perWindow));
}

/**
 * The window fills: the first call after which at least `minimumCalls` were made and enough of them failed. `passed` is the
 * mean number of calls until then where it comes before the window is full, times its probability.
 */
function fillingPassage({ failureRatio, minimumCalls }: CircuitBreaker, failure: number, perWindow: number) {
  const calls = Math.min(perWindow, FOLLOWED_CALLS);
  let counts = new Float64Array([1]);
  let passed = 0;
  let survives = 1;
  for (let made = 1; made <= calls + 1 && survives > 1e-15; made++) {
    const share = Math.min(1, calls - made + 1);
    if (share <= 0) break;
    const limit = made >= minimumCalls ? Math.ceil(failureRatio * made - 1e-9) : made + 1;
    const next = new Float64Array(counts.length + 1);
    for (let failures = 0; failures < counts.length; failures++) {
      const probability = counts[failures] ?? 0;
      next[failures] = (next[failures] ?? 0) + probability * (1 - failure);
      next[failures + 1] = probability * failure;
    }
    let trips = 0;
    for (let failures = limit; failures < next.length; failures++) trips += next[failures] ?? 0;
    passed += share * trips * made;
    survives -= share * trips;
    let kept = Math.min(limit, next.length);
    while (kept > 1 && (next[kept - 1] ?? 0) < NEGLIGIBLE) kept--;
    counts = next.subarray(0, kept);
  }
  return { passed, calls, survives: Math.max(0, survives) };
}

/**
 * Mean time until a window in balance, known to be outside the forbidden region, enters it: as the passage of an
 * Ornstein–Uhlenbeck process of relaxation time W through the level that is exceeded as often as the region is occupied. The
 * share of failures in a sliding window has the same covariance to first order, 1 − t/W for e^{−t/W}.
 */
function fullWindowPassageMs(breaker: CircuitBreaker, failure: number, perWindow: number): number {
  const { failureRatio, minimumCalls, windowMs } = breaker;
  if (failureRatio === 0)
    return perWindow < minimumCalls ? windowMs * meanPassage(normalLevel(occupied(breaker, failure, perWindow))) : 0;
  // Exponents of the probabilities to be inside and outside (saddle point): where one is out of reach nothing is summed.
  const exponent = perWindow - saddle(failureRatio, failure, perWindow);
  if (exponent > LEAST_EXPONENT) return failure < failureRatio ? Number.POSITIVE_INFINITY : 0;
  const variance = perWindow * (failure * (1 - failureRatio) ** 2 + (1 - failure) * failureRatio ** 2);
  // A count enters at the whole number on the edge, not half a step before it.
  const step = 0.5 / Math.sqrt(Math.max(variance, 0.25 * perWindow));
  return windowMs * meanPassage(normalLevel(occupied(breaker, failure, perWindow)) + step);
}

/** The mean number of calls with which the edge of the region is most easily met. */
function saddle(failureRatio: number, failure: number, perWindow: number): number {
  const failures = (failure / failureRatio) ** failureRatio;
  return perWindow * failures * (failureRatio < 1 ? ((1 - failure) / (1 - failureRatio)) ** (1 - failureRatio) : 1);
}

/**
 * Probability that a window in balance is inside the region: failures X and successes Y are Poisson counts with means λWf and
 * λW(1 − f), X + Y is at least `minimumCalls` and X at least `failureRatio` of it.
 */
function occupied({ failureRatio, minimumCalls }: CircuitBreaker, failure: number, perWindow: number): number {
  const meanFailures = perWindow * failure;
  const meanSuccesses = perWindow - meanFailures;
  const centres = [meanFailures, failureRatio * Math.max(minimumCalls, saddle(failureRatio, failure, perWindow))];
  const spread = 9 * Math.sqrt(Math.max(...centres)) + 9;
  const from = Math.max(0, Math.floor(Math.min(...centres) - spread));
  const to = Math.ceil(Math.max(...centres) + spread);
  const atMost = (successes: number): number =>
    successes < 0 ? 0 : meanSuccesses > 0 ? upperIncompleteGammaRatio(successes + 1, meanSuccesses) : 1;
  let probability = 0;
  for (let failures = from; failures <= to; failures++) {
    const weight = poissonProbability(failures, meanFailures);
    const most = failureRatio > 0 ? Math.floor((failures * (1 - failureRatio)) / failureRatio + 1e-9) : to;
    const least = minimumCalls - failures;
    if (weight > 0 && most >= least) probability += weight * Math.max(0, atMost(most) - atMost(least - 1));
  }
  return Math.min(1, probability);
}
