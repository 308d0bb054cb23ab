/**
 * M/D/c in units of the service time, exact, by the Wiener–Hopf factors of its waiting line.
 *
 * Seen once a service time, the number that waits is a random walk kept from falling below 0: whoever is in service leaves,
 * Q' = max(0, Q + A − c) with A Poisson of mean a = cρ (Crommelin 1932). By Spitzer 1956, E[z^Q] = exp(−Σ γₙ(1 − zⁿ)) with
 * the Fourier coefficients γₙ, n ≥ 1, of −ln(1 − z^(−c)e^(a(z−1))) on a circle 1 < |z| < τ, τ being the root above 1 of
 * z^c = e^(a(z−1)). Here the circle has radius r = 1/ρ, where z^(−c)e^(a(z−1)) is least, and the roots 1 and τ, which move
 * together as ρ nears 1, are taken out first: the rest is so smooth that a few hundred points give all digits.
 */
export interface QueueMDc {
  readonly servers: number;
  readonly utilization: number;
  readonly waitProbability: number;
  readonly meanWait: number;
  readonly secondMomentOfWait: number;
  /** τ − 1: P(Q > n + 1) tends to P(Q > n)/τ. */
  readonly decay: number;
  /** Without the roots: coefficients of (z/r)ⁿ and of (r/z)ⁿ in −ln, n = 0, 1, …; the first holds the constant. */
  readonly rising: Float64Array;
  readonly falling: Float64Array;
  /** P(Q > n), n = 0, 1, …, until it is geometric of ratio 1/τ. */
  readonly longer: Float64Array;
}

const FIRST_POINTS = 64;
const MOST_POINTS = 8192;
/** Coefficients below this are rounding. */
const NEGLIGIBLE = 1e-16;

/**
 * @param servers c, an integer from 1
 * @param utilization ρ, above 0 and below 1
 */
export function solveMDc(servers: number, utilization: number): QueueMDc {
  const decay = decayRoot(utilization);
  const { rising, falling } = coefficientsOf(servers, utilization, decay);
  const mean = momentOf(rising, utilization, 1) + 1 / decay;
  const variance = momentOf(rising, utilization, 2) + (1 + decay) / (decay * decay);
  const longer = tailOfQueue(rising, utilization, decay);
  const arrivals = servers * utilization;
  return {
    servers,
    utilization,
    waitProbability: waitTail(servers, arrivals, longer, decay, 0),
    meanWait: Math.max(0, mean) / arrivals,
    secondMomentOfWait: Math.max(0, variance + mean * mean - mean) / (arrivals * arrivals),
    decay,
    rising,
    falling,
    longer,
  };
}

/** τ − 1, the root above 0 of x − ln(1 + x) = (1 − ρ)x. */
function decayRoot(utilization: number): number {
  const spare = 1 - utilization;
  // Right of the minimum; the first step goes beyond the root, and from there Newton's method comes down to it.
  let x = (2 * spare) / utilization;
  for (let step = 0; step < 100; step += 1) {
    const next = x - (overLogarithm(x) - spare * x) / (x / (1 + x) - spare);
    const settled = Math.abs(next - x) <= 1e-15 * x;
    x = next;
    if (settled) break;
  }
  return x;
}

/** x − ln(1 + x) for x > −1, without cancellation near 0. */
function overLogarithm(x: number): number {
  if (Math.abs(x) > 0.1) return x - Math.log1p(x);
  let power = x * x;
  let sum = 0;
  for (let k = 2; k < 20; k += 1) {
    sum += power / k;
    power *= -x;
  }
  return sum;
}

function coefficientsOf(servers: number, utilization: number, decay: number) {
  for (let points = FIRST_POINTS; ; points *= 2) {
    const { rising, falling } = fourier(servers, utilization, decay, points);
    let left = 0;
    for (let n = Math.floor(rising.length * 0.75); n < rising.length; n += 1) {
      left = Math.max(left, Math.abs(rising[n] ?? 0), Math.abs(falling[n] ?? 0));
    }
    if (left < 1e-15 || points >= MOST_POINTS) return { rising: trimmed(rising), falling: trimmed(falling) };
  }
}

function trimmed(coefficients: Float64Array): Float64Array {
  let length = coefficients.length;
  while (length > 1 && Math.abs(coefficients[length - 1] ?? 0) < NEGLIGIBLE) length -= 1;
  return coefficients.slice(0, length);
}

