/**
 * Shares of the messages that each partition of a log gets, the largest first. With skew s the k-th gets a share proportional to
 * 1/k^s (Zipf's law over partitions); 0 gives all the same.
 *
 * @param partitions integer from 1
 * @param skew 0 or more
 */
export function partitionShares(partitions: number, skew: number): readonly number[] {
  const weights = Array.from({ length: partitions }, (_, place) => (place + 1) ** -skew);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * Shares of the consumers of one group when partitions are dealt out in turn: partition p goes to consumer p mod n, as Kafka's
 * round-robin assignor deals them for one topic. A partition has one consumer, so that consumers beyond the number of
 * partitions get nothing and are left out.
 *
 * @param consumers integer from 1
 */
export function consumerShares(shares: readonly number[], consumers: number): readonly number[] {
  const working = Math.min(consumers, shares.length);
  const ofConsumer = new Array<number>(working).fill(0);
  for (const [place, share] of shares.entries()) {
    ofConsumer[place % working] = (ofConsumer[place % working] ?? 0) + share;
  }
  return ofConsumer;
}
