/** Limits of what closed users can get, whatever the laws of service. Rates per second, times in ms. */
export interface ClosedBounds {
  /** N* = (D + Z)/D_max: with as many users the first part would be full if nobody had to wait. Null when nothing limits. */
  readonly saturationUsers: number | null;
  readonly asymptotic: BoundedFigures;
  /** Narrower, for exponential service at single servers; null where a station has several or branches run in parallel. */
  readonly balancedJob: BoundedFigures | null;
}

export interface BoundedFigures {
  readonly throughputPerSecond: { readonly least: number; readonly most: number };
  readonly responseMs: { readonly least: number; readonly most: number };
}

/** Demand of one cycle at a station: visits times service time, and the servers that share it. */
export interface Demand {
  readonly demandMs: number;
  readonly servers: number;
  /** The time is that of other stations too, for which a server is held: it limits, and is no part of the sum. */
  readonly isHeld: boolean;
}

/**
 * Asymptotic bounds (Muntz and Wong 1974; Denning and Buzen 1978) and balanced-job bounds (Zahorjan, Sevcik, Eager and Galler 1982;
 * Lazowska et al. 1984, table 5.2) of a closed class. Exact as bounds: asymptotic ones for any service, balanced ones for
 * product form with single servers. Other classes and open journeys can only keep throughput below the upper bounds.
 *
 * @param users N, above 0
 * @param thinkTimeMs time of a cycle that is no part of the response, 0 or more
 * @param cycleMs time of a whole cycle in which nobody waits, thinking included; above 0
 */
export function closedBounds(
  users: number,
  thinkTimeMs: number,
  cycleMs: number,
  demands: readonly Demand[],
): ClosedBounds {
  const used = demands.filter(({ demandMs }) => demandMs > 0);
  const own = used.filter(({ isHeld }) => !isHeld);
  const total = own.reduce((sum, { demandMs }) => sum + demandMs, 0);
  const slowest = used.reduce((most, { demandMs, servers }) => Math.max(most, demandMs / servers), 0);
  const delayMs = Math.max(0, cycleMs - total);
  const range = (leastCycles: number, mostCycles: number): BoundedFigures => ({
    throughputPerSecond: { least: leastCycles * 1000, most: mostCycles * 1000 },
    responseMs: {
      least: Math.max(0, users / mostCycles - thinkTimeMs),
      most: Math.max(0, users / leastCycles - thinkTimeMs),
    },
  });
  const full = slowest > 0 ? 1 / slowest : Number.POSITIVE_INFINITY;
  const asymptotic = range(users / (Math.max(1, users) * total + delayMs), Math.min(full, users / cycleMs));
  const isPlain = own.length > 0 && used.every(({ servers, isHeld }) => servers === 1 && !isHeld);
  const mean = total / Math.max(1, own.length);
  return {
    saturationUsers: slowest > 0 ? cycleMs / slowest : null,
    asymptotic,
    balancedJob:
      isPlain && users >= 1 && cycleMs >= total * (1 - 1e-12)
        ? range(
            users / (cycleMs + ((users - 1) * slowest) / (1 + delayMs / (users * total))),
            Math.min(full, users / (cycleMs + ((users - 1) * mean) / (1 + delayMs / total))),
          )
        : null,
  };
}
