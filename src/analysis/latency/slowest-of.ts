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
  return joinedLaw(laws, (states) => {
    // 1 − ΠFᵢ, by adding what each branch still holds up: no cancellation in the tail
    let tail = 0;
    let density = 0;
    for (const [i, state] of states.entries()) {
      const probability = probabilities[i] ?? 1;
      const stillRunning = probability * state.tail;
      density = density * (1 - stillRunning) + (1 - tail) * probability * state.density;
      tail += stillRunning * (1 - tail);
    }
    return { tail, density };
  });
}
