/** Erlang's formulas written out once more, apart from the engine, for any number of servers. */

/** P(wait) of M/M/c at offered load a = λ/μ, by the recursion of Erlang B. */
export function erlangC(servers: number, offered: number): number {
  let blocked = 1;
  for (let k = 1; k <= servers; k++) blocked = (offered * blocked) / (k + offered * blocked);
  const utilization = offered / servers;
  return blocked / (1 - utilization + utilization * blocked);
}

/** Quantile of the time in an M/M/c of this mean service time, by bisection on its closed tail. */
export function erlangQuantile(servers: number, utilization: number, serviceMs: number, level: number): number {
  const rate = 1 / serviceMs;
  const waiting = erlangC(servers, utilization * servers);
  const drain = servers * rate * (1 - utilization);
  const tail = (ms: number): number => {
    const own = (1 - waiting) * Math.exp(-rate * ms);
    return Math.abs(drain - rate) < 1e-12 * rate
      ? own + waiting * (1 + rate * ms) * Math.exp(-rate * ms)
      : own + (waiting * (drain * Math.exp(-rate * ms) - rate * Math.exp(-drain * ms))) / (drain - rate);
  };
  let low = 0;
  let high = serviceMs;
  while (tail(high) > 1 - level) high *= 2;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (tail(middle) > 1 - level) low = middle;
    else high = middle;
  }
  return high;
}
