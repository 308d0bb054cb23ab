/** A station of a closed network with one class of users. */
export interface ClosedStation {
  /** Visits in one cycle of a user, 0 or more. */
  readonly visits: number;
  /** Mean exponential service time, above 0. */
  readonly serviceMs: number;
  /** Servers behind one line: an integer from 1. */
  readonly servers: number;
  /** So many stations like it, each visited as often. Default 1. */
  readonly copies?: number;
}

export interface ClosedNetwork {
  /** Users, an integer from 0. */
  readonly users: number;
  /** Mean time of a cycle that is spent at no station: thinking, delays, networks. 0 or more. */
  readonly delayMs: number;
  readonly stations: readonly ClosedStation[];
}

export interface ClosedNetworkSolution {
  readonly cyclesPerMs: number;
  /**
   * By station, what an arriving user finds: at place k the probability that at least as many are there as there are servers, and
   * k more. That is what one user less leaves behind (the arrival theorem: Sevcik and Mitrani 1981; Lavenberg and Reiser 1980).
   */
  readonly seen: readonly Float64Array[];
}

/** Most multiplications for one network; about 50 ms. */
const MOST_WORK = 4e7;

/** Whether a network is small enough for `solveClosedNetwork`. */
export function isSolvable({ users, stations }: ClosedNetwork): boolean {
  let work = 0;
  for (const { servers, copies = 1 } of stations) work += copies * users * (servers === 1 ? 1 : 3 * users);
  return work <= MOST_WORK;
}

/**
 * The steady state of a closed product-form network of one class (Gordon and Newell 1967): exact, the same as exact mean value
 * analysis (Reiser and Lavenberg 1980), by the normalising constants of convolution (Buzen 1973; with several servers: Reiser and
 * Kobayashi 1975), which only adds what is positive. Stations are first come, first served with exponential service, of one or
 * more servers; of station demands D and n users the weight is Dⁿ/∏min(i, c).
 *
 * Not here: stations that block the one before them when they are full (Akyildiz 1988). Full queues refuse in this program, so
 * that nothing is ever blocked; what refused users do is in the fixed point around this.
 *
 * All weights are scaled by powers of the throughput that the asymptotic bounds allow, so that the constants near the
 * population stay in the range of numbers.
 */
export function solveClosedNetwork({ users, delayMs, stations }: ClosedNetwork): ClosedNetworkSolution {
  const demands = stations.map(({ visits, serviceMs }) => visits * serviceMs);
  if (users === 0) return { cyclesPerMs: 0, seen: stations.map(() => new Float64Array(0)) };
  const scale = mostCycles(users, delayMs, stations);
  if (!Number.isFinite(scale)) throw new RangeError("solveClosedNetwork: a cycle takes no time");
  let plain = delayWeights(scale * delayMs, users);
  const several: { readonly index: number; readonly weights: Float64Array }[] = [];
  stations.forEach(({ servers, copies = 1 }, index) => {
    const demand = scale * (demands[index] ?? 0);
    if (demand === 0) return;
    for (let copy = 0; copy < copies; copy++) {
      if (servers === 1) withSingleServer(plain, demand);
      else several.push({ index, weights: serverWeights(demand, servers, users) });
    }
  });
  plain = rescaled(plain);
  // All but one of the stations with several servers, for each of them: from the left, then from the right.
  const others: Float64Array[] = [];
  let left = plain;
  several.forEach(({ weights }, place) => {
    others[place] = left;
    left = rescaled(convolved(left, weights));
  });
  const all = left;
  let right: Float64Array | null = null;
  for (let place = several.length - 1; place > 0; place--) {
    const weights = several[place]?.weights ?? plain;
    right = right === null ? weights : rescaled(convolved(right, weights));
    others[place - 1] = rescaled(convolved(others[place - 1] ?? plain, right));
  }
  const last = users - 1;
  const seen = stations.map(({ servers }, index) => {
    const demand = scale * (demands[index] ?? 0);
    if (demand === 0 || users <= servers) return new Float64Array(0);
    if (servers === 1) return seenAtSingle(all, demand, last);
    const place = several.findIndex((one) => one.index === index);
    return seenAtSeveral(several[place]?.weights ?? plain, others[place] ?? plain, servers, last);
  });
  return { cyclesPerMs: (scale * (all[last] ?? 0)) / (all[users] ?? 1), seen };
}

