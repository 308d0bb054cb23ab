import type { BreakerLoad } from "#src/analysis/limiting/circuit-breaker.ts";
import type { CircuitBreaker } from "#src/analysis/model/program.ts";
import { seededRandom } from "#src/base/random.ts";

const exponential = (random: { next(): number }, mean: number): number => -Math.log(1 - random.next()) * mean;

/** Share of Poisson arrivals (a window is the unit of time) that a sliding window by two counters refuses. */
export function simulatedSlidingCounter(meanArrivals: number, limit: number, arrivals: number, seed: number): number {
  const random = seededRandom(seed);
  let [now, window, before, passed, refused] = [0, 0, 0, 0, 0];
  for (let arrival = 0; arrival < arrivals; arrival++) {
    now += exponential(random, 1 / meanArrivals);
    const current = Math.floor(now);
    if (current !== window) {
      before = current === window + 1 ? passed : 0;
      passed = 0;
      window = current;
    }
    if (passed + before * (1 - (now - current)) + 1 > limit) refused++;
    else passed++;
  }
  return refused / arrivals;
}

/** One breaker, event by event: Poisson calls, each of which fails by itself; the share that it lets through. */
export function simulatedBreaker(breaker: CircuitBreaker, load: BreakerLoad, calls: number, seed: number): number {
  const random = seededRandom(seed);
  const machine: { state: "closed" | "open" | "half-open" } = { state: "closed" };
  let opensUntil = 0;
  let [probes, succeeded, failures, admitted, epoch, oldest, next] = [0, 0, 0, 0, 0, 0, 0];
  let recorded: { at: number; failed: boolean }[] = [];
  const results: { at: number; failed: boolean; epoch: number }[] = [];
  const change = (to: (typeof machine)["state"], now: number): void => {
    machine.state = to;
    epoch++;
    recorded = [];
    [oldest, failures, probes, succeeded] = [0, 0, 0, 0];
    if (to === "open") opensUntil = now + breaker.openMs;
  };
  const learn = (result: { at: number; failed: boolean }): void => {
    if (machine.state === "half-open") {
      if (result.failed) change("open", result.at);
      else if (++succeeded === breaker.halfOpenCalls) change("closed", result.at);
      return;
    }
    recorded.push(result);
    if (result.failed) failures++;
    for (let first = recorded[oldest]; first !== undefined && first.at <= result.at - breaker.windowMs; ) {
      if (first.failed) failures--;
      first = recorded[++oldest];
    }
    const counted = recorded.length - oldest;
    if (counted >= breaker.minimumCalls && failures >= breaker.failureRatio * counted - 1e-9) change("open", result.at);
  };
  let now = 0;
  for (let call = 0; call < calls; call++) {
    now += exponential(random, 1000 / load.ratePerSecond);
    for (let result = results[next]; result !== undefined && result.at <= now; result = results[++next]) {
      // What was sent before it opened tells it nothing any more.
      if (result.epoch === epoch) learn(result);
    }
    if (machine.state === "open" && now >= opensUntil) change("half-open", now);
    if (machine.state === "open" || (machine.state === "half-open" && probes >= breaker.halfOpenCalls)) continue;
    if (machine.state === "half-open") probes++;
    admitted++;
    results.push({ at: now + load.meanResultMs, failed: random.next() < load.failureRatio, epoch });
  }
  return admitted / calls;
}

export interface PooledQueue {
  readonly ratePerMs: number;
  readonly connections: number;
  readonly servers: number;
  /** Exponential. */
  readonly serviceMs: number;
  /** Round trip, constant: half before, half after the visit; the connection is kept over both. */
  readonly networkMs: number;
}

/** Mean time of calls that need a connection and then a server, both first come first served, event by event. */
export function simulatedPooledQueue(of: PooledQueue, calls: number, seed: number): number {
  const random = seededRandom(seed);
  // With one line each and first come first served, start times follow from the times at which the next place is free.
  const connections = new Float64Array(of.connections);
  const servers = new Float64Array(of.servers);
  const earliest = (places: Float64Array): number => {
    let best = 0;
    for (let place = 1; place < places.length; place++) {
      if ((places[place] ?? 0) < (places[best] ?? 0)) best = place;
    }
    return best;
  };
  let [now, sum, counted] = [0, 0, 0];
  for (let call = 0; call < calls; call++) {
    now += exponential(random, 1 / of.ratePerMs);
    const connection = earliest(connections);
    // The network is constant, so that calls reach the servers in the order in which they got their connections.
    const reached = Math.max(now, connections[connection] ?? 0) + of.networkMs / 2;
    const server = earliest(servers);
    const served = Math.max(reached, servers[server] ?? 0) + exponential(random, of.serviceMs);
    servers[server] = served;
    const answered = served + of.networkMs / 2;
    connections[connection] = answered;
    if (call < calls / 10) continue;
    sum += answered - now;
    counted++;
  }
  return sum / counted;
}
