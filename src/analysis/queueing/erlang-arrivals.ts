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

/** Rarer waits would leave the range of numbers within one request. */
const NEVER = 1e-150;

/**
 * E_N/M/c, one of N groups of c exponential servers fed in turn by a Poisson stream: the probability that an arrival waits.
 * The wait of those who wait is exponential with rate c(1 − σ)/S, σ being the root above for ρ of one server. Exact.
 *
 * The chain counts arrival stages, N to a request. It goes up by single stages, so what crosses from m upwards comes back as
 * services from m + 1 … m + N: every probability is a sum of positive ones above it, beginning with the geometric ones of
 * GI/M/c (Takács 1962; Neuts 1981).
 *
 * @param phases N, an integer from 1
 * @param servers c, an integer from 1; the time grows with N·c
 * @param utilization ρ of one server, above 0 and below 1
 */
export function waitProbabilityErlangMMc(phases: number, servers: number, utilization: number): number {
  const allWait = waitProbabilityErlangM1(phases, utilization);
  if (allWait < NEVER) return 0;
  const stageRate = phases * servers * utilization;
  const ratio = (phases * utilization) / (phases * utilization + 1 - allWait);
  // Sums of the stages 0 … r with one request more than at present, relative to the last stage below all servers busy.
  let sums = new Float64Array(phases);
  for (let r = 0, stage = 1, sum = 0; r < phases; r += 1) {
    stage *= ratio;
    sum += stage;
    sums[r] = sum;
  }
  let waiting = allWait / (1 - allWait);
  let total = waiting;
  for (let requests = servers - 1; requests >= 0; requests -= 1) {
    const stages = new Float64Array(phases);
    let later = 0;
    for (let r = phases - 1; r >= 0; r -= 1) {
      const stage = (requests * later + (requests + 1) * (sums[r] ?? 0)) / stageRate;
      stages[r] = stage;
      later += stage;
    }
    // An arrival completes the last stage.
    const found = stages[phases - 1] ?? 0;
    total += found;
    // From below the mean number on, probabilities fall, and soon nothing is left.
    if (requests < servers * utilization && later < 1e-18 * total) break;
    const scale = later > 1e100 ? 1 / later : 1;
    let sum = 0;
    for (let r = 0; r < phases; r += 1) {
      sum += (stages[r] ?? 0) * scale;
      stages[r] = sum;
    }
    sums = stages;
    waiting *= scale;
    total *= scale;
  }
  return waiting / total;
}
