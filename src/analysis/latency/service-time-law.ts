import type { LatencyLaw } from "../model/latency-law.ts";
import { constantLaw } from "./constant-law.ts";
import { exponentialLaw } from "./exponential-law.ts";
import { gammaLaw } from "./gamma-law.ts";
import { hyperexponentialLaw } from "./hyperexponential-law.ts";
import { knownLaw } from "./known-laws.ts";

/**
 * The service time of a station: deterministic at variability 0, gamma of shape 1/v² below 1, exponential at 1,
 * hyperexponential of two phases with balanced means above 1.
 *
 * @param meanMs mean, 0 or more
 * @param variability coefficient of variation v, 0 or more
 */
export function serviceTimeLaw(meanMs: number, variability: number): LatencyLaw {
  if (!(variability >= 0)) throw new RangeError(`serviceTimeLaw: variability ${variability} is not 0 or more`);
  if (variability === 0) return constantLaw(meanMs);
  return knownLaw(`~${meanMs},${variability}`, () => randomTimeLaw(meanMs, variability));
}

function randomTimeLaw(meanMs: number, variability: number): LatencyLaw {
  if (variability < 1) return gammaLaw(meanMs, variability * variability);
  if (variability === 1) return exponentialLaw(meanMs);
  return hyperexponentialLaw(meanMs, variability * variability);
}
