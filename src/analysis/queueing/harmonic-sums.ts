/** From here on the asymptotic series of the digamma and trigamma functions are exact to rounding. */
const SERIES_FROM = 12;

/**
 * Σ 1/r(i), Σ 1/r(i)² and Σ i/r(i) over i = 1 … `count`, with r(i) = rate + i/patience: from differences of the digamma and
 * trigamma functions, so that the cost does not depend on `count` (Abramowitz and Stegun 6.3.6, 6.4.6).
 *
 * @param rate above 0
 * @param patience above 0
 * @param count an integer of 0 or more
 */
export function harmonicSums(
  rate: number,
  patience: number,
  count: number,
): { readonly inverse: number; readonly square: number; readonly position: number } {
  if (count <= 64) {
    let [inverse, square, position] = [0, 0, 0];
    for (let i = 1; i <= count; i += 1) {
      const leaving = rate + i / patience;
      inverse += 1 / leaving;
      square += 1 / (leaving * leaving);
      position += i / leaving;
    }
    return { inverse, square, position };
  }
  const start = rate * patience + 1;
  const inverse = patience * digammaDifference(start, count);
  const square = patience * patience * (trigamma(start) - trigamma(start + count));
  return { inverse, square, position: patience * (count - rate * inverse) };
}

/** ψ(x + n) − ψ(x) = Σ 1/(x + i), i = 0 … n − 1. */
function digammaDifference(x: number, count: number): number {
  let low = x;
  let sum = 0;
  let left = count;
  for (; low < SERIES_FROM && left > 0; low += 1, left -= 1) sum += 1 / low;
  if (left === 0) return sum;
  return sum + Math.log1p(left / low) + (digammaRest(low + left) - digammaRest(low));
}

/** ψ(x) − ln x. */
function digammaRest(x: number): number {
  const square = 1 / (x * x);
  const series = 1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132)));
  return -0.5 / x - square * series;
}

function trigamma(x: number): number {
  let low = x;
  let sum = 0;
  for (; low < SERIES_FROM; low += 1) sum += 1 / (low * low);
  const inverse = 1 / low;
  const square = inverse * inverse;
  const series = 1 / 6 - square * (1 / 30 - square * (1 / 42 - square * (1 / 30 - (5 * square) / 66)));
  return sum + inverse + square / 2 + inverse * square * series;
}