/** Asymptotic upper bound of the throughput: min(N/(Z + ΣD), min c/D) (Muntz and Wong 1974; Denning and Buzen 1978). */
export function mostCycles(users: number, delayMs: number, stations: readonly ClosedStation[]): number {
  const busyMs = stations.reduce((sum, { visits, serviceMs, copies = 1 }) => sum + visits * serviceMs * copies, 0);
  const limits = stations.map(({ visits, serviceMs, servers }) => servers / (visits * serviceMs));
  return Math.min(users / (delayMs + busyMs), ...limits);
}

/** aⁿ/n! over its largest. */
function delayWeights(mean: number, users: number): Float64Array {
  const logs = new Float64Array(users + 1).fill(Number.NEGATIVE_INFINITY);
  logs[0] = 0;
  if (mean > 0) for (let n = 1; n <= users; n++) logs[n] = (logs[n - 1] ?? 0) + Math.log(mean / n);
  return fromLogs(logs);
}

/** Dⁿ/∏min(i, c) over its largest. */
function serverWeights(demand: number, servers: number, users: number): Float64Array {
  const logs = new Float64Array(users + 1);
  for (let n = 1; n <= users; n++) logs[n] = (logs[n - 1] ?? 0) + Math.log(demand / Math.min(n, servers));
  return fromLogs(logs);
}

function fromLogs(logs: Float64Array): Float64Array {
  let most = Number.NEGATIVE_INFINITY;
  for (const log of logs) most = Math.max(most, log);
  return logs.map((log) => Math.exp(log - most));
}

/** Convolution with Dⁿ, in place. */
function withSingleServer(weights: Float64Array, demand: number): void {
  for (let n = 1; n < weights.length; n++) weights[n] = (weights[n] ?? 0) + demand * (weights[n - 1] ?? 0);
}

function convolved(one: Float64Array, other: Float64Array): Float64Array {
  const sum = new Float64Array(one.length);
  for (let i = 0; i < one.length; i++) {
    const factor = one[i] ?? 0;
    if (factor === 0) continue;
    for (let j = 0; i + j < sum.length; j++) sum[i + j] = (sum[i + j] ?? 0) + factor * (other[j] ?? 0);
  }
  return sum;
}

/** So that the constant of the whole population is 1: only ratios count. */
function rescaled(weights: Float64Array): Float64Array {
  const last = weights.at(-1) ?? 1;
  return last > 0 && Number.isFinite(last) ? weights.map((weight) => weight / last) : weights;
}

/** P(n ≥ k + 1) = Dᵏ⁺¹·G(N − 1 − k − 1)/G(N − 1). */
function seenAtSingle(all: Float64Array, demand: number, users: number): Float64Array {
  const tail = new Float64Array(users);
  let power = 1;
  for (let k = 0; k < users; k++) {
    power *= demand;
    tail[k] = Math.min(1, (power * (all[users - 1 - k] ?? 0)) / (all[users] ?? 1));
  }
  return tail;
}

function seenAtSeveral(weights: Float64Array, others: Float64Array, servers: number, users: number): Float64Array {
  let total = 0;
  const tail = new Float64Array(Math.max(0, users - servers + 1));
  for (let n = users; n >= 0; n--) {
    total += (weights[n] ?? 0) * (others[users - n] ?? 0);
    if (n >= servers) tail[n - servers] = total;
  }
  return tail.map((probability) => probability / total);
}
