/**
 * Mean wait of GI/G/c over that of M/M/c (Whitt 1993, "Approximations for the GI/G/m queue", equations 2.10–2.25).
 * Error against exact and simulated values: 2 % (c² = 9, ρ ≥ 0.9) to 9 % (ρ = 0.7); far more where waits are negligible.
 *
 * @param servers c, an integer from 1
 * @param utilization ρ, above 0 and at most 1
 * @param arrivalScv squared coefficient of variation of the times between arrivals, 0 or more
 * @param serviceScv squared coefficient of variation of the service time, 0 or more
 */
export function waitRatioGGc(servers: number, utilization: number, arrivalScv: number, serviceScv: number): number {
  const mean = (arrivalScv + serviceScv) / 2;
  if (mean === 0) return 0;
  return correction(servers, utilization, arrivalScv, serviceScv) * mean;
}

function correction(servers: number, utilization: number, arrivalScv: number, serviceScv: number): number {
  const gamma = Math.min(
    0.24,
    ((1 - utilization) * (servers - 1) * (Math.sqrt(4 + 5 * servers) - 2)) / (16 * servers * utilization),
  );
  const phi1 = 1 + gamma;
  const phi2 = 1 - 4 * gamma;
  const phi3 = phi2 * Math.exp((-2 * (1 - utilization)) / (3 * utilization));
  const phi4 = Math.min(1, (phi1 + phi3) / 2);
  const mean = (arrivalScv + serviceScv) / 2;
  const psi = mean >= 1 ? 1 : phi4 ** (2 * (1 - mean));
  if (arrivalScv >= serviceScv) {
    return (4 * (arrivalScv - serviceScv) * phi1 + serviceScv * psi) / (4 * arrivalScv - 3 * serviceScv);
  }
  return ((serviceScv - arrivalScv) * phi3 + (serviceScv + 3 * arrivalScv) * psi) / (2 * arrivalScv + 2 * serviceScv);
}
