/**
 * The number N with P(N = n) proportional to r^n for n = 0 … size − 1: how many stand before an arrival in a line with
 * `size` places. The formulas also hold for a size that is not whole (as an interpolation), and for r ≥ 1.
 */

/** Below this |size · ln r| the closed forms lose digits and the cumulants of the uniform law are used instead. */
const SERIES_LIMIT = 0.5;

/** Σ r^n for n below `size`, divided by `max(1, r^size)` so that it never overflows. `logRatio` is ln r. */
export function scaledGeometricSum(logRatio: number, size: number): number {
  if (logRatio === 0) return size;
  const decay = -Math.expm1(-Math.abs(logRatio) * size);
  return decay / Math.abs(Math.expm1(logRatio));
}

/** E[N]; `logRatio` is ln r (−Infinity for r = 0), `size` above 0. */
export function truncatedGeometricMean(logRatio: number, size: number): number {
  const centre = (size - 1) / 2;
  const x = logRatio;
  if (Math.abs(x * size) < SERIES_LIMIT && Math.abs(x) < SERIES_LIMIT) {
    const square = x * x;
    return (
      centre +
      x *
        (cumulant(2, size) +
          square *
            (cumulant(4, size) / 6 +
              square *
                (cumulant(6, size) / 120 +
                  square * (cumulant(8, size) / 5040 + (square * cumulant(10, size)) / 362880))))
    );
  }
  return centre + (size * coth((x * size) / 2) - coth(x / 2)) / 2;
}

/** Var[N]; arguments as for the mean. */
export function truncatedGeometricVariance(logRatio: number, size: number): number {
  const x = logRatio;
  if (Math.abs(x * size) < SERIES_LIMIT && Math.abs(x) < SERIES_LIMIT) {
    const square = x * x;
    return (
      cumulant(2, size) +
      square *
        (cumulant(4, size) / 2 +
          square *
            (cumulant(6, size) / 24 + square * (cumulant(8, size) / 720 + (square * cumulant(10, size)) / 40320)))
    );
  }
  const one = Math.sinh(x / 2);
  const all = Math.sinh((x * size) / 2) / size;
  return (1 / (one * one) - 1 / (all * all)) / 4;
}

/** Even cumulants of the uniform law on 0 … size − 1: B_k(size^k − 1)/k. */
function cumulant(order: 2 | 4 | 6 | 8 | 10, size: number): number {
  const factor = { 2: 1 / 12, 4: -1 / 120, 6: 1 / 252, 8: -1 / 240, 10: 1 / 132 }[order];
  return factor * (size ** order - 1);
}

function coth(x: number): number {
  return 1 / Math.tanh(x);
}
