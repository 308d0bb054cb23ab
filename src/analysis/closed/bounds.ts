/** Limits of what closed users can get, whatever the laws of service. Rates per second, times in ms. */
export interface ClosedBounds {
  /** N* = (D + Z)/D_max: with as many users the first part would be full if nobody had to wait. Null when nothing limits. */
  readonly saturationUsers: number | null;
  readonly throughputPerSecond: { readonly least: number; readonly most: number };
  readonly responseMs: { readonly least: number; readonly most: number };
  /** Narrower, for exponential service; null with stations of several servers. */
  readonly balanced: {
    readonly throughputPerSecond: { readonly least: number; readonly most: number };
    readonly responseMs: { readonly least: number; readonly most: number };
  } | null;
}

/** Demand of one cycle at a station: visits times service time, and the servers that share it. */
export interface Demand {
  readonly demandMs: number;
  readonly servers: number;
}

/**
 * Asymptotic bounds (Muntz and Wong 1974; Denning and Buzen 1978) and balanced-job bounds (Zahorjan, Sevcik, Eager and Galler 1982;
 * Lazowska et al. 1984, table 5.2) of a closed class. Exact as bounds: asymptotic ones for any service, balanced ones for
 * product form with single servers.
 *
 * @param users N, above 0
 * @param delayMs Z, mean time of a cycle that no station serves, 0 or more
 */
export function closedBounds(users: number, delayMs: number, demands: readonly Demand[]): ClosedBounds {
  const used = demands.filter(({ demandMs }) => demandMs > 0);
  const total = used.reduce((sum, { demandMs }) => sum + demandMs, 0);
  const slowest = used.reduce((most, { demandMs, servers }) => Math.max(most, demandMs / servers), 0);
  const range = (leastCycles: number, mostCycles: number) => ({
    throughputPerSecond: { least: leastCycles * 1000, most: mostCycles * 1000 },
    responseMs: { least: users / mostCycles - delayMs, most: users / leastCycles - delayMs },
  });
  const most = Math.min(slowest > 0 ? 1 / slowest : Number.POSITIVE_INFINITY, users / (total + delayMs));
  const asymptotic = range(users / (users * total + delayMs), most);
  const single = used.length > 0 && used.every(({ servers }) => servers === 1) && users >= 1;
  const mean = total / Math.max(1, used.length);
  return {
    saturationUsers: slowest > 0 ? (total + delayMs) / slowest : null,
    ...asymptotic,
    balanced: single
      ? range(
          users / (total + delayMs + ((users - 1) * slowest) / (1 + delayMs / (users * total))),
          Math.min(1 / slowest, users / (total + delayMs + ((users - 1) * mean) / (1 + delayMs / total))),
        )
      : null,
  };
}
