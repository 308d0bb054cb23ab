import { meanAttempts } from "../flow/conditions.ts";
import { type Completion, completedWithin } from "../latency/completed-within.ts";
import { constantLaw } from "../latency/constant-law.ts";
import { kthFastest } from "../latency/kth-fastest.ts";
import { sequence } from "../latency/sequence.ts";
import { tail } from "../latency/tail.ts";
import { uniformLaw } from "../latency/uniform-law.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import type { CallSite } from "../model/program.ts";
import { answerRatio, blend, failureRatio, neverEnds, type Outcome, sum, type WeightedLaw } from "./outcome.ts";

/** How one use of a call ends for the caller, and what it costs the callee. */
export interface CallOutcome {
  readonly outcome: Outcome;
  /** Mean attempts sent to the callee by one use, hedges included. */
  readonly attempts: number;
  /** The time of the failed attempts and pauses before the one that answers; null when there are none. */
  readonly lostLaw: LatencyLaw | null;
  /** What a circuit breaker sees of the attempts that it lets through. */
  readonly seen: { readonly failureRatio: number; readonly attemptsPerUse: number; readonly meanResultMs: number };
}

/** A hedge started this rarely changes no figure. */
const NEVER_LATE = 1e-10;
/** With fewer late answers than this the law of those in time is taken as the law of all: it moves p99.9 by 1e-4 of itself at most. */
export const RARELY_LATE = 1e-7;

/**
 * One use of a call: up to retries + 1 attempts, each with its network round trip and its timeout, with a pause before each
 * further one that doubles (uniform between 0 and it with jitter). Attempts are taken as independent. An answer to the
 * caller of a failed attempt takes the network's time as well. With f the failure probability of an attempt the law of an
 * answer is the mixture over k failed attempts with weights fᵏ.
 *
 * `admitted` is the share of the uses that a circuit breaker lets through. The others fail at once, with all their attempts:
 * a breaker stays open longer than a use takes.
 */
export function callOutcome(site: CallSite, target: Outcome, admitted = 1): CallOutcome {
  const through = throughOutcome(site, target);
  if (admitted === 1) return through;
  const { outcome } = through;
  let pauses: LatencyLaw = noTime;
  for (let attempt = 0; attempt < site.retries; attempt++) pauses = sequence([pauses, pauseLaw(site, attempt)]);
  return {
    ...through,
    outcome: {
      answered: admitted * outcome.answered,
      law: admitted > 0 ? outcome.law : null,
      answeredLate: admitted * outcome.answeredLate,
      failed: admitted * outcome.failed + 1 - admitted,
      failureLaw: blend([
        { weight: admitted * outcome.failed, law: outcome.failureLaw },
        { weight: 1 - admitted, law: pauses },
      ]),
      failedLate: admitted * outcome.failedLate,
    },
    attempts: admitted * through.attempts,
  };
}

function throughOutcome(site: CallSite, target: Outcome): CallOutcome {
  const over = withNetwork(target, site.networkMs);
  const hedged = withHedge(over, site.hedgeAfterMs);
  const attempt = withTimeout(hedged.outcome, site.timeoutMs);
  const failure = failureRatio(attempt);
  const attemptsPerUse = meanAttempts(failure, site.retries);
  const seen = { failureRatio: failure, attemptsPerUse, meanResultMs: meanResultMs(attempt) };
  if (failure === 0 || site.retries === 0) {
    return { outcome: attempt, attempts: hedged.attempts, lostLaw: null, seen };
  }
  const { outcome, lostLaw } = withRetries(attempt, site);
  return { outcome, attempts: hedged.attempts * attemptsPerUse, lostLaw, seen };
}

/** Over what ends in a finite time. */
function meanResultMs({ answered, law, failed, failureLaw }: Outcome): number {
  const total = answered + failed;
  return total > 0 ? (answered * (law?.meanMs ?? 0) + failed * (failureLaw?.meanMs ?? 0)) / total : 0;
}

