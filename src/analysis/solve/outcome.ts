import { constantLaw } from "../latency/constant-law.ts";
import { mixture } from "../latency/mixture.ts";
import { sequence } from "../latency/sequence.ts";
import type { LatencyLaw } from "../model/latency-law.ts";

/**
 * How a visit, or a part of one, ends. What is missing from the four probabilities to 1 never ends: it stands in a backlog
 * that grows. "Late" is what ends behind such a backlog, after a time without a law.
 */
export interface Outcome {
  /** Probability of an answer in a finite time, and its law; null when the probability is 0. */
  readonly answered: number;
  readonly law: LatencyLaw | null;
  readonly answeredLate: number;
  /** Probability of a failure that is told in a finite time, and its law; null when the probability is 0. */
  readonly failed: number;
  readonly failureLaw: LatencyLaw | null;
  readonly failedLate: number;
}

const noTime = constantLaw(0);

/** Done at once. */
export const nothing: Outcome = answeredAfter(noTime);

export function answeredAfter(law: LatencyLaw): Outcome {
  return { answered: 1, law, answeredLate: 0, failed: 0, failureLaw: null, failedLate: 0 };
}

/** Refused on the spot with this probability, else done on the spot. */
export function refused(probability: number): Outcome {
  if (probability <= 0) return nothing;
  return {
    answered: 1 - probability,
    law: probability < 1 ? noTime : null,
    answeredLate: 0,
    failed: probability,
    failureLaw: noTime,
    failedLate: 0,
  };
}

/** Probability that the visit never ends. */
export function neverEnds(outcome: Outcome): number {
  const sum = outcome.answered + outcome.answeredLate + outcome.failed + outcome.failedLate;
  // Sums of shares that should be 1 miss it by rounding.
  return sum > 1 - 1e-12 ? 0 : 1 - sum;
}

/** Probability of an answer, however late. */
export function answerRatio(outcome: Outcome): number {
  return outcome.answered + outcome.answeredLate;
}

/** Probability of a failure, however late. */
export function failureRatio(outcome: Outcome): number {
  return outcome.failed + outcome.failedLate;
}

/** A law with a weight that need not be part of a sum of 1. */
export interface WeightedLaw {
  readonly weight: number;
  readonly law: LatencyLaw | null;
}

/** The mixture of laws by weights of any sum; null when all weights are 0. */
export function blend(parts: readonly WeightedLaw[]): LatencyLaw | null {
  const members: { probability: number; law: LatencyLaw }[] = [];
  let total = 0;
  for (const { weight, law } of parts) {
    if (weight <= 0 || law === null) continue;
    members.push({ probability: weight, law });
    total += weight;
  }
  const [only] = members;
  if (only === undefined) return null;
  if (members.length === 1) return only.law;
  return mixture(members.map(({ probability, law }) => ({ probability: probability / total, law })));
}

/** The sum of two times, where both have a law. */
export function sum(first: LatencyLaw | null, second: LatencyLaw | null): LatencyLaw | null {
  return first === null || second === null ? null : sequence([first, second]);
}

/** One after another; a failure ends the sequence, and what comes later does not run. */
export function inSequence(parts: readonly Outcome[]): Outcome {
  if (parts.every((part) => part.answered === 1)) {
    const laws = parts.flatMap((part) => (part.law === null || part.law === noTime ? [] : [part.law]));
    const [only] = laws;
    if (only === undefined) return nothing;
    return answeredAfter(laws.length === 1 ? only : sequence(laws));
  }
  let result = nothing;
  for (const part of parts) result = followedBy(result, part);
  return result;
}

function followedBy(first: Outcome, second: Outcome): Outcome {
  const answered = first.answered * second.answered;
  const lateFailure = first.answeredLate * failureRatio(second) + first.answered * second.failedLate;
  return {
    answered,
    law: answered > 0 ? sum(first.law, second.law) : null,
    answeredLate: first.answeredLate * answerRatio(second) + first.answered * second.answeredLate,
    failed: first.failed + first.answered * second.failed,
    failureLaw: blend([
      { weight: first.failed, law: first.failureLaw },
      { weight: first.answered * second.failed, law: second.failed > 0 ? sum(first.law, second.failureLaw) : null },
    ]),
    failedLate: first.failedLate + lateFailure,
  };
}

/** One of several, each with its probability. */
export function oneOf(options: readonly { readonly probability: number; readonly outcome: Outcome }[]): Outcome {
  const [only] = options;
  if (only !== undefined && options.length === 1 && only.probability === 1) return only.outcome;
  let [answered, answeredLate, failed, failedLate] = [0, 0, 0, 0];
  let certain = true;
  for (const { probability, outcome } of options) {
    answered += probability * outcome.answered;
    answeredLate += probability * outcome.answeredLate;
    failed += probability * outcome.failed;
    failedLate += probability * outcome.failedLate;
    certain &&= outcome.answered === 1;
  }
  return {
    answered: certain ? 1 : answered,
    law: blend(
      options.map(({ probability, outcome }) => ({ weight: probability * outcome.answered, law: outcome.law })),
    ),
    answeredLate,
    failed,
    failureLaw:
      failed > 0
        ? blend(
            options.map(({ probability, outcome }) => ({
              weight: probability * outcome.failed,
              law: outcome.failureLaw,
            })),
          )
        : null,
    failedLate,
  };
}

/** `otherwise` runs after a failed attempt, and its answer counts. */
export function withFallback(attempt: Outcome, otherwise: Outcome): Outcome {
  if (failureRatio(attempt) === 0) return attempt;
  const answered = attempt.answered + attempt.failed * otherwise.answered;
  const failed = attempt.failed * otherwise.failed;
  return {
    answered,
    law: blend([
      { weight: attempt.answered, law: attempt.law },
      { weight: attempt.failed * otherwise.answered, law: sum(attempt.failureLaw, otherwise.law) },
    ]),
    answeredLate:
      attempt.answeredLate + attempt.failed * otherwise.answeredLate + attempt.failedLate * answerRatio(otherwise),
    failed,
    failureLaw: failed > 0 ? sum(attempt.failureLaw, otherwise.failureLaw) : null,
    failedLate: attempt.failed * otherwise.failedLate + attempt.failedLate * failureRatio(otherwise),
  };
}
