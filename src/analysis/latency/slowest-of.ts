import type { LatencyLaw } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { joinedLaw } from "./join.ts";
import { knownLaw, numberOf } from "./known-laws.ts";
import { forkJoinMeanRatio } from "./nelson-tantawi.ts";

/** Below this share of common waiting branches are as good as independent. */
const INDEPENDENT = 1e-4;
/** How fast the common part gives way in the tail; with it p99 of 27 simulated fork-joins is within 1.2 % on average. */
const FADING = 0.25;

/**
 * The time until all of several laws, started together, are over: F(t) = Π Fᵢ(t). No laws take no time.
 *
 * @param probabilities that each branch takes place at all, independently; default 1. A branch that does not is not
 *   waited for, and with none at all the time is 0.
 * @param commonWaiting share of a branch's time that is waiting behind the same arrivals as in the other branches, 0 to 1.
 *   The tail U then gives way to that of the slowest branch alone, V: U − κ U^¼ (U − V), with κ such that the mean is that
 *   of Nelson & Tantawi. In the far tail branches are independent.
 */
export function slowestOf(
  laws: readonly LatencyLaw[],
  probabilities: readonly number[] = [],
  commonWaiting = 0,
): LatencyLaw {
  const [first] = laws;
  if (first === undefined) return constantLaw(0);
  if (laws.length === 1 && (probabilities[0] ?? 1) === 1) return first;
  const name = `x${commonWaiting}:${laws.map(numberOf).join(",")}:${probabilities.join(",")}`;
  return knownLaw(name, () => slowestLaw(laws, probabilities, commonWaiting));
}

function slowestLaw(laws: readonly LatencyLaw[], probabilities: readonly number[], commonWaiting: number): LatencyLaw {
  const independent = joinedLaw(laws, (tails) => independentTail(tails, probabilities));
  if (commonWaiting < INDEPENDENT) return independent;
  const startMs = Math.max(...laws.map(({ pieces }) => pieces[0]?.shiftMs ?? 0));
  const alone = Math.max(...laws.map(({ meanMs }, i) => (probabilities[i] ?? 1) * meanMs)) - startMs;
  const together = independent.meanMs - startMs;
  if (!(alone > 0 && together > alone)) return independent;
  const shorterMs = together * (1 - forkJoinMeanRatio(together / alone, Math.min(1, commonWaiting)));
  // The mean is linear in κ: one trial with κ = ½ tells it.
  const trial = joinedLaw(laws, (tails) => commonTail(tails, probabilities, 0.5));
  const gained = independent.meanMs - trial.meanMs;
  if (!(gained > 0)) return independent;
  const kappa = Math.min(1, (0.5 * shorterMs) / gained);
  return joinedLaw(laws, (tails) => commonTail(tails, probabilities, kappa));
}

/** 1 − ΠFᵢ, by adding what each branch still holds up: no cancellation in the tail. */
function independentTail(tails: Float64Array, probabilities: readonly number[]): number {
  let tail = 0;
  for (let i = 0; i < tails.length; i++) tail += (probabilities[i] ?? 1) * (tails[i] ?? 0) * (1 - tail);
  return tail;
}

function commonTail(tails: Float64Array, probabilities: readonly number[], kappa: number): number {
  let alone = 0;
  for (let i = 0; i < tails.length; i++) alone = Math.max(alone, (probabilities[i] ?? 1) * (tails[i] ?? 0));
  const tail = independentTail(tails, probabilities);
  return tail - kappa * tail ** FADING * (tail - alone);
}
