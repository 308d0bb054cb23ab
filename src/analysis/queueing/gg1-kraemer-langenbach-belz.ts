/**
 * Mean wait of GI/G/1 over that of M/M/1 (Krämer and Langenbach-Belz 1976): (ca² + cs²)/2 · g, where g < 1 corrects
 * Kingman's bound. Exact for Poisson arrivals.
 *
 * @param utilization ρ, above 0 and at most 1
 * @param arrivalScv squared coefficient of variation of the times between arrivals, 0 or more
 * @param serviceScv squared coefficient of variation of the service time, 0 or more
 */
export function waitRatioGG1(utilization: number, arrivalScv: number, serviceScv: number): number {
  const sum = arrivalScv + serviceScv;
  if (sum === 0) return 0;
  const excess = 1 - arrivalScv;
  const exponent =
    arrivalScv <= 1
      ? (-2 * (1 - utilization) * excess * excess) / (3 * utilization * sum)
      : ((1 - utilization) * excess) / (arrivalScv + 4 * serviceScv);
  return (sum / 2) * Math.exp(exponent);
}

/**
 * Probability that an arrival at GI/G/1 waits (Krämer and Langenbach-Belz 1976, as given in Whitt 1983, equations 49–50).
 * Equal to ρ for Poisson arrivals, where it is exact.
 *
 * @param utilization ρ, 0 to 1
 * @param arrivalScv squared coefficient of variation of the times between arrivals, 0 or more
 * @param serviceScv squared coefficient of variation of the service time, 0 or more
 */
export function waitProbabilityGG1(utilization: number, arrivalScv: number, serviceScv: number): number {
  const rho = utilization;
  const squares = rho * rho * (4 * arrivalScv + serviceScv);
  const h =
    arrivalScv <= 1
      ? (1 + arrivalScv + rho * serviceScv) / (1 + rho * (serviceScv - 1) + squares)
      : (4 * rho) / (arrivalScv + squares);
  return Math.min(1, Math.max(0, rho + (arrivalScv - 1) * rho * (1 - rho) * h));
}
