import type { LatencyLaw } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { joinedLaw } from "./join.ts";

/**
 * The time until all of several independent laws, started together, are over: F(t) = Π Fᵢ(t). No laws take no time.
 *
 * @param probabilities that each branch takes place at all, independently; default 1. A branch that does not is not
 *   waited for, and with none at all the time is 0.
 */
export function slowestOf(laws: readonly LatencyLaw[], probabilities: readonly number[] = []): LatencyLaw {
  const [first] = laws;
  if (first === undefined) return constantLaw(0);
  if (laws.length === 1 && (probabilities[0] ?? 1) === 1) return first;
  return joinedLaw(laws, (tails) => {
    // 1 − ΠFᵢ, by adding what each branch still holds up: no cancellation in the tail
    let tail = 0;
    for (let i = 0; i < tails.length; i++) tail += (probabilities[i] ?? 1) * (tails[i] ?? 0) * (1 - tail);
    return tail;
  });
}
