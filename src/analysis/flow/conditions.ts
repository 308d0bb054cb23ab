import type { AnalysisModel } from "../model/program.ts";

/**
 * What becomes of requests at each place, as shares: the link between flows (which go down the graph) and outcomes (which
 * come up). With everything answered at the first attempt these are all 1 and 0.
 */
export interface Conditions {
  /** Share of the arrivals of a station that it completes. */
  readonly completed: Float64Array;
  /** Share of the arrivals of a station that it rejects. */
  readonly rejected: Float64Array;
  /** Share of what asks a limiter that it lets through. */
  readonly passed: Float64Array;
  /** Share of the uses of a call, retries included, that get an answer. */
  readonly answered: Float64Array;
  /** Share of the uses of a call that fail for good. The rest never hear anything (a backlog without a timeout). */
  readonly failed: Float64Array;
  /** Mean attempts of one use of a call, the first included. */
  readonly attempts: Float64Array;
  /** Share of the uses of a call that find its circuit breaker closed, or are its probes. */
  readonly admitted: Float64Array;
}

/** Nothing is rejected, times out or is late. */
export function idealConditions(model: AnalysisModel): Conditions {
  return {
    completed: new Float64Array(model.stations.length).fill(1),
    rejected: new Float64Array(model.stations.length),
    passed: new Float64Array(model.limiters.length).fill(1),
    answered: new Float64Array(model.calls.length).fill(1),
    failed: new Float64Array(model.calls.length),
    attempts: new Float64Array(model.calls.length).fill(1),
    admitted: new Float64Array(model.calls.length).fill(1),
  };
}

export function copyConditions(from: Conditions): Conditions {
  return {
    completed: from.completed.slice(),
    rejected: from.rejected.slice(),
    passed: from.passed.slice(),
    answered: from.answered.slice(),
    failed: from.failed.slice(),
    attempts: from.attempts.slice(),
    admitted: from.admitted.slice(),
  };
}

/** Whether the same becomes of requests at every place. */
export function sameConditions(one: Conditions, other: Conditions): boolean {
  const same = (first: Float64Array, second: Float64Array): boolean =>
    first.every((value, index) => value === second[index]);
  return (
    same(one.completed, other.completed) &&
    same(one.rejected, other.rejected) &&
    same(one.passed, other.passed) &&
    same(one.answered, other.answered) &&
    same(one.failed, other.failed) &&
    same(one.attempts, other.attempts)
  );
}

/** Moves `current` by `weight` of the way to `next` and returns the largest difference that there was. */
export function approach(current: Conditions, next: Conditions, weight: number): number {
  let largest = 0;
  const move = (from: Float64Array, to: Float64Array): void => {
    for (let index = 0; index < from.length; index++) {
      const gap = (to[index] ?? 0) - (from[index] ?? 0);
      largest = Math.max(largest, Math.abs(gap));
      from[index] = (from[index] ?? 0) + weight * gap;
    }
  };
  move(current.completed, next.completed);
  move(current.rejected, next.rejected);
  move(current.passed, next.passed);
  move(current.answered, next.answered);
  move(current.failed, next.failed);
  move(current.attempts, next.attempts);
  move(current.admitted, next.admitted);
  return largest;
}

/** All that moves with the flows, one after another. */
export function flattened(conditions: Conditions): Float64Array {
  const { completed, rejected, passed, answered, failed, attempts } = conditions;
  return Float64Array.from([completed, rejected, passed, answered, failed, attempts].flatMap((values) => [...values]));
}

/** Puts flattened figures in place, each within its range: shares from 0 to 1, attempts from 0. */
export function putFlattened(into: Conditions, figures: Float64Array): void {
  let place = 0;
  const put = (values: Float64Array, most: number): void => {
    for (let index = 0; index < values.length; index++, place++) {
      values[index] = Math.min(most, Math.max(0, figures[place] ?? 0));
    }
  };
  for (const shares of [into.completed, into.rejected, into.passed, into.answered, into.failed]) put(shares, 1);
  put(into.attempts, Number.POSITIVE_INFINITY);
}

/** A geometric sum 1 + f + … + f^retries: mean attempts when each fails with probability f. */
export function meanAttempts(failure: number, retries: number): number {
  let sum = 1;
  let power = 1;
  for (let attempt = 0; attempt < retries; attempt++) {
    power *= failure;
    if (power < 1e-18) break;
    sum += power;
  }
  return sum;
}
