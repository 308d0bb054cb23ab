import { hyperexponentialWaitPhases } from "./mg1-waiting-law.ts";
import { balancedHyperexponential } from "./service-moments.ts";

/**
 * How much the sojourn in M/G/1 with processor sharing varies beyond what the request asked for: E[Var(T | x)] over the service
 * time x, in squared units of the mean service time. Exact for constant, exponential and hyperexponential service of balanced
 * means, linear in c² between the first two for gamma service.
 *
 * Var(T | x) = 2/(1 − ρ)² ∫ (x − u)·P(W > u) du from 0 to x, with W the wait of the same queue, first come, first served
 * (Yashkov 1983; Ott 1984).
 *
 * @param utilization ρ, above 0 and below 1
 * @param variability coefficient of variation of the service time, 0 or more
 */
export function sharingVariance(utilization: number, variability: number): number {
  const slowdown = 1 / (1 - utilization);
  const scv = variability * variability;
  if (scv > 1) {
    const { probabilities } = balancedHyperexponential(scv);
    const [often, seldom] = sharingVarianceByPhase(utilization, variability);
    return probabilities[0] * often + probabilities[1] * seldom;
  }
  const exponential = (2 * utilization) / (2 - utilization);
  return slowdown * slowdown * (scv * exponential + (1 - scv) * constantService(utilization));
}

/** P(W > u) = 1 − (1 − ρ)e^(ρu) for u below the service time in M/D/1 (Erlang 1909). */
function constantService(utilization: number): number {
  // (e^ρ − 1 − ρ)/ρ² by its series, which has no cancellation.
  let term = 0.5;
  let sum = term;
  for (let k = 3; term > 1e-17 * sum; k += 1) {
    term *= utilization / k;
    sum += term;
  }
  return 2 * (0.5 - (1 - utilization) * sum);
}

/**
 * The same for the requests of each phase of hyperexponential service: 2/(1 − ρ)² Σ cₖm/(κₖ + 1/m), with the wait
 * P(W > u) = Σ cₖe^(−κₖu) and m the mean of the phase.
 *
 * @param variability above 1
 */
export function sharingVarianceByPhase(utilization: number, variability: number): readonly [number, number] {
  const slowdown = 1 / (1 - utilization);
  const phases = hyperexponentialWaitPhases(utilization, variability);
  const ofPhase = (mean: number): number =>
    2 * slowdown * slowdown * phases.reduce((sum, { share, rate }) => sum + (share * mean) / (rate + 1 / mean), 0);
  const { means } = balancedHyperexponential(variability * variability);
  return [ofPhase(means[0]), ofPhase(means[1])];
}
