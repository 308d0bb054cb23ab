import { solveMG1K } from "../queueing/mg1k.ts";

/**
 * Share of Poisson arrivals that a token bucket refuses: tokens come at a constant rate R, the bucket holds `burst` of them,
 * and an arrival without a token is refused at once. The same share as of an M/D/1 queue with room for `burst` requests,
 * service included (Berger and Whitt 1992, "The impact of a job buffer in a token-bank rate-control throttle"): with
 * V(x) = Σ_{j ≤ x} (−ϱ(x − j))^j / j! · e^{ϱ(x − j)} it is 1 − V(b − 1)/(1 + ϱV(b − 1)).
 *
 * @param utilization ϱ = λ/R, 0 or more
 * @param burst tokens that the bucket holds, an integer of 1 or more
 * @returns a probability; exact for Poisson arrivals
 */
export function tokenBucketLoss(utilization: number, burst: number): number {
  if (utilization === 0) return 0;
  const solved = solveMG1K(utilization, 0, burst - 1);
  return solved === null ? 1 - 1 / utilization : solved.rejectedFraction;
}
