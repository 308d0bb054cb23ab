import { serviceMoments } from "./service-moments.ts";

/**
 * Mean wait of M/G/1 in units of the mean service time (Pollaczek 1930, Khinchine 1932): ρE[S²]/(2(1−ρ)). Exact.
 *
 * @param utilization ρ, from 0 to below 1
 * @param variability coefficient of variation of the service time, 0 or more
 */
export function meanWaitMG1(utilization: number, variability: number): number {
  return (utilization * serviceMoments(variability).second) / (2 * (1 - utilization));
}

/**
 * Second moment of the wait of M/G/1 in squared units of the mean service time (Takács 1962):
 * E[W²] = 2E[W]² + ρE[S³]/(3(1−ρ)). Exact.
 *
 * @param utilization ρ, from 0 to below 1
 * @param variability coefficient of variation of the service time, 0 or more
 */
export function secondMomentOfWaitMG1(utilization: number, variability: number): number {
  const mean = meanWaitMG1(utilization, variability);
  return 2 * mean * mean + (utilization * serviceMoments(variability).third) / (3 * (1 - utilization));
}

/**
 * Squared coefficient of variation of the wait of those who wait in M/G/1, from the moments above and P(W > 0) = ρ:
 * 2ρ − 1 + 4(1−ρ)E[S³]/(3E[S²]²). 1 for exponential service; from 1/3 to 1 for constant service.
 *
 * @param utilization ρ, from 0; values above 1 count as 1
 * @param variability coefficient of variation of the service time, 0 or more
 */
export function conditionalWaitScv(utilization: number, variability: number): number {
  const rho = Math.min(1, utilization);
  const { second, third } = serviceMoments(variability);
  return 2 * rho - 1 + (4 * (1 - rho) * third) / (3 * second * second);
}
