import type { LatencyLaw } from "../model/latency-law.ts";
import { knownLaw, numberOf } from "./known-laws.ts";
import { lawOf } from "./pieces.ts";

export interface MixtureMember {
  readonly probability: number;
  readonly law: LatencyLaw;
}

/** Probabilities of a mixture may miss 1 by this much, as sums of rounded shares do; they are scaled to add up to 1. */
const TOLERATED_SUM_ERROR = 1e-6;

/** One of the laws, each with its probability. Throws a RangeError unless the probabilities are a distribution. */
export function mixture(members: readonly MixtureMember[]): LatencyLaw {
  const total = members.reduce((sum, { probability }) => sum + probability, 0);
  if (!(Math.abs(total - 1) <= TOLERATED_SUM_ERROR) || members.some(({ probability }) => probability < 0)) {
    throw new RangeError(`mixture: the probabilities add up to ${total}, or one is negative`);
  }
  const present = members.filter(({ probability }) => probability > 0);
  const [only] = present;
  if (present.length === 1 && only !== undefined) return only.law;
  const name = present.map(({ probability, law }) => `${probability / total}:${numberOf(law)}`).join(",");
  return knownLaw(`|${name}`, () => mixtureOf(present, total));
}

function mixtureOf(present: readonly MixtureMember[], total: number): LatencyLaw {
  return lawOf(
    present.flatMap(({ probability, law }) => law.pieces.map((piece) => ({ weight: probability / total, piece }))),
  );
}
