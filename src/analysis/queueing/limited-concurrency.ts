/** More tokens than this are too many for the sums; so many seldom bind. */
export const MOST_TOKENS = 128;

export interface LimitedConcurrency {
  /** Highest rate that the tokens let through. */
  readonly capacityPerMs: number;
  /** Mean number of tokens in use. */
  readonly busyTokens: number;
  /** Probability that all tokens are in use. */
  readonly waitProbability: number;
  /** Mean wait for a token and for a server behind it, together. */
  readonly meanWaitsMs: number;
}

/**
 * Requests that need one of `tokens` tokens to enter a part with one queue of `servers` servers and a pure delay: an open
 * network with a limit on the number inside. The inside is replaced by one server whose rate X(n) is the throughput of the
 * closed network with n requests (flow equivalence: Chandy, Herzog and Woo 1975), which leaves a birth and death chain with
 * rates λ and X(min(n, tokens)). Exact for exponential service and any delay (product form inside); without delay and with
 * at least as many tokens as servers the waits together are those of M/M/c.
 *
 * @param ratePerMs Poisson arrivals, above 0
 * @param tokens from 1 to `MOST_TOKENS`
 * @param serviceMs above 0; `delayMs` 0 or more
 * @returns null when as much is offered as the tokens let through, or more, but for the capacity
 */
export function limitedConcurrency(
  ratePerMs: number,
  tokens: number,
  servers: number,
  serviceMs: number,
  delayMs: number,
): { readonly capacityPerMs: number; readonly steady: LimitedConcurrency | null } {
  const throughputs = closedThroughputs(tokens, servers, delayMs / serviceMs).map((value) => value / serviceMs);
  const capacityPerMs = throughputs[tokens] ?? 0;
  const ratio = ratePerMs / capacityPerMs;
  if (ratio >= 1) return { capacityPerMs, steady: null };
  let weight = 1;
  let below = 1;
  let inside = 0;
  for (let n = 1; n <= tokens; n++) {
    weight *= ratePerMs / (throughputs[n] ?? capacityPerMs);
    below += weight;
    inside += n * weight;
  }
  // Beyond the tokens the chain is geometric.
  const beyond = (weight * ratio) / (1 - ratio);
  const total = below + beyond;
  const waiting = beyond / (1 - ratio) / total;
  const busyTokens = (inside + tokens * beyond) / total;
  return {
    capacityPerMs,
    steady: {
      capacityPerMs,
      busyTokens,
      waitProbability: (weight + beyond) / total,
      meanWaitsMs: Math.max(0, (waiting + busyTokens) / ratePerMs - serviceMs - delayMs),
    },
  };
}

/** Throughputs X(0), X(1) … X(most) per service time of the closed network of a queue and a delay: G(n − 1)/G(n). */
function closedThroughputs(most: number, servers: number, delay: number): readonly number[] {
  const queue = [1];
  const thinking = [1];
  for (let n = 1; n <= most; n++) {
    queue.push((queue[n - 1] ?? 0) / Math.min(n, servers));
    thinking.push(((thinking[n - 1] ?? 0) * delay) / n);
  }
  const constants = queue.map((_, n) => {
    let sum = 0;
    for (let k = 0; k <= n; k++) sum += (queue[k] ?? 0) * (thinking[n - k] ?? 0);
    return sum;
  });
  return constants.map((constant, n) => (n === 0 ? 0 : (constants[n - 1] ?? 0) / constant));
}