/** Fourier coefficients of −ln((1 − e^E)/((1 − ρe^(−iφ))(1 − e^(iφ)/(ρτ)))), E = c(ln ρ + e^(iφ) − ρ − iφ), at φ = 2πk/points. */
function fourier(servers: number, utilization: number, decay: number, points: number) {
  const half = points / 2;
  const re = new Float64Array(half + 1);
  const im = new Float64Array(half + 1);
  const cos = new Float64Array(points);
  const sin = new Float64Array(points);
  const least = -overLogarithm(utilization - 1);
  const scale = utilization * (1 + decay);
  // ρτ − 1
  const apart = utilization * decay - (1 - utilization);
  for (let k = 0; k < points; k += 1) {
    cos[k] = Math.cos((2 * Math.PI * k) / points);
    sin[k] = Math.sin((2 * Math.PI * k) / points);
  }
  for (let k = 0; k <= half; k += 1) {
    const angle = (2 * Math.PI * k) / points;
    const y = Math.sin(angle);
    const lift = 2 * Math.sin(angle / 2) ** 2;
    const size = Math.exp(servers * (least - lift));
    const turn = servers * (y - angle);
    const bend = 2 * Math.sin(turn / 2) ** 2;
    const a = -Math.expm1(servers * (least - lift)) + size * bend;
    const b = -size * Math.sin(turn);
    const p = 1 - utilization + utilization * lift;
    const q = utilization * y;
    const u = (apart + lift) / scale;
    const v = -y / scale;
    re[k] = -0.5 * Math.log((a * a + b * b) / ((p * p + q * q) * (u * u + v * v)));
    im[k] = Math.atan2(q, p) + Math.atan2(v, u) - Math.atan2(b, a);
  }
  const rising = new Float64Array(half);
  const falling = new Float64Array(half);
  for (let n = 0; n < half; n += 1) {
    let even = (re[0] ?? 0) + (n % 2 === 0 ? 1 : -1) * (re[half] ?? 0);
    let odd = 0;
    for (let k = 1, at = n; k < half; k += 1, at = (at + n) % points) {
      even += 2 * (re[k] ?? 0) * (cos[at] ?? 0);
      odd += 2 * (im[k] ?? 0) * (sin[at] ?? 0);
    }
    rising[n] = (even + odd) / points;
    falling[n] = (even - odd) / points;
  }
  return { rising, falling };
}

/** Σ nᵖhₙ with hₙ = rising[n]·ρⁿ. */
function momentOf(rising: Float64Array, utilization: number, power: 0 | 1 | 2): number {
  let sum = 0;
  let weight = 1;
  for (let n = 1; n < rising.length; n += 1) {
    weight *= utilization;
    sum += n ** power * weight * (rising[n] ?? 0);
  }
  return sum;
}

/** P(Q > n): Q is a geometric number plus one with the generating function exp(−Σ hₙ(1 − zⁿ)), which falls faster. */
function tailOfQueue(rising: Float64Array, utilization: number, decay: number): Float64Array {
  const length = rising.length;
  const steps = new Float64Array(length);
  for (let n = 1, weight = utilization; n < length; n += 1, weight *= utilization) {
    steps[n] = n * weight * (rising[n] ?? 0);
  }
  const extra = new Float64Array(length);
  extra[0] = Math.exp(-momentOf(rising, utilization, 0));
  for (let n = 1; n < length; n += 1) {
    let sum = 0;
    for (let j = 1; j <= n; j += 1) sum += (steps[j] ?? 0) * (extra[n - j] ?? 0);
    extra[n] = sum / n;
  }
  let last = length - 1;
  while (last > 0 && Math.abs(extra[last] ?? 0) < NEGLIGIBLE) last -= 1;
  const longer = new Float64Array(last + 1);
  let rest = 0;
  for (let n = last; n >= 0; n -= 1) {
    longer[n] = rest;
    rest += extra[n] ?? 0;
  }
  let geometric = 0;
  for (let n = 0; n <= last; n += 1) {
    geometric = (geometric + (extra[n] ?? 0)) / (1 + decay);
    longer[n] = Math.min(1, Math.max(0, (longer[n] ?? 0) + geometric));
  }
  return longer;
}

/**
 * P(W > t), t in units of the service time. Exact.
 *
 * Franx 2001 ("A simple solution for the M/D/c waiting time distribution"), for the complement: for k − 1 ≤ t < k it is
 * P(Q + A ≥ kc) with A Poisson of mean a(k − t). Every term is positive, unlike in the classical alternating sum.
 */
export function waitTailMDc({ servers, utilization, longer, decay }: QueueMDc, serviceTimes: number): number {
  return waitTail(servers, servers * utilization, longer, decay, serviceTimes);
}

function waitTail(
  servers: number,
  arrivals: number,
  longer: Float64Array,
  decay: number,
  serviceTimes: number,
): number {
  const fall = -Math.log1p(decay);
  // From here on every probability that is asked for is geometric but for the farthest of the Poisson law.
  const settled = Math.ceil((longer.length + arrivals + 12 * Math.sqrt(arrivals) + 40) / servers) + 1;
  const beyond = Math.max(0, Math.floor(serviceTimes) - settled);
  const t = serviceTimes - beyond;
  const k = Math.floor(t) + 1;
  const mean = arrivals * (k - t);
  const last = longer.length - 1;
  const moreThan = (count: number): number => {
    if (count < 0) return 1;
    return count <= last ? (longer[count] ?? 0) : (longer[last] ?? 0) * Math.exp(fall * (count - last));
  };
  let term = Math.exp(-mean);
  let sum = term * moreThan(k * servers - 1);
  for (let j = 1; j <= mean || term > sum * 1e-17; j += 1) {
    term *= mean / j;
    if (term === 0 && j > mean) break;
    sum += term * moreThan(k * servers - 1 - j);
  }
  return Math.min(1, sum) * Math.exp(fall * servers * beyond);
}
