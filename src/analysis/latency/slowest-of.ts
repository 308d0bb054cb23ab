import type { LatencyLaw } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { joinedLaw } from "./join.ts";
import { knownLaw, numberOf } from "./known-laws.ts";
import { forkJoinMeanRatio } from "./nelson-tantawi.ts";

/** Below this share of common waiting branches are as good as independent. */
const INDEPENDENT = 1e-4;
/** How fast the common part gives way in the tail; with it p99 of 22 simulated fork-joins is within 1 % on average. */
const FADING = 0.3;
/** Trials in which the mean is met, and how closely, as a share of how much shorter it is to become. */
const MOST_TRIALS = 8;
const MET = 1e-5;
/** κ at most: some branches always decide. */
const MOST_COMMON = 0.999;

/**
 * The time until all of several laws, started together, are over: F(t) = Π Fᵢ(t). No laws take no time.
 *
 * @param probabilities that each branch takes place at all, independently; default 1. A branch that does not is not
 *   waited for, and with none at all the time is 0.
 * @param commonWaiting share of a branch's time that is waiting behind the same arrivals as in the other branches, 0 to 1.
 *   So many fewer branches then decide, F^(1 − κ(1 − F)^0.3) instead of F, with κ such that the mean is that of Nelson &
 *   Tantawi, but never less than the slowest branch alone. In the far tail branches are independent.
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
  const at = (kappa: number): LatencyLaw => joinedLaw(laws, (tails) => commonTail(tails, probabilities, kappa));
  // The mean falls with κ, ever faster: the secant through the last two trials converges from below.
  let before = { kappa: 0, gainedMs: 0 };
  let kappa = 0.4;
  let law = at(kappa);
  for (let trial = 1; trial < MOST_TRIALS; trial++) {
    const gainedMs = independent.meanMs - law.meanMs;
    if (Math.abs(gainedMs - shorterMs) <= MET * shorterMs) break;
    const slope = (gainedMs - before.gainedMs) / (kappa - before.kappa);
    if (!(slope > 0)) break;
    before = { kappa, gainedMs };
    kappa = Math.min(MOST_COMMON, kappa + (shorterMs - gainedMs) / slope);
    if (kappa === before.kappa) break;
    law = at(kappa);
  }
  return law;
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
  if (tail >= 1) return 1;
  const deciding = 1 - kappa * tail ** FADING;
  return Math.max(alone, -Math.expm1(deciding * Math.log1p(-tail)));
}
