/**
 * Mean wait of M/D/c over that of M/M/c (Cosmetatos 1975): ½(1 + γ), γ = (1−ρ)(c−1)(√(4+5c) − 2)/(16ρc).
 * Exact for one server and in heavy traffic; within 1 % from ρ = 0.7 up. At low load, where γ grows without bound, the
 * ratio is kept at 1, which it cannot exceed.
 *
 * @param servers c, an integer from 1
 * @param utilization ρ, above 0 and at most 1
 */
export function waitRatioMDc(servers: number, utilization: number): number {
  const gamma = ((1 - utilization) * (servers - 1) * (Math.sqrt(4 + 5 * servers) - 2)) / (16 * utilization * servers);
  return Math.min(1, (1 + gamma) / 2);
}
