import { Recent } from "#src/base/recent.ts";
import type { LatencyLaw } from "../model/latency-law.ts";

/** Pieces of the laws that are kept: enough for those of two plain solutions of a design of a thousand nodes. */
const MOST_PIECES_KEPT = 4096;

const numbers = new WeakMap<LatencyLaw, number>();
let lastNumber = 0;
const recent = new Recent<LatencyLaw>(MOST_PIECES_KEPT);

/** A number for each law, so that a composition can be named by its parts. */
export function numberOf(law: LatencyLaw): number {
  const known = numbers.get(law);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(law, lastNumber);
  return lastNumber;
}

/**
 * The law under a name that says how it is made from numbered laws and figures: the same object when it was made lately, so
 * that what did not change between two solutions keeps the transforms, tails and quantiles that were worked out for it.
 */
export function knownLaw(name: string, make: () => LatencyLaw): LatencyLaw {
  return recent.recall(name, make, ({ pieces }) => pieces.length);
}
