import type { LatencyLaw } from "../model/latency-law.ts";
import { joinedLaw } from "./join.ts";
import { knownLaw, numberOf } from "./known-laws.ts";
import { slowestOf } from "./slowest-of.ts";

/**
 * The time of the k-th answer among independent laws started together (a quorum): a dynamic programme over the branches
 * that counts answers, O(n·k) at each moment, for laws that may all differ.
 *
 * @param k answers needed, an integer from 1 to the number of laws
 * @param probabilities that each branch takes place at all, independently; default 1. When fewer than k do, the time is
 *   that of the last of them; with none at all it is 0.
 */
export function kthFastest(k: number, laws: readonly LatencyLaw[], probabilities: readonly number[] = []): LatencyLaw {
  if (!(Number.isInteger(k) && k >= 1 && k <= laws.length)) throw new RangeError(`kthFastest: ${k} of ${laws.length}`);
  if (k === laws.length) return slowestOf(laws, probabilities);
  const name = `k${k}:${laws.map(numberOf).join(",")}:${probabilities.join(",")}`;
  return knownLaw(name, () => orderStatisticLaw(k, laws, probabilities));
}

function orderStatisticLaw(k: number, laws: readonly LatencyLaw[], probabilities: readonly number[]): LatencyLaw {
  const noneOpen = new Float64Array(k);
  const someOpen = new Float64Array(k);
  return joinedLaw(laws, (tails) => {
    // Probabilities of a answers so far, a < k, kept apart by whether some branch is still running: the quorum is open
    // while fewer than k have answered and some branch runs.
    noneOpen.fill(0);
    someOpen.fill(0);
    noneOpen[0] = 1;
    for (let i = 0; i < tails.length; i++) {
      const probability = probabilities[i] ?? 1;
      const running = probability * (tails[i] ?? 0);
      const answered = probability - running;
      const absent = 1 - probability;
      for (let a = Math.min(i + 1, k - 1); a >= 0; a--) {
        const none = noneOpen[a] ?? 0;
        const some = someOpen[a] ?? 0;
        const noneFewer = a > 0 ? (noneOpen[a - 1] ?? 0) : 0;
        const someFewer = a > 0 ? (someOpen[a - 1] ?? 0) : 0;
        someOpen[a] = some * (absent + running) + none * running + someFewer * answered;
        noneOpen[a] = none * absent + noneFewer * answered;
      }
    }
    let tail = 0;
    for (let a = 0; a < k; a++) tail += someOpen[a] ?? 0;
    return Math.min(1, tail);
  });
}
