/** More tokens than this are too many for the sums; so many seldom bind. */
export const MOST_TOKENS = 128;
/** Shares of states that matter no more, and the change at which the pools agree with each other. */
const NEGLIGIBLE = 1e-13;
const SETTLED = 1e-9;
const MOST_ROUNDS = 60;
/** Requests inside and waiting together beyond which a chain is cut off; so many stand there only next to saturation. */
const MOST_REQUESTS = 20_000;

export interface LimitedConcurrency {
  /** Mean number of tokens in use. */
  readonly busyTokens: number;
  /** Probability that all tokens of the request's own set are in use. */
  readonly waitProbability: number;
  /** Mean wait for a token. */
  readonly tokenWaitMs: number;
  /** Mean wait for a server behind it. */
  readonly serverWaitMs: number;
}

/**
 * Requests that need a token to enter a part with one queue of `servers` servers and a pure delay: an open network with a
 * limit on the number inside. Tokens stand in `sets` equal sets (the connections of as many callers), each with a waiting
 * line of its own to which an equal share of the requests comes at random.
 *
 * The inside is replaced by one server whose rate X(n) is the throughput of the closed network with n requests (flow
 * equivalence: Chandy, Herzog and Woo 1975). One set is then a birth and death chain with rates λ and X(min(n, tokens)):
 * exact for exponential service and any delay (product form inside); with at least as many tokens as servers and no delay
 * the waits together are those of M/M/c. Several sets are not product form, and the longer wait for a token of two views
 * counts: sets that meet each other only in the mean (exact where they never meet in the queue), and requests that spread
 * over the sets by chance (exact where no set is full). Waits for a token are up to 25 % too short, times in all up to 4 %.
 *
 * @param ratePerMs Poisson arrivals of all sets, above 0
 * @param tokens of one set, from 1; all sets together at most `MOST_TOKENS`
 * @param serviceMs above 0; `delayMs` 0 or more
 * @returns `steady` is null when as much is offered as the tokens let through, or more; `capacityPerMs` is that rate
 */
export function limitedConcurrency(
  ratePerMs: number,
  tokens: number,
  servers: number,
  serviceMs: number,
  delayMs: number,
  sets = 1,
): { readonly capacityPerMs: number; readonly steady: LimitedConcurrency | null } {
  const most = sets * tokens;
  const throughputs = closedThroughputs(most, servers, delayMs / serviceMs).map((value) => value / serviceMs);
  const capacityPerMs = throughputs[most] ?? 0;
  if (ratePerMs >= capacityPerMs) return { capacityPerMs, steady: null };
  const spread = spreadByChance(ratePerMs, tokens, sets, throughputs);
  const apart = sets === 1 ? spread : apartFromEachOther(ratePerMs, tokens, sets, throughputs);
  const { waiting, waitProbability } = apart.waiting > spread.waiting ? apart : spread;
  const busyTokens = Math.max(spread.inside, ratePerMs * (serviceMs + delayMs));
  return {
    capacityPerMs,
    steady: {
      busyTokens,
      waitProbability,
      tokenWaitMs: waiting / ratePerMs,
      serverWaitMs: busyTokens / ratePerMs - serviceMs - delayMs,
    },
  };
}

interface Crowd {
  /** Mean numbers of all sets together. */
  readonly waiting: number;
  readonly inside: number;
  readonly waitProbability: number;
}

/** The chain of all requests, each of which stands at a set drawn by chance: inside are the means of min(n of a set, tokens). */
function spreadByChance(rate: number, tokens: number, sets: number, throughputs: readonly number[]): Crowd {
  const share = 1 / sets;
  // Probability that a set has so many of the n requests, below its number of tokens; all of it at first at none.
  const below = new Float64Array(tokens);
  below[0] = 1;
  let inOneSet = 0;
  let weight = 1;
  let total = 1;
  let inside = 0;
  let waiting = 0;
  let full = 0;
  for (let n = 1; n <= MOST_REQUESTS; n++) {
    inOneSet += share * below.reduce((sum, probability) => sum + probability, 0);
    for (let count = tokens - 1; count >= 0; count--) {
      below[count] = (1 - share) * (below[count] ?? 0) + share * (below[count - 1] ?? 0);
    }
    const busy = sets * inOneSet;
    weight *= rate / between(throughputs, busy);
    total += weight;
    inside += weight * busy;
    waiting += weight * Math.max(0, n - busy);
    full += weight * Math.max(0, 1 - below.reduce((sum, probability) => sum + probability, 0));
    if (n > throughputs.length && weight * n < NEGLIGIBLE * total) break;
  }
  return { waiting: waiting / total, inside: inside / total, waitProbability: full / total };
}

/** A chain of one set, served beside as many of the others as stand inside in the mean of their own chains. */
function apartFromEachOther(rate: number, tokens: number, sets: number, throughputs: readonly number[]): Crowd {
  const ownRate = rate / sets;
  let inOneSet = new Float64Array(tokens + 1);
  inOneSet[0] = 1;
  let crowd: Crowd = { waiting: 0, inside: 0, waitProbability: 0 };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const others = sumOf(inOneSet, sets - 1);
    const next = new Float64Array(tokens + 1);
    next[0] = 1;
    let total = 1;
    let last = 0;
    for (let n = 1; n <= tokens; n++) {
      // Of all inside, first come, first served, a set has the part that it stands there with.
      last = others.reduce(
        (sum, probability, beside) => sum + (probability * n * (throughputs[n + beside] ?? 0)) / (n + beside),
        0,
      );
      next[n] = ((next[n - 1] ?? 0) * ownRate) / last;
      total += next[n] ?? 0;
    }
    const ratio = ownRate / last;
    if (ratio >= 1) return { waiting: 0, inside: 0, waitProbability: 0 };
    const beyond = ((next[tokens] ?? 0) * ratio) / (1 - ratio);
    total += beyond;
    next[tokens] = (next[tokens] ?? 0) + beyond;
    let change = 0;
    next.forEach((value, n) => {
      const probability = value / total;
      change = Math.max(change, Math.abs(probability - (inOneSet[n] ?? 0)));
      next[n] = probability;
    });
    crowd = {
      waiting: (sets * beyond) / (1 - ratio) / total,
      inside: sets * next.reduce((sum, probability, n) => sum + n * probability, 0),
      waitProbability: next[tokens] ?? 0,
    };
    inOneSet = next;
    if (change < SETTLED) break;
  }
  return crowd;
}

/** The law of the sum of so many independent counts. */
function sumOf(count: Float64Array, times: number): Float64Array {
  let sum = Float64Array.of(1);
  for (let time = 0; time < times; time++) {
    const next = new Float64Array(sum.length + count.length - 1);
    sum.forEach((first, i) => {
      count.forEach((second, j) => {
        next[i + j] = (next[i + j] ?? 0) + first * second;
      });
    });
    sum = next;
  }
  return sum;
}

/** The throughput at a number inside that need not be whole. */
function between(throughputs: readonly number[], inside: number): number {
  const whole = Math.min(Math.floor(inside), throughputs.length - 1);
  const low = throughputs[whole] ?? 0;
  const high = throughputs[Math.min(whole + 1, throughputs.length - 1)] ?? low;
  return low + (inside - whole) * (high - low);
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
