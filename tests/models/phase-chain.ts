/** M/PH/c+M with two phases, by its stationary equations: what the approximation for it is measured against. */
export interface PhaseChain {
  readonly servers: number;
  readonly offeredLoad: number;
  /** Erlang-2 (0.5) or hyperexponential with balanced means (above 1). */
  readonly scv: number;
  readonly patience: number;
}

export interface PhaseChainSolution {
  readonly abandonedFraction: number;
  readonly meanWait: number;
}

/**
 * States (n there, k of those in service in the first phase); Gauss–Seidel on the balance equations until nothing moves. Up to a
 * number there that is practically never reached.
 */
export function solvePhaseChain({ servers, offeredLoad, scv, patience }: PhaseChain): PhaseChainSolution {
  const isErlang = scv < 1;
  const often = isErlang ? 1 : (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const [first, second] = isErlang ? [2, 2] : [2 * often, 2 * (1 - often)];
  const most = Math.ceil(servers + offeredLoad * patience + 8 * Math.sqrt(offeredLoad * patience) + 30);
  const width = servers + 1;
  const p = new Float64Array((most + 1) * width).fill(1 / (most + 1) / width);
  const at = (n: number, k: number): number =>
    n < 0 || n > most || k < 0 || k > Math.min(n, servers) ? 0 : (p[n * width + k] ?? 0);
  const starts = (phase: 0 | 1): number => (phase === 0 ? often : 1 - often);
  // Rate into (n, k), and out of it.
  const inflow = (n: number, k: number): number => {
    let rate = 0;
    if (n <= servers) rate += offeredLoad * (at(n - 1, k - 1) * starts(0) + at(n - 1, k) * starts(1));
    else rate += offeredLoad * at(n - 1, k);
    if (n + 1 <= most) {
      const above = Math.min(n + 1, servers);
      const waits = n + 1 > servers;
      rate += (Math.max(0, n + 1 - servers) / patience) * (waits ? at(n + 1, k) : 0);
      // A service ends: in the second phase, or for hyperexponential service in either; whoever waits starts anew.
      const endsInFirst = isErlang ? 0 : first;
      if (waits) {
        rate += at(n + 1, k) * k * endsInFirst * starts(0) + at(n + 1, k + 1) * (k + 1) * endsInFirst * starts(1);
        rate +=
          at(n + 1, k - 1) * (above - k + 1) * second * starts(0) + at(n + 1, k) * (above - k) * second * starts(1);
      } else {
        rate += at(n + 1, k + 1) * (k + 1) * endsInFirst + at(n + 1, k) * (above - k) * second;
      }
    }
    if (isErlang) rate += at(n, k + 1) * (k + 1) * first;
    return rate;
  };
  const outflow = (n: number, k: number): number =>
    (n < most ? offeredLoad : 0) +
    k * first +
    (Math.min(n, servers) - k) * second +
    Math.max(0, n - servers) / patience;
  for (let sweep = 0; sweep < 4000; sweep += 1) {
    let moved = 0;
    let total = 0;
    for (let n = 0; n <= most; n += 1) {
      for (let k = 0; k <= Math.min(n, servers); k += 1) {
        const next = inflow(n, k) / outflow(n, k);
        moved += Math.abs(next - at(n, k));
        p[n * width + k] = next;
        total += next;
      }
    }
    for (let i = 0; i < p.length; i += 1) p[i] = (p[i] ?? 0) / total;
    if (sweep > 20 && moved < 1e-9) break;
  }
  let waiting = 0;
  let total = 0;
  for (let n = 0; n <= most; n += 1) {
    for (let k = 0; k <= Math.min(n, servers); k += 1) {
      total += at(n, k);
      waiting += at(n, k) * Math.max(0, n - servers);
    }
  }
  const meanWait = waiting / total / offeredLoad;
  return { abandonedFraction: meanWait / patience, meanWait };
}
