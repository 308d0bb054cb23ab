import { departureWeights } from "./mg1k.ts";

/**
 * P(W > t) of M/D/1, t in units of the service time. Exact.
 *
 * Franx 2001 ("A simple solution for the M/D/c waiting time distribution"): for k − 1 ≤ t < k,
 * P(W ≤ t) = Σ Q(k − 1 − j) e^(−λ(k−t)) (λ(k−t))^j/j! over j = 0 … k − 1, with Q(m) the probability that at most m wait.
 * Every term is positive, unlike in the classical alternating sum. Written here for the complement, whose parts are
 * positive too; beyond the first departures the queue is geometric, and so is the tail from one unit to the next.
 *
 * @param utilization ρ, above 0 and below 1
 */
export function waitTailMD1(utilization: number): (serviceTimes: number) => number {
  const departures = departureWeights(utilization, 0);
  if (departures === null) throw new RangeError(`waitTailMD1: ${utilization} is not a utilization below 1`);
  const { head, logRatio } = departures;
  const ratio = Math.exp(logRatio);
  // more[m] = P(more than m wait) = P(more than m + 1 in the system)
  const more: number[] = [];
  let above = ((1 - utilization) * (head[head.length - 1] ?? 0) * ratio) / -Math.expm1(logRatio);
  for (let n = head.length - 1; n >= 1; n -= 1) {
    more[n - 1] = above;
    above += (1 - utilization) * (head[n] ?? 0);
  }
  const last = more.length;
  const moreThan = (count: number): number => {
    if (count < 0) return 1;
    return count < last ? (more[count] ?? 0) : (more[last - 1] ?? 0) * ratio ** (count - last + 1);
  };

  const exact = (serviceTimes: number): number => {
    const k = Math.floor(serviceTimes) + 1;
    const mean = utilization * (k - serviceTimes);
    let term = Math.exp(-mean);
    let sum = term * moreThan(k - 1);
    for (let j = 1; j < k || term > sum * 1e-17; j += 1) {
      term *= mean / j;
      sum += term * moreThan(k - 1 - j);
    }
    return Math.min(utilization, sum);
  };
  return (serviceTimes) => {
    if (serviceTimes <= 0) return utilization;
    const beyond = Math.floor(serviceTimes) - last;
    if (beyond <= 0) return exact(serviceTimes);
    return exact(serviceTimes - beyond) * Math.exp(logRatio * beyond);
  };
}
