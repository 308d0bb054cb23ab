import type { LatencyLaw } from "../model/latency-law.ts";
import { joinedLaw } from "./join.ts";
import { slowestOf } from "./slowest-of.ts";
import type { TailAndDensity } from "./tail.ts";

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
  const programme = new QuorumProgramme(k);
  return joinedLaw(laws, (states) => programme.tail(states, probabilities));
}

/**
 * Probabilities of "a answers so far, a < k", kept apart by whether some branch is still running, each with its derivative
 * in time. The quorum is open while fewer than k have answered and some branch still runs.
 */
class QuorumProgramme {
  private readonly k: number;
  private readonly noneOpen: Float64Array;
  private readonly noneOpenRate: Float64Array;
  private readonly someOpen: Float64Array;
  private readonly someOpenRate: Float64Array;

  constructor(k: number) {
    this.k = k;
    this.noneOpen = new Float64Array(k);
    this.noneOpenRate = new Float64Array(k);
    this.someOpen = new Float64Array(k);
    this.someOpenRate = new Float64Array(k);
  }

  tail(states: readonly TailAndDensity[], probabilities: readonly number[]): TailAndDensity {
    const { k, noneOpen, noneOpenRate, someOpen, someOpenRate } = this;
    for (const table of [noneOpen, noneOpenRate, someOpen, someOpenRate]) table.fill(0);
    noneOpen[0] = 1;
    for (const [i, state] of states.entries()) {
      const probability = probabilities[i] ?? 1;
      const absent = 1 - probability;
      const answered = probability * (1 - state.tail);
      const running = probability * state.tail;
      const rate = probability * state.density;
      for (let a = Math.min(i + 1, k - 1); a >= 0; a--) {
        const none = noneOpen[a] ?? 0;
        const noneRate = noneOpenRate[a] ?? 0;
        const some = someOpen[a] ?? 0;
        const someRate = someOpenRate[a] ?? 0;
        const noneFewer = a > 0 ? (noneOpen[a - 1] ?? 0) : 0;
        const noneFewerRate = a > 0 ? (noneOpenRate[a - 1] ?? 0) : 0;
        const someFewer = a > 0 ? (someOpen[a - 1] ?? 0) : 0;
        const someFewerRate = a > 0 ? (someOpenRate[a - 1] ?? 0) : 0;
        someOpen[a] = some * (absent + running) + none * running + someFewer * answered;
        someOpenRate[a] =
          someRate * (absent + running) +
          noneRate * running +
          someFewerRate * answered +
          (someFewer - some - none) * rate;
        noneOpen[a] = none * absent + noneFewer * answered;
        noneOpenRate[a] = noneRate * absent + noneFewerRate * answered + noneFewer * rate;
      }
    }
    let tail = 0;
    let rate = 0;
    for (let a = 0; a < k; a++) {
      tail += someOpen[a] ?? 0;
      rate += someOpenRate[a] ?? 0;
    }
    return { tail: Math.min(1, tail), density: Math.max(0, -rate) };
  }
}
