import type { Scalability } from "../model/program.ts";

/**
 * Gunther's universal scalability law (Gunther 1993; "Guerrilla Capacity Planning" 2007, chapter 6): what n busy servers of
 * one instance do together, in servers that work undisturbed: C(n) = n/(1 + α(n − 1) + βn(n − 1)). α (contention) is the
 * share of the work that must be done one at a time, β (coherency) what every pair of servers costs. C(1) = 1.
 *
 * @param busy n, 0 or more; between 0 and 1 (several instances, fewer requests) nobody is in the way
 */
export function relativeCapacity({ contention, coherency }: Scalability, busy: number): number {
  if (busy <= 1) return busy;
  return busy / (1 + contention * (busy - 1) + coherency * busy * (busy - 1));
}

/**
 * The number of busy servers N* = √((1 − α)/β) with the highest capacity; more of them do less (the retrograde region).
 * Infinite without coherency, at least 1.
 */
export function busiestUsefulServers({ contention, coherency }: Scalability): number {
  if (coherency === 0) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.sqrt((1 - contention) / coherency));
}

/**
 * The servers of a station in servers that work undisturbed, all of them busy: the rate that it can sustain, times the
 * service time. Past N* this is less than fewer servers would do; an open stream above it still fills the line, because a
 * filled line keeps all servers busy.
 */
export function sustainedServers(station: {
  readonly servers: number;
  readonly queues: number;
  readonly scalability: Scalability | null;
}): number {
  const { servers, queues, scalability } = station;
  return scalability === null ? servers * queues : queues * relativeCapacity(scalability, servers);
}
