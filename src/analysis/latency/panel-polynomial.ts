/**
 * The polynomial of degree 8 through nine equally spaced values, on y from −1 to 1: the basis polynomials of Lagrange with
 * their integrals against 1, y and e^(−py).
 */
export const DEGREE = 8;

/** Coefficient of yⁿ in the j-th basis polynomial, at j · 9 + n. */
const coefficients = basisCoefficients();

/** ∫ ℓⱼ(y) dy and ∫ y ℓⱼ(y) dy over [−1, 1]. */
export const integralWeights = weightsOf((n) => (n % 2 === 0 ? 2 / (n + 1) : 0));
export const firstMomentWeights = weightsOf((n) => (n % 2 === 1 ? 2 / (n + 2) : 0));

function basisCoefficients(): Float64Array {
  const all = new Float64Array((DEGREE + 1) * (DEGREE + 1));
  const node = (i: number): number => (2 * i) / DEGREE - 1;
  for (let j = 0; j <= DEGREE; j++) {
    let polynomial = [1];
    for (let m = 0; m <= DEGREE; m++) {
      if (m === j) continue;
      const scale = node(j) - node(m);
      const before = polynomial;
      polynomial = [...before, 0].map((_, n) => ((before[n - 1] ?? 0) - node(m) * (before[n] ?? 0)) / scale);
    }
    all.set(polynomial, j * (DEGREE + 1));
  }
  return all;
}

function weightsOf(moment: (n: number) => number): Float64Array {
  const weights = new Float64Array(DEGREE + 1);
  for (let j = 0; j <= DEGREE; j++) {
    for (let n = 0; n <= DEGREE; n++) weights[j] = (weights[j] ?? 0) + coefficient(j, n) * moment(n);
  }
  return weights;
}

function coefficient(j: number, n: number): number {
  return coefficients[j * (DEGREE + 1) + n] ?? 0;
}

const binomials = [1, -8, 28, -56, 70, -56, 28, -8, 1];

/** The value `place` steps after the first node, by the barycentric formula (Berrut & Trefethen 2004, equation 5.1). */
export function interpolated(values: Float64Array, place: number): number {
  let above = 0;
  let below = 0;
  for (let j = 0; j <= DEGREE; j++) {
    const apart = place - j;
    if (apart === 0) return values[j] ?? 0;
    const weight = (binomials[j] ?? 0) / apart;
    above += weight * (values[j] ?? 0);
    below += weight;
  }
  return above / below;
}

/** Numbers that `fillTransformWeights` writes. */
export const TRANSFORM_WEIGHTS = 2 + 2 * (DEGREE + 1);
/** Up to this |p| the eighth moment comes from its series and the others down from it, above all from the zeroth up. */
const SERIES_UP_TO = 4;
const SERIES_TERMS = 16;

const momentsRe = new Float64Array(DEGREE + 1);
const momentsIm = new Float64Array(DEGREE + 1);

/**
 * Writes e^(−2p) and the nine e^(−p) ∫ ℓⱼ(y) e^(−py) dy, each as real and imaginary part, from the moments
 * Nₙ = e^(−p) ∫ yⁿ e^(−py) dy over [−1, 1], which obey p Nₙ = n Nₙ₋₁ + (−1)ⁿ − e^(−2p). Real part of p not negative.
 */
export function fillTransformWeights(into: Float64Array, at: number, pRe: number, pIm: number): void {
  const size = pRe * pRe + pIm * pIm;
  const decay = Math.exp(-2 * pRe);
  const endRe = decay * Math.cos(2 * pIm);
  const endIm = -decay * Math.sin(2 * pIm);
  if (size <= SERIES_UP_TO * SERIES_UP_TO) fillMomentsDownwards(pRe, pIm, endRe, endIm);
  else fillMomentsUpwards(pRe / size, -pIm / size, endRe, endIm);
  into[at] = endRe;
  into[at + 1] = endIm;
  // ℓ₈₋ⱼ(y) = ℓⱼ(−y): even and odd powers are summed once for both.
  for (let j = 0; j <= DEGREE / 2; j++) {
    let evenRe = 0;
    let evenIm = 0;
    let oddRe = 0;
    let oddIm = 0;
    for (let n = 0; n <= DEGREE; n += 2) {
      const c = coefficient(j, n);
      evenRe += c * (momentsRe[n] ?? 0);
      evenIm += c * (momentsIm[n] ?? 0);
    }
    for (let n = 1; n <= DEGREE; n += 2) {
      const c = coefficient(j, n);
      oddRe += c * (momentsRe[n] ?? 0);
      oddIm += c * (momentsIm[n] ?? 0);
    }
    const mirrored = DEGREE - j;
    into[at + 2 + 2 * mirrored] = evenRe - oddRe;
    into[at + 3 + 2 * mirrored] = evenIm - oddIm;
    into[at + 2 + 2 * j] = evenRe + oddRe;
    into[at + 3 + 2 * j] = evenIm + oddIm;
  }
}

function fillMomentsUpwards(inverseRe: number, inverseIm: number, endRe: number, endIm: number): void {
  let re = 0;
  let im = 0;
  for (let n = 0; n <= DEGREE; n++) {
    const x = n * re + (n % 2 === 0 ? 1 : -1) - endRe;
    const y = n * im - endIm;
    re = x * inverseRe - y * inverseIm;
    im = x * inverseIm + y * inverseRe;
    momentsRe[n] = re;
    momentsIm[n] = im;
  }
}

function fillMomentsDownwards(pRe: number, pIm: number, endRe: number, endIm: number): void {
  const squareRe = pRe * pRe - pIm * pIm;
  const squareIm = 2 * pRe * pIm;
  let termRe = 1;
  let termIm = 0;
  let sumRe = 0;
  let sumIm = 0;
  for (let k = 0; k < 2 * SERIES_TERMS; k += 2) {
    sumRe += (2 * termRe) / (DEGREE + 1 + k);
    sumIm += (2 * termIm) / (DEGREE + 1 + k);
    const below = (k + 1) * (k + 2);
    const next = (termRe * squareRe - termIm * squareIm) / below;
    termIm = (termRe * squareIm + termIm * squareRe) / below;
    termRe = next;
  }
  const decay = Math.exp(-pRe);
  const cos = decay * Math.cos(pIm);
  const sin = -decay * Math.sin(pIm);
  let re = sumRe * cos - sumIm * sin;
  let im = sumRe * sin + sumIm * cos;
  for (let n = DEGREE; n >= 0; n--) {
    momentsRe[n] = re;
    momentsIm[n] = im;
    if (n === 0) return;
    const x = pRe * re - pIm * im - ((n % 2 === 0 ? 1 : -1) - endRe);
    im = (pRe * im + pIm * re + endIm) / n;
    re = x / n;
  }
}