function withNetwork(target: Outcome, networkMs: number): Outcome {
  if (networkMs === 0) return target;
  const network = constantLaw(networkMs);
  return { ...target, law: sum(network, target.law), failureLaw: sum(network, target.failureLaw) };
}

/** A second attempt after `delayMs` when the first has not answered; the faster of the two counts. */
function withHedge(first: Outcome, delayMs: number | null): { readonly outcome: Outcome; readonly attempts: number } {
  if (delayMs === null) return { outcome: first, attempts: 1 };
  const waiting = first.law === null ? 0 : tail(first.law, delayMs);
  const attempts = 1 + first.answered * waiting + first.answeredLate + neverEnds(first) + first.failedLate;
  if (first.law === null || waiting < NEVER_LATE) return { outcome: first, attempts };
  const second = sequence([constantLaw(delayMs), first.law]);
  return { outcome: { ...first, law: kthFastest(1, [first.law, second]) }, attempts };
}

function withTimeout(attempt: Outcome, timeoutMs: number | null): Outcome {
  if (timeoutMs === null) return attempt;
  const answer = attempt.law === null ? null : within(attempt.law, timeoutMs);
  const failure = attempt.failureLaw === null ? null : within(attempt.failureLaw, timeoutMs);
  const answered = answer === null ? 0 : attempt.answered * answer.probability;
  const failedInTime = failure === null ? 0 : attempt.failed * failure.probability;
  const timedOut = Math.max(0, 1 - answered - failedInTime);
  if (timedOut < NEVER_LATE && answerRatio(attempt) === attempt.answered) return attempt;
  return {
    answered,
    law: answered > 0 && answer !== null ? answer.law : null,
    answeredLate: 0,
    failed: failedInTime + timedOut,
    failureLaw: blend([
      { weight: failedInTime, law: failure === null ? null : failure.law },
      { weight: timedOut, law: constantLaw(timeoutMs) },
    ]),
    failedLate: 0,
  };
}

/** Splitting a law is dear, so it is left whole where next to nothing is cut off. */
function within(law: LatencyLaw, timeoutMs: number): Completion {
  const late = tail(law, timeoutMs);
  return late < RARELY_LATE ? { probability: 1 - late, law } : completedWithin(law, timeoutMs);
}

function withRetries(
  attempt: Outcome,
  site: CallSite,
): { readonly outcome: Outcome; readonly lostLaw: LatencyLaw | null } {
  const failure = failureRatio(attempt);
  const tries = meanAttempts(failure, site.retries);
  const onTime = meanAttempts(attempt.failed, site.retries);
  const lost: WeightedLaw[] = [];
  let before: LatencyLaw | null = null;
  let weight = 1;
  for (let attemptNumber = 0; attemptNumber <= site.retries; attemptNumber++) {
    lost.push({ weight, law: before ?? noTime });
    if (attemptNumber === site.retries || attempt.failureLaw === null) break;
    const pause = pauseLaw(site, attemptNumber);
    before = sequence(before === null ? [attempt.failureLaw, pause] : [before, attempt.failureLaw, pause]);
    weight *= attempt.failed;
  }
  const failed = attempt.failed ** (site.retries + 1);
  const answered = attempt.answered * onTime;
  const lostLaw = blend(lost);
  const outcome = {
    answered,
    law: answered > 0 ? sum(lostLaw, attempt.law) : null,
    answeredLate: Math.max(0, answerRatio(attempt) * tries - answered),
    failed,
    failureLaw: failed > 0 ? sum(before, attempt.failureLaw) : null,
    failedLate: Math.max(0, failure ** (site.retries + 1) - failed),
  };
  return { outcome, lostLaw };
}

const noTime = constantLaw(0);

function pauseLaw(site: CallSite, attemptNumber: number): LatencyLaw {
  const longestMs = site.backoffMs * 2 ** attemptNumber;
  return site.jitter ? uniformLaw(longestMs) : constantLaw(longestMs);
}
