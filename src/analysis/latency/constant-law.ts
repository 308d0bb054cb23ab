import type { LatencyLaw } from "../model/latency-law.ts";
import { knownLaw } from "./known-laws.ts";
import { atomPiece } from "./pieces.ts";

/** Always `ms` milliseconds, 0 or more. It stays an exact shift in every composition. */
export function constantLaw(ms: number): LatencyLaw {
  if (!(ms >= 0 && ms < Number.POSITIVE_INFINITY)) throw new RangeError(`constantLaw: ${ms} ms is not a finite time`);
  return knownLaw(`=${ms}`, () => ({ meanMs: ms, varianceMs2: 0, pieces: [atomPiece(ms, 1)] }));
}
