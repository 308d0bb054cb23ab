/**
 * E_N/M/1, one of N single servers fed in turn by a Poisson stream: the probability σ that an arrival waits. The wait of
 * those who wait is exponential with rate (1 − σ)/S, so the mean wait is Sσ/(1 − σ). Exact.
 *
 * σ is the root below 1 of σ = (Nρ/(Nρ + 1 − σ))^N (Kleinrock 1975, section 6.4, GI/M/1).
 *
 * @param phases N, an integer from 1 (1 is M/M/1, many is D/M/1)
 * @param utilization ρ of one server, above 0 and below 1
 */
export function waitProbabilityErlangM1(phases: number, utilization: number): number {
  if (phases === 1) return utilization;
  const scale = 1 / (phases * utilization);
  // With x = 1 − σ the equation reads −ln(1 − x) = N ln(1 + x/(Nρ)), whose difference is convex: after some steps of the
  // fixed point from above, Newton's method comes down to the root from the right.
  let x = 1;
  for (let step = 0; step < 4; step += 1) x = -Math.expm1(-phases * Math.log1p(x * scale));
  for (let step = 0; step < 60 && x < 1; step += 1) {
    const difference = -Math.log1p(-x) - phases * Math.log1p(x * scale);
    const slope = 1 / (1 - x) - (phases * scale) / (1 + x * scale);
    const next = x - difference / slope;
    if (!(next > 0) || Math.abs(next - x) <= 1e-16 * x) break;
    x = next;
  }
  return Math.exp(-phases * Math.log1p(x * scale));
}
