import type { Quorum } from "#src/analysis/replication/quorum-overlap.ts";
import { exponential, seededRandom } from "./seeded-random.ts";

/** The model of Bailis et al. 2012, section 4.1, drawn: mean times of write, acknowledgement, read and response, all exponential. */
export function simulateStaleness(
  { replicas, writeQuorum, readQuorum }: Quorum,
  writeMs: number,
  otherMs: number,
  afterMs: number,
  draws: number,
  seed: number,
): number {
  const random = seededRandom(seed);
  let stale = 0;
  for (let draw = 0; draw < draws; draw++) {
    const copies = Array.from({ length: replicas }, () => {
      const write = exponential(random, writeMs);
      const confirmed = write + exponential(random, otherMs);
      const read = exponential(random, otherMs);
      return { write, confirmed, read, answered: read + exponential(random, otherMs) };
    });
    const commit = copies.map(({ confirmed }) => confirmed).sort((a, b) => a - b)[writeQuorum - 1] ?? 0;
    const fastest = [...copies].sort((a, b) => a.answered - b.answered).slice(0, readQuorum);
    if (fastest.every(({ write, read }) => write > commit + afterMs + read)) stale += 1;
  }
  return stale / draws;
}
