/** How many copies there are, how many confirm a write, and how many answers a read waits for. Integers, 1 ≤ W, R ≤ N. */
export interface Quorum {
  readonly replicas: number;
  readonly writeQuorum: number;
  readonly readQuorum: number;
}

/** Whether every read meets a copy of the last write: W + R > N (Gifford 1979). */
export function overlaps({ replicas, writeQuorum, readQuorum }: Quorum): boolean {
  return writeQuorum + readQuorum > replicas;
}

/**
 * Probability that a read meets none of the W copies that confirmed a write, when the others never get it:
 * C(N − W, R) / C(N, R) (Bailis et al. 2012, equation 1). Of the last k versions independently it misses all with its k-th power.
 */
export function missProbability({ replicas, writeQuorum, readQuorum }: Quorum): number {
  let probability = 1;
  for (let drawn = 0; drawn < readQuorum; drawn++) {
    probability *= Math.max(0, replicas - writeQuorum - drawn) / (replicas - drawn);
  }
  return probability;
}
