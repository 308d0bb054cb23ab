import { groupAnswer } from "../flow/group-answer.ts";
import { kthFastest } from "../latency/kth-fastest.ts";
import { slowestOf } from "../latency/slowest-of.ts";
import type { LatencyLaw } from "../model/latency-law.ts";
import { answerRatio, blend, failureRatio, type Outcome, type WeightedLaw } from "./outcome.ts";

export interface GroupBranch {
  /** Probability that the branch does not run at all. */
  readonly absent: number;
  /** How it ends, given that it runs. */
  readonly outcome: Outcome;
}

/** Up to this many uncertain branches every combination gets its own law. */
const MOST_UNCERTAIN = 5;

/**
 * Branches started together and joined, independent but for the share of waiting that they have in common: done with the
 * `needed`-th answer (all of them for null), failed as soon as too many have failed. The law of the answer is a mixture
 * over which branches answer.
 *
 * @param commonWaiting see `slowestOf`; a quorum of fewer than all is taken as independent
 */
export function groupOutcome(branches: readonly GroupBranch[], needed: number | null, commonWaiting = 0): Outcome {
  const inTime = groupAnswer(
    branches.map(({ absent, outcome }) => ({ absent, answered: outcome.answered, failed: outcome.failed })),
    needed,
  );
  const inTheEnd = groupAnswer(
    branches.map(({ absent, outcome }) => ({ absent, answered: answerRatio(outcome), failed: failureRatio(outcome) })),
    needed,
  );
  const certain = branches.every(({ outcome }) => outcome.answered === 1);
  const answered = certain ? 1 : inTime.answered;
  return {
    answered,
    law: answered > 0 ? lawOfAnswer(branches, needed, commonWaiting) : null,
    answeredLate: certain ? 0 : Math.max(0, inTheEnd.answered - inTime.answered),
    failed: inTime.failed,
    failureLaw: inTime.failed > 0 ? lawOfFailure(branches, needed) : null,
    failedLate: Math.max(0, inTheEnd.failed - inTime.failed),
  };
}

function lawOfAnswer(
  branches: readonly GroupBranch[],
  needed: number | null,
  commonWaiting: number,
): LatencyLaw | null {
  const uncertain = branches.filter(({ outcome }) => outcome.answered < 1);
  if (needed === null || uncertain.length === 0 || uncertain.length > MOST_UNCERTAIN) {
    // All must answer, so all that run do; with very many uncertain branches the spread between combinations is left out.
    return orderStatistic(branches, needed, commonWaiting);
  }
  const parts: WeightedLaw[] = [];
  const certain = branches.filter(({ outcome }) => outcome.answered === 1);
  const choose = (place: number, weight: number, answering: readonly GroupBranch[], silent: number): void => {
    if (weight === 0) return;
    const branch = uncertain[place];
    if (branch === undefined) {
      const ran = certain.length + answering.length + silent;
      const running = [...certain, ...answering];
      if (running.length >= Math.min(needed, ran))
        parts.push({ weight, law: orderStatistic(running, needed, commonWaiting) });
      return;
    }
    const { absent, outcome } = branch;
    choose(place + 1, weight * absent, answering, silent);
    choose(place + 1, weight * (1 - absent) * outcome.answered, [...answering, { absent: 0, outcome }], silent);
    choose(place + 1, weight * (1 - absent) * (1 - outcome.answered), answering, silent + 1);
  };
  choose(0, 1, [], 0);
  return blend(parts) ?? orderStatistic(branches, needed, commonWaiting);
}

function orderStatistic(
  branches: readonly GroupBranch[],
  needed: number | null,
  commonWaiting: number,
): LatencyLaw | null {
  const laws: LatencyLaw[] = [];
  const chances: number[] = [];
  for (const { absent, outcome } of branches) {
    if (outcome.law === null) continue;
    laws.push(outcome.law);
    chances.push(1 - absent);
  }
  if (laws.length === 0) return null;
  return needed === null || needed >= laws.length
    ? slowestOf(laws, chances, commonWaiting)
    : kthFastest(Math.max(1, needed), laws, chances);
}

/** The group fails with the failure that makes it hopeless; the first of those that fail, where one is enough. */
function lawOfFailure(branches: readonly GroupBranch[], needed: number | null): LatencyLaw | null {
  const failing = branches.filter(({ outcome }) => outcome.failed > 0);
  const parts = failing.map(({ absent, outcome }) => ({
    weight: (1 - absent) * outcome.failed,
    law: outcome.failureLaw,
  }));
  const fatal = needed === null ? 1 : branches.length - needed + 1;
  if (fatal <= 1 || failing.length < fatal) return blend(parts);
  const laws = parts.flatMap(({ law }) => (law === null ? [] : [law]));
  return laws.length < fatal ? blend(parts) : kthFastest(fatal, laws);
}
