/** Relative change at which Lentz's continued fraction counts as found. */
const PRECISION = 4e-16;
/** Keeps Lentz's method from dividing by 0. */
const TINY = 1e-300;

/**
 * The t of Student's law that is exceeded in size with probability 1 − confidence: the factor of a two-sided interval.
 * Relative error below 10⁻¹². Additions, multiplications, divisions and square roots only, so the same on every machine.
 *
 * @param confidence above 0 and below 1
 * @param degreesOfFreedom an integer from 1
 */
export function studentTFactor(confidence: number, degreesOfFreedom: number): number {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`studentTFactor: no interval of ${confidence}`);
  if (!(Number.isInteger(degreesOfFreedom) && degreesOfFreedom >= 1)) {
    throw new RangeError(`studentTFactor: ${degreesOfFreedom} degrees of freedom`);
  }
  const exceeded = 1 - confidence;
  const beta = betaWithHalf(degreesOfFreedom);
  let high = 1;
  while (bothTails(high, degreesOfFreedom, beta) > exceeded) high *= 2;
  let low = 0;
  // Halving until no double lies between.
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (bothTails(middle, degreesOfFreedom, beta) > exceeded) low = middle;
    else high = middle;
  }
}

/** P(|T| > t) = Iₓ(ν/2, ½) with x = ν/(ν + t²) (Abramowitz & Stegun 26.7.1, 26.5.27). */
function bothTails(t: number, degreesOfFreedom: number, beta: number): number {
  const square = t * t;
  const x = degreesOfFreedom / (degreesOfFreedom + square);
  const complement = square / (degreesOfFreedom + square);
  const a = degreesOfFreedom / 2;
  // xᵃ(1 − x)^½/B(a, ½), of both forms below.
  const factor = (wholePower(Math.sqrt(x), degreesOfFreedom) * Math.sqrt(complement)) / beta;
  if (x < (a + 1) / (a + 2.5)) return (factor / a) * betaFraction(x, a, 0.5);
  return 1 - 2 * factor * betaFraction(complement, 0.5, a);
}

/** B(ν/2, ½), from B(½, ½) = π or B(1, ½) = 2 by B(a + 1, ½) = B(a, ½)·a/(a + ½). */
function betaWithHalf(degreesOfFreedom: number): number {
  let beta = degreesOfFreedom % 2 === 1 ? Math.PI : 2;
  for (let n = degreesOfFreedom % 2 === 1 ? 1 : 2; n < degreesOfFreedom; n += 2) beta *= n / (n + 1);
  return beta;
}

/** Iₓ(a, b)·a·B(a, b)/(xᵃ(1 − x)ᵇ) as a continued fraction (Abramowitz & Stegun 26.5.8) by Lentz's method. */
function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; ; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const change = c * d;
    fraction *= change;
    if (Math.abs(change - 1) <= PRECISION || m > 100_000) return fraction;
  }
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** By squaring; `Math.pow` differs between engines. */
function wholePower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
