/** Up to here the recursion is as fast as the series. */
const RECURSION_LIMIT = 200;

/**
 * Erlang's loss formula: the probability that all servers are taken in M/G/c/c.
 *
 * @param servers number of servers c, an integer of 0 or more (tens of millions are fine)
 * @param offeredLoad arrival rate times mean service time, in Erlang, 0 or more
 * @returns a probability; exact to about 1e-13, at a cost of O(√c)
 *
 * Erlang 1917; the recursion B(k) = aB(k−1)/(k + aB(k−1)) is in Jagerman 1974. For many servers the same number is
 * computed as a Poisson probability over its distribution function, with the saddle-point form of Loader 2000, which
 * neither overflows nor loses digits.
 */
export function erlangB(servers: number, offeredLoad: number): number {
  if (offeredLoad === 0) return servers === 0 ? 1 : 0;
  if (servers <= RECURSION_LIMIT) {
    let blocking = 1;
    for (let k = 1; k <= servers; k += 1) {
      const product = offeredLoad * blocking;
      blocking = product / (k + product);
    }
    return blocking;
  }
  return offeredLoad > servers ? 1 / partialSum(servers, offeredLoad) : poissonRatio(servers, offeredLoad);
}

/** 1/B = Σ c(c−1)…(c−k+1)/a^k, whose terms fall when a > c. */
function partialSum(servers: number, offeredLoad: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; k < servers && term > sum * 1e-17; k += 1) {
    term *= (servers - k) / offeredLoad;
    sum += term;
  }
  return sum;
}

/** B = p(c)/(1 − P(N > c)) with N Poisson of mean a ≤ c, so that the subtracted part stays below one half. */
function poissonRatio(servers: number, offeredLoad: number): number {
  const probability = poissonProbability(servers, offeredLoad);
  let term = 1;
  let above = 0;
  for (let k = servers + 1; term > 1e-17 * above; k += 1) {
    term *= offeredLoad / k;
    above += term;
    if (term === 0) break;
  }
  return probability / (1 - probability * above);
}

/**
 * The Poisson probability of `count` events where `mean` are expected.
 *
 * @param count an integer of 0 or more
 * @param mean above 0
 *
 * Loader 2000, "Fast and accurate computation of binomial probabilities": relative error near 1e-15 also where the
 * factorial would overflow.
 */
export function poissonProbability(count: number, mean: number): number {
  if (count === 0) return Math.exp(-mean);
  return Math.exp(-stirlingError(count) - deviance(count, mean)) / Math.sqrt(2 * Math.PI * count);
}

/** ln n! − ln(√(2πn)(n/e)^n), by its asymptotic series from n = 16 and directly below. */
function stirlingError(count: number): number {
  if (count < 16) {
    let logFactorial = 0;
    for (let k = 2; k <= count; k += 1) logFactorial += Math.log(k);
    return logFactorial - (count + 0.5) * Math.log(count) + count - 0.5 * Math.log(2 * Math.PI);
  }
  const inverse = 1 / count;
  const square = inverse * inverse;
  return inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
}

/** x ln(x/m) + m − x, by a series where x and m are close and the difference would lose digits. */
function deviance(count: number, mean: number): number {
  if (Math.abs(count - mean) >= 0.1 * (count + mean)) return count * Math.log(count / mean) + mean - count;
  const ratio = (count - mean) / (count + mean);
  let sum = (count - mean) * ratio;
  let term = 2 * count * ratio;
  for (let k = 1; ; k += 1) {
    term *= ratio * ratio;
    const next = sum + term / (2 * k + 1);
    if (next === sum) return next;
    sum = next;
  }
}
