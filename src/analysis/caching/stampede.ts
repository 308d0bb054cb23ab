/**
 * Calls to the store for one key when it leaves the cache, without coalescing: the first miss and every request for the key
 * that comes while its object is being fetched, 1 + λT (A. Vattani, F. Chierichetti, K. Lowenstein, "Optimal probabilistic
 * cache stampede prevention", VLDB 2015). Exact for Poisson requests.
 *
 * @param requestsPerSecond of the one key, 0 or more
 * @param fetchMs time that one fetch takes, 0 or more
 */
export function stampedeCalls(requestsPerSecond: number, fetchMs: number): number {
  return 1 + (requestsPerSecond * fetchMs) / 1000;
}
