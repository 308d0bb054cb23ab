import type { Scalability } from "../model/program.ts";
import { erlangB } from "./erlang-b.ts";
import { relativeCapacity } from "./universal-scalability.ts";

/** Weights of the states of a birth–death queue up to "all servers busy, nobody waits", in one common scale. */
export interface StatesBelow {
  /** Weight of that last state; 0 where it leaves the range of numbers. */
  readonly top: number;
  /** Sum of the weights of all states with a free server. */
  readonly below: number;
  /** The same, each weight times the number of busy servers. */
  readonly busyBelow: number;
  /** What all servers do together when all are busy, in servers that work undisturbed. */
  readonly rate: number;
}

const RESCALE = 1e200;

/**
 * The states of M/M/c with a free server (Kleinrock 1975, section 3.1): from Erlang's loss formula for independent servers, and
 * by the birth–death recursion p(n − 1) = p(n)·C(n)/a, in O(c), where the servers of each of `instances` equal instances slow
 * each other down.
 *
 * @param servers c of all instances together, an integer from 1
 * @param offeredLoad a in Erlang, above 0
 */
export function statesBelow(
  servers: number,
  offeredLoad: number,
  scalability: Scalability | null,
  instances = 1,
): StatesBelow {
  if (scalability === null) {
    const blocking = erlangB(servers, offeredLoad);
    const all = 1 / blocking;
    if (!Number.isFinite(all)) return { top: 0, below: 1, busyBelow: offeredLoad, rate: servers };
    return { top: 1, below: all - 1, busyBelow: Math.max(0, offeredLoad * (all - 1) - servers), rate: servers };
  }
  const rateOf = (busy: number): number => instances * relativeCapacity(scalability, busy / instances);
  let top = 1;
  let weight = 1;
  let below = 0;
  let busyBelow = 0;
  for (let busy = servers; busy >= 1; busy -= 1) {
    weight *= rateOf(busy) / offeredLoad;
    below += weight;
    busyBelow += weight * (busy - 1);
    if (weight > RESCALE || below > RESCALE) {
      top /= RESCALE;
      weight /= RESCALE;
      below /= RESCALE;
      busyBelow /= RESCALE;
    }
  }
  return { top, below, busyBelow, rate: rateOf(servers) };
}
