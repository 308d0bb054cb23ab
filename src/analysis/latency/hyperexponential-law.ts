import type { LatencyLaw } from "../model/latency-law.ts";
import { balancedHyperexponential } from "../queueing/service-moments.ts";
import { exponentialLaw } from "./exponential-law.ts";
import { mixture } from "./mixture.ts";

/**
 * The hyperexponential law of two phases with balanced means (Tijms 2003, appendix B).
 *
 * @param meanMs mean, 0 or more
 * @param scv squared coefficient of variation, 1 or more
 */
export function hyperexponentialLaw(meanMs: number, scv: number): LatencyLaw {
  if (!(scv >= 1)) throw new RangeError(`hyperexponentialLaw: squared coefficient of variation ${scv} is below 1`);
  const { probabilities, means } = balancedHyperexponential(scv);
  return mixture([
    { probability: probabilities[0], law: exponentialLaw(meanMs * means[0]) },
    { probability: probabilities[1], law: exponentialLaw(meanMs * means[1]) },
  ]);
}
