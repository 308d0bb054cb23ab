import { erlangB } from "./erlang-b.ts";

/**
 * Erlang's delay formula: the probability that an arrival has to wait in M/M/c.
 *
 * @param servers number of servers c, an integer from 1
 * @param offeredLoad arrival rate times mean service time, in Erlang, 0 or more
 * @returns a probability; 1 when the load is as large as the number of servers, or larger. Exact to about 1e-13.
 *
 * Erlang 1917: C = B/(1 − ρ + ρB) with ρ = a/c, which is exact and stable for any c.
 */
export function erlangC(servers: number, offeredLoad: number): number {
  if (offeredLoad >= servers) return 1;
  const blocking = erlangB(servers, offeredLoad);
  const utilization = offeredLoad / servers;
  return blocking / ((servers - offeredLoad) / servers + utilization * blocking);
}

/**
 * Mean wait of M/M/c in units of the mean service time: C/(c − a) (Erlang 1917).
 *
 * @param servers number of servers c, an integer from 1
 * @param offeredLoad in Erlang, 0 or more; Infinity is returned from c on
 */
export function meanWaitMMc(servers: number, offeredLoad: number): number {
  if (offeredLoad >= servers) return Number.POSITIVE_INFINITY;
  return erlangC(servers, offeredLoad) / (servers - offeredLoad);
}
