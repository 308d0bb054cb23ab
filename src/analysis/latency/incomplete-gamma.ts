/** Lanczos coefficients for g = 7, nine terms (Godfrey 2001): relative error about 1e-15. */
const LANCZOS_G = 7;
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** From this argument on Stirling's series to the seventh power beats the Lanczos sum. */
const STIRLING_FROM = 20;
const HALF_LOG_TWO_PI = 0.9189385332046728;

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  if (x >= STIRLING_FROM) {
    const inverse = 1 / x;
    const square = inverse * inverse;
    const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
    return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + series;
  }
  const base = x + LANCZOS_G - 0.5;
  let sum: number = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] ?? 0) / (x - 1 + i);
  return HALF_LOG_TWO_PI + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

/**
 * Q(a, x) = Γ(a, x)/Γ(a), the upper regularised incomplete gamma function, for a > 0 and x ≥ 0: the series of the lower
 * function for x < a + 1, else the continued fraction by Lentz's method (Abramowitz & Stegun 6.5.29, 6.5.31).
 */
export function upperIncompleteGammaRatio(a: number, x: number): number {
  if (x <= 0) return 1;
  const logFactor = a * Math.log(x) - x - logGamma(a);
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * Number.EPSILON; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.min(1, Math.max(0, 1 - sum * Math.exp(logFactor)));
  }
  let b = x + 1 - a;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; ; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const change = c * d;
    fraction *= change;
    if (Math.abs(change - 1) <= 2 * Number.EPSILON || n > 10_000_000) break;
  }
  return Math.min(1, Math.max(0, Math.exp(logFactor) * fraction));
}
